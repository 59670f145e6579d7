import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { failuresAfter, freeSlots, isOpen } from '#main/engine/delivery/breaker.ts'
import type { Verdict } from '#main/engine/delivery/outcome.ts'
import type { FailureCode, Phase } from '#shared/model/failure.ts'

function failed(code: FailureCode, phase: Phase = 'headers'): Verdict {
  return { kind: 'retry', failure: { code, phase, detail: '' }, retryAfterMs: null, pause: null }
}

type Step = 'start' | 'succeed' | 'fail'

describe('the breaker’s arithmetic', () => {
  it('ENG-6 keeps in flight and failures together within N, and opens at N exactly, whatever the order', () => {
    const steps = fc.array(fc.constantFrom<Step>('start', 'succeed', 'fail'), { maxLength: 300 })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 50 }),
        steps,
        (threshold, concurrency, order) => {
          const limits = { breaker: { consecutiveFailures: threshold }, concurrency }
          let failures = 0
          let inFlight = 0
          for (const step of order) {
            if (isOpen(limits, failures)) break
            if (step === 'start') inFlight += freeSlots(limits, failures, inFlight)
            else if (inFlight > 0) {
              inFlight -= 1
              failures = failuresAfter(
                step === 'fail' ? failed('server_error') : { kind: 'succeeded', note: null },
                failures,
              )
            }
            expect(inFlight + failures).toBeLessThanOrEqual(threshold)
            expect(inFlight).toBeLessThanOrEqual(concurrency)
          }
          expect(isOpen(limits, failures) ? inFlight : 0).toBe(0)
        },
      ),
    )
  })

  it('ENG-6 counts what reached for the endpoint and nothing else', () => {
    expect(failuresAfter(failed('client_error'), 3)).toBe(4)
    expect(failuresAfter(failed('timed_out', 'dns'), 3)).toBe(4)
    expect(failuresAfter(failed('url_invalid', 'build'), 3)).toBe(3)
    expect(failuresAfter(failed('internal_error', 'send'), 3)).toBe(3)
    expect(failuresAfter({ kind: 'interrupted' }, 3)).toBe(3)
    expect(failuresAfter({ kind: 'succeeded', note: null }, 3)).toBe(0)
  })

  it('lets an idle endpoint try one where its threshold was lowered below its failures', () => {
    const limits = { breaker: { consecutiveFailures: 3 }, concurrency: 16 }
    expect(freeSlots(limits, 10, 0)).toBe(1)
    expect(freeSlots(limits, 10, 1)).toBe(0)
  })

  it('knows no limit but concurrency without a breaker', () => {
    expect(freeSlots({ breaker: null, concurrency: 5 }, 1_000, 2)).toBe(3)
    expect(isOpen({ breaker: null }, 1_000)).toBe(false)
  })
})

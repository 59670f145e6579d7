import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DeliveryState } from '#shared/model/delivery.ts'
import type { Failure } from '#shared/model/failure.ts'
import { canMove, isFinal } from '#main/engine/delivery/delivery-states.ts'
import { nextStep, type StepInput } from '#main/engine/delivery/next-step.ts'
import { POLICY_PRESETS } from '#main/engine/delivery/policies.ts'
import { nextWaitMs } from '#main/engine/delivery/retry-schedule.ts'

const failure: Failure = { code: 'server_error', phase: 'headers', detail: 'answered 500' }
const pause = fc.constantFrom('gone' as const, null)
const verdicts: fc.Arbitrary<StepInput['verdict']> = fc.oneof(
  fc.constant({ kind: 'succeeded' as const, note: null }),
  fc.record({ kind: fc.constant('stop' as const), failure: fc.constant(failure), pause }),
  fc.record({
    kind: fc.constant('retry' as const),
    failure: fc.constant(failure),
    retryAfterMs: fc.option(fc.integer({ min: 1, max: 86_400_000 })),
    pause,
  }),
)
const inputs: fc.Arbitrary<StepInput> = fc.record({
  verdict: verdicts,
  tries: fc.integer({ min: 0, max: 12 }),
  policy: fc.constantFrom(...POLICY_PRESETS.map(({ policy }) => policy)),
  failures: fc.option(fc.integer({ min: 0, max: 25 })),
  now: fc.integer({ min: 0, max: 4_102_444_800_000 }),
  timeScale: fc.integer({ min: 1, max: 86_400 }),
  fraction: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
})

describe('what follows an attempt', () => {
  it('is a move that the table of states knows, and uses exactly one try', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const next = nextStep(input)
        expect(canMove('delivering', next.state)).toBe(true)
        expect(next.tries).toBe(input.tries + 1)
        expect(next.dueAt === null).toBe(next.state !== 'scheduled')
        expect(next.failure === null).toBe(next.outcome === 'succeeded')
      }),
    )
  })

  it('ENG-4 comes no earlier than the schedule says and no earlier than the receiver asks', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { dueAt } = nextStep(input)
        if (dueAt === null || input.verdict.kind !== 'retry') return
        const wait = (dueAt - input.now) * input.timeScale
        expect(wait).toBeGreaterThanOrEqual(nextWaitMs(input.policy.schedule, input.tries + 1, input.fraction)!)
        expect(wait).toBeGreaterThanOrEqual(input.verdict.retryAfterMs ?? 0)
      }),
    )
  })

  it('ENG-6 pauses only where a failure completes the count, or the receiver is gone', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const { endpoint } = nextStep(input)
        const count = input.verdict.kind === 'succeeded' ? 0 : (input.failures ?? 0) + 1
        const full = input.policy.breaker !== null && count >= input.policy.breaker.consecutiveFailures
        const gone = input.verdict.kind !== 'succeeded' && input.verdict.pause !== null
        const expected = { consecutiveFailures: count, pause: gone ? 'gone' : full ? 'breaker' : null }
        expect(endpoint).toEqual(input.failures === null ? null : expected)
      }),
    )
  })
})

describe('the states of a delivery', () => {
  it('end for good in succeeded and canceled', () => {
    for (const to of DeliveryState.options) {
      expect(canMove('succeeded', to)).toBe(false)
      expect(canMove('canceled', to)).toBe(false)
    }
  })

  it('lead from every state that is not final to one that is', () => {
    for (const from of DeliveryState.options.filter((state) => !isFinal(state))) {
      const reached = new Set<DeliveryState>([from])
      for (const state of reached) for (const to of DeliveryState.options) if (canMove(state, to)) reached.add(to)
      expect([...reached].some(isFinal)).toBe(true)
    }
  })

  it('never lead back to delivering but over scheduled', () => {
    expect(DeliveryState.options.filter((from) => canMove(from, 'delivering'))).toEqual(['scheduled'])
  })
})

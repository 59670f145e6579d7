import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forecast } from '#main/engine/delivery/forecast/forecast.ts'
import { resultOf, spanAt, tookMs } from '#main/engine/delivery/forecast/scenario-answer.ts'
import { nextStep } from '#main/engine/delivery/next-step.ts'
import { judge } from '#main/engine/delivery/outcome.ts'
import { POLICY_PRESETS, resolvePolicy } from '#main/engine/delivery/policies.ts'
import type { PolicyChoice } from '#main/engine/engine.ts'
import { Fault, Forecast, Scenario } from '#shared/model/forecast.ts'
import { answered, createDispatchRig } from './dispatch-rig.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

function foresee(policy: PolicyChoice, scenario: unknown, timeScale = 1): Forecast {
  return forecast({ policy: resolvePolicy(policy), scenario: Scenario.parse(scenario), timeScale, eventAt: 0 })
}

const until = fc.option(fc.integer({ min: 0, max: 3 * DAY }))
const spans = fc.oneof(
  fc.record({ untilMs: until, status: fc.integer({ min: 200, max: 599 }) }),
  fc.record({ untilMs: until, status: fc.constant(503), retryAfter: fc.constantFrom('30', '7200', 'soon') }),
  fc.record({ untilMs: until, fault: fc.constantFrom(...Fault.options) }),
)
const scenarios = fc
  .record({ answers: fc.array(spans, { minLength: 1, maxLength: 4 }), failures: fc.integer({ min: 0, max: 25 }) })
  .map((scenario) => Scenario.parse(scenario))
const policies = fc.constantFrom(...POLICY_PRESETS.map(({ policy }) => policy))

describe('a forecast', () => {
  it('agrees with the real rules run step by step', () => {
    fc.assert(
      fc.property(policies, scenarios, fc.constantFrom(1, 60), (policy, scenario, timeScale) => {
        const line = forecast({ policy, scenario, timeScale, eventAt: 0 })
        let at = 0
        let { failures } = scenario
        for (const [tries, attempt] of line.attempts.entries()) {
          expect(attempt.at.expectedMs).toBe(at)
          const span = spanAt(scenario, at)
          const now = at + tookMs(span, policy)
          const verdict = judge(resultOf(span), policy, now)
          if (verdict.kind === 'interrupted') throw new Error('interrupted')
          const step = nextStep({ verdict, tries, policy, failures, now, timeScale, fraction: 0.5 })
          expect(attempt).toMatchObject({ number: tries + 1, outcome: step.outcome, tookMs: now - at })
          expect(attempt.failure).toBe(step.failure?.code ?? null)
          failures = step.endpoint!.consecutiveFailures
          const goesOn = step.state === 'scheduled' && step.endpoint!.pause === null
          const isLast = tries === line.attempts.length - 1
          expect(goesOn).toBe(!isLast || line.end.reason === 'goes_on')
          at = step.dueAt ?? at
        }
      }),
    )
  })

  it('keeps each time within its bounds, in order, and ends in whole words', () => {
    fc.assert(
      fc.property(policies, scenarios, (policy, scenario) => {
        const line = forecast({ policy, scenario, timeScale: 1, eventAt: 0 })
        expect(Forecast.parse(line)).toEqual(line)
        for (const { at } of [...line.attempts, line.end]) {
          expect(at.earliestMs).toBeGreaterThanOrEqual(0)
          expect(at.earliestMs).toBeLessThanOrEqual(at.expectedMs)
          expect(at.expectedMs).toBeLessThanOrEqual(at.latestMs)
        }
        expect(line.end.words).toMatch(/^[A-Z].*\.$/)
        expect(line.end.words).not.toMatch(/undefined|null|NaN/)
      }),
    )
  })

  it('CRX-3 shows all six tries of a receiver that stays down', () => {
    const line = foresee('crawlux', { answers: [{ fault: 'refused' }] })
    expect(line.attempts.map(({ at }) => at.expectedMs / MINUTE)).toEqual([0, 1, 6, 36, 156, 516])
    expect(line.end).toMatchObject({
      state: 'failed',
      reason: 'tries_used_up',
      words: 'Failed 8 h 36 min after the event: all 6 tries are used up.',
    })
    expect(line.breakerOpensAtMs).toBeNull()
  })

  it('tells when a receiver that is down for 40 minutes gets its event', () => {
    const line = foresee('crawlux', { answers: [{ untilMs: 40 * MINUTE, fault: 'refused' }, { status: 200 }] })
    expect(line.attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed', 'failed', 'succeeded'])
    expect(line.end).toMatchObject({ state: 'succeeded', reason: 'delivered', at: { expectedMs: 156 * MINUTE } })
  })

  it('bounds each try by the jitter of all before it, and says where jitter decides the answer', () => {
    const line = foresee('standard', { answers: [{ untilMs: 5 * MINUTE, status: 503 }, { status: 200 }] })
    expect(line.attempts.map(({ at }) => at)).toEqual([
      { earliestMs: 0, expectedMs: 0, latestMs: 0 },
      { earliestMs: 4_000, expectedMs: 5_000, latestMs: 6_000 },
      { earliestMs: 244_000, expectedMs: 305_000, latestMs: 366_000 },
    ])
    expect(line.attempts.map(({ sure }) => sure)).toEqual([true, true, false])
  })

  it('counts waits from the end of an attempt that timed out', () => {
    const line = foresee('crawlux', { answers: [{ fault: 'timeout' }] })
    expect(line.attempts.slice(0, 3).map(({ at }) => at.expectedMs)).toEqual([0, 65_000, 370_000])
  })

  it.each([
    ['standard', { status: 404 }, ['failed', 'stopped', 1]],
    ['standard', { status: 410 }, ['failed', 'stopped', 1]],
    ['lumar', { status: 206 }, ['failed', 'tries_used_up', 1]],
    ['slack', { status: 500, headers: { 'X-Slack-No-Retry': '1' } }, ['failed', 'stopped', 1]],
    ['intercom', { status: 410 }, ['held', 'paused_gone', 1]],
    ['adyen', { status: 500 }, ['failed', 'tries_used_up', 100]],
    ['typeform', { status: 503 }, ['scheduled', 'goes_on', 120]],
  ] as const)('of %s with %o ends %o', (policy, answer, [state, reason, tries]) => {
    const line = foresee(policy, { answers: [answer] })
    expect(line.end).toMatchObject({ state, reason })
    expect(line.attempts).toHaveLength(tries)
  })

  it('ENG-6 opens the breaker by this delivery alone where the endpoint had failed before', () => {
    const line = foresee('apifycloud', { answers: [{ status: 500 }], failures: 18 })
    expect(line.attempts).toHaveLength(2)
    expect(line.end).toMatchObject({ state: 'held', reason: 'paused_breaker', at: { expectedMs: 5_000 } })
    expect(line.breakerOpensAtMs).toBe(5_000)
  })

  it('ENG-6 foresees when steady events open the breaker, as the dispatcher then does', async () => {
    const policy = { preset: 'standard', breaker: { consecutiveFailures: 20, probeAfterMs: null } }
    const line = foresee(policy, { answers: [{ status: 503 }], eventEveryMs: MINUTE })
    const rig = await createDispatchRig({ answer: () => answered(503), random: { fraction: () => 0.5 } })
    const endpoint = await rig.addEndpoint(policy)
    await rig.dispatcher.start()
    const startedAt = rig.clock.now()
    for (let minute = 0; minute < 60; minute++) {
      await rig.compose(endpoint.id)
      await rig.clock.advance(MINUTE)
    }
    expect(rig.sent).toHaveLength(20)
    expect(line.breakerOpensAtMs).toBe(rig.sent.at(-1)!.at - startedAt)
    expect(line.end).toMatchObject({ state: 'held', reason: 'paused_breaker' })
  })

  it('ENG-6 sees no pause where successes come between', () => {
    const line = foresee('standard', {
      answers: [{ untilMs: 2 * MINUTE, status: 503 }, { status: 200 }],
      eventEveryMs: MINUTE,
    })
    expect(line.breakerOpensAtMs).toBeNull()
    expect(line.end.reason).toBe('delivered')
  })

  it('ENG-13 runs waits faster, and no attempt', () => {
    const line = foresee('crawlux', { answers: [{ fault: 'timeout' }] }, 60)
    expect(line.attempts.slice(0, 3).map(({ at }) => at.expectedMs)).toEqual([0, 6_000, 16_000])
  })

  it('DL19 lets Retry-After lengthen a wait and never shorten it', () => {
    const asked = (retryAfter: string) => foresee('standard', { answers: [{ status: 503, retryAfter }] }).attempts[1]!
    expect(asked('3600').at).toEqual({ earliestMs: HOUR, expectedMs: HOUR, latestMs: HOUR })
    expect(asked('1').at.expectedMs).toBe(5_000)
    expect(asked('Thu, 01 Jan 1970 01:00:00 GMT').at.expectedMs).toBe(HOUR)
  })

  it('refuses a scenario that says nothing, or both an answer and a fault', () => {
    expect(Scenario.safeParse({ answers: [] }).success).toBe(false)
    expect(Scenario.safeParse({ answers: [{ status: 200, fault: 'dns' }] }).success).toBe(false)
    expect(Scenario.safeParse({ answers: [{ untilMs: 5 }] }).success).toBe(false)
  })
})

import type { Forecast, ForecastAttempt, ForecastEnd, ForecastTime } from '#shared/model/forecast.ts'
import type { Policy } from '#shared/model/policy.ts'
import { nextStep, type NextStep } from '../next-step.ts'
import { judge, type Verdict } from '../outcome.ts'
import { breakerOpensAt } from './breaker-forecast.ts'
import { endWords } from './end-words.ts'
import type { ForecastInput } from './forecast-input.ts'
import { resultOf, spanAt, tookMs } from './scenario-answer.ts'

/** A time line longer than this is cut; its end then says `goes_on`. */
const LONGEST_LINE = 120
/** The least and the greatest chance that jitter can draw, and the middle. */
const EARLIEST = 0
const EXPECTED = 0.5
const LATEST = 1 - Number.EPSILON

/** The whole time line of one delivery while its receiver behaves as `scenario` says. */
export function forecast(input: ForecastInput): Forecast {
  const { policy, scenario } = input
  const othersOpenAtMs = scenario.eventEveryMs === null ? null : breakerOpensAt(input)
  const attempts: ForecastAttempt[] = []
  let at: ForecastTime = { earliestMs: 0, expectedMs: 0, latestMs: 0 }
  let failures = scenario.failures
  while (attempts.length < LONGEST_LINE) {
    const step = attemptAt(input, { at, tries: attempts.length, failures })
    attempts.push(step.attempt)
    failures = step.expected.endpoint?.consecutiveFailures ?? failures
    const pause = step.expected.endpoint?.pause ?? null
    const opensAtMs = scenario.eventEveryMs === null && pause === 'breaker' ? step.endsAt.expectedMs : othersOpenAtMs
    const reason = reasonOf(step, scenario.eventEveryMs !== null && pause === 'breaker' ? null : pause)
    if (reason) return line({ attempts, reason, at: step.endsAt, opensAtMs, policy })
    if (!step.next) throw new Error('A delivery that goes on has no next attempt')
    if (opensAtMs !== null && opensAtMs < step.next.expectedMs) {
      const opened = { earliestMs: opensAtMs, expectedMs: opensAtMs, latestMs: opensAtMs }
      return line({ attempts, reason: 'paused_breaker', at: opened, opensAtMs, policy })
    }
    at = step.next
  }
  return line({ attempts, reason: 'goes_on', at, opensAtMs: othersOpenAtMs, policy })
}

interface Step {
  attempt: ForecastAttempt
  verdict: Exclude<Verdict, { kind: 'interrupted' }>
  expected: NextStep
  endsAt: ForecastTime
  /** Null where there is none. */
  next: ForecastTime | null
}

function attemptAt(
  { policy, scenario, timeScale, eventAt }: ForecastInput,
  { at, tries, failures }: { at: ForecastTime; tries: number; failures: number },
): Step {
  const span = spanAt(scenario, at.expectedMs)
  const took = tookMs(span, policy)
  const endsAt = mapTime(at, (ms) => ms + took)
  const verdict = judge(resultOf(span), policy, eventAt + endsAt.expectedMs)
  if (verdict.kind === 'interrupted') throw new Error('A scenario interrupts nothing')
  const stepFrom = (now: number, fraction: number): NextStep =>
    nextStep({ verdict, tries, policy, failures, now, timeScale, fraction })
  const expected = stepFrom(endsAt.expectedMs, EXPECTED)
  const bounds = [stepFrom(endsAt.earliestMs, EARLIEST).dueAt, expected.dueAt, stepFrom(endsAt.latestMs, LATEST).dueAt]
  const [earliestMs = null, expectedMs = null, latestMs = null] = bounds
  return {
    attempt: {
      number: tries + 1,
      at,
      tookMs: took,
      status: 'status' in span ? span.status : null,
      failure: expected.failure?.code ?? null,
      outcome: expected.outcome,
      sure: spanAt(scenario, at.earliestMs) === span && spanAt(scenario, at.latestMs) === span,
    },
    verdict,
    expected,
    endsAt,
    next: earliestMs === null || expectedMs === null || latestMs === null ? null : { earliestMs, expectedMs, latestMs },
  }
}

/** Null where the delivery goes on. */
function reasonOf({ expected, verdict }: Step, pause: 'gone' | 'breaker' | 'manual' | null): ForecastEnd | null {
  if (expected.state === 'succeeded') return 'delivered'
  if (expected.state === 'failed') return verdict.kind === 'stop' ? 'stopped' : 'tries_used_up'
  if (pause === null) return null
  return pause === 'gone' ? 'paused_gone' : 'paused_breaker'
}

const STATES = {
  delivered: 'succeeded',
  stopped: 'failed',
  tries_used_up: 'failed',
  paused_gone: 'held',
  paused_breaker: 'held',
  goes_on: 'scheduled',
} as const satisfies Record<ForecastEnd, Forecast['end']['state']>

function line({
  attempts,
  reason,
  at,
  opensAtMs,
  policy,
}: {
  attempts: ForecastAttempt[]
  reason: ForecastEnd
  at: ForecastTime
  opensAtMs: number | null
  policy: Policy
}): Forecast {
  const words = endWords({ attempts, reason, at, policy })
  return { attempts, end: { state: STATES[reason], reason, at, words }, breakerOpensAtMs: opensAtMs }
}

function mapTime({ earliestMs, expectedMs, latestMs }: ForecastTime, map: (ms: number) => number): ForecastTime {
  return { earliestMs: map(earliestMs), expectedMs: map(expectedMs), latestMs: map(latestMs) }
}

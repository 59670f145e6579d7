import { nextStep } from '../next-step.ts'
import { judge } from '../outcome.ts'
import type { ForecastInput } from './forecast-input.ts'
import { resultOf, spanAt, tookMs } from './scenario-answer.ts'

/** Attempts looked at before it is said that the breaker stays shut. */
const LONGEST_LOOK = 5_000

interface Try {
  /** Ms after the first event. */
  startMs: number
  endMs: number
  tries: number
}

/** When steady events open the breaker, in ms after the first of them; null where that is not to be seen. */
export function breakerOpensAt(input: ForecastInput): number | null {
  const { policy, scenario, timeScale, eventAt } = input
  if (policy.breaker === null || scenario.eventEveryMs === null) return null
  const begun = (startMs: number, tries: number): Try => {
    return { startMs, tries, endMs: startMs + tookMs(spanAt(scenario, startMs), policy) }
  }
  const waiting: Try[] = []
  let failures = scenario.failures
  let events = 0
  for (let looked = 0; looked < LONGEST_LOOK; looked += 1) {
    const nextEventMs = events * scenario.eventEveryMs
    const first = earliest(waiting)
    if (first === null || nextEventMs < first.endMs) {
      waiting.push(begun(nextEventMs, 0))
      events += 1
      continue
    }
    waiting.splice(waiting.indexOf(first), 1)
    const verdict = judge(resultOf(spanAt(scenario, first.startMs)), policy, eventAt + first.endMs)
    if (verdict.kind === 'interrupted') return null
    const { tries } = first
    const step = nextStep({ verdict, tries, policy, failures, now: first.endMs, timeScale, fraction: 0.5 })
    if (step.endpoint?.pause) return step.endpoint.pause === 'breaker' ? first.endMs : null
    failures = step.endpoint?.consecutiveFailures ?? failures
    if (step.dueAt !== null) waiting.push(begun(step.dueAt, step.tries))
  }
  return null
}

function earliest(waiting: readonly Try[]): Try | null {
  return waiting.reduce<Try | null>((first, one) => (first && first.endMs <= one.endMs ? first : one), null)
}

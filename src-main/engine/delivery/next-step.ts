import type { AttemptOutcome } from '#shared/model/attempt.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { PausedReason } from '#shared/model/endpoint.ts'
import type { Failure } from '#shared/model/failure.ts'
import type { Policy } from '#shared/model/policy.ts'
import { failuresAfter, isOpen } from './breaker.ts'
import type { Verdict } from './outcome.ts'
import { nextWaitMs } from './retry-schedule.ts'

export interface StepInput {
  verdict: Exclude<Verdict, { kind: 'interrupted' }>
  /** Tries used before this attempt. */
  tries: number
  policy: Policy
  /** The endpoint's failures in a row before this attempt; null for a delivery without an endpoint. */
  failures: number | null
  /** When the attempt ended, unix ms; waits start here. */
  now: number
  /** How many times faster waits run. */
  timeScale: number
  /** Chance in [0, 1) for jitter. */
  fraction: number
}

export interface NextStep {
  outcome: Extract<AttemptOutcome, 'succeeded' | 'failed'>
  failure: Failure | null
  state: Extract<Delivery['state'], 'succeeded' | 'failed' | 'scheduled'>
  dueAt: number | null
  tries: number
  endpoint: { consecutiveFailures: number; pause: Exclude<PausedReason, 'locked'> | null } | null
}

/** What follows an attempt: verdict, schedule and breaker together. */
export function nextStep(input: StepInput): NextStep {
  const { verdict } = input
  const tries = input.tries + 1
  const dueAt = verdict.kind === 'retry' ? nextDueAt(input, tries, verdict.retryAfterMs) : null
  const common = { tries, dueAt, endpoint: endpointAfter(input) }
  if (verdict.kind === 'succeeded')
    return { ...common, outcome: 'succeeded', failure: verdict.note, state: 'succeeded' }
  return { ...common, outcome: 'failed', failure: verdict.failure, state: dueAt === null ? 'failed' : 'scheduled' }
}

/** The receiver's own wish only ever makes a wait longer. */
function nextDueAt(
  { policy, now, timeScale, fraction }: StepInput,
  tries: number,
  retryAfterMs: number | null,
): number | null {
  const wait = nextWaitMs(policy.schedule, tries, fraction)
  if (wait === null) return null
  return now + Math.ceil(Math.max(wait, retryAfterMs ?? 0) / timeScale)
}

function endpointAfter({ verdict, policy, failures }: StepInput): NextStep['endpoint'] {
  if (failures === null) return null
  const consecutiveFailures = failuresAfter(verdict, failures)
  const gone = verdict.kind === 'succeeded' ? null : verdict.pause
  const opened = consecutiveFailures > failures && isOpen(policy, consecutiveFailures)
  return { consecutiveFailures, pause: gone ?? (opened ? 'breaker' : null) }
}

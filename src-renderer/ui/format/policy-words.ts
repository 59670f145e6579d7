import type { Policy, RetrySchedule } from '#shared/model/policy.ts'
import { formatSpan, formatWait } from './time.ts'

/** The waits that a schedule makes, in ms; jitter left out. */
export function waitsOf(schedule: RetrySchedule): readonly number[] {
  switch (schedule.kind) {
    case 'list':
      return schedule.waitsMs
    case 'exponential':
      return Array.from({ length: schedule.retries }, (_, index) =>
        Math.min(schedule.baseMs * schedule.factor ** index, schedule.capMs),
      )
  }
}

function repeatWords({ everyMs, untilMs }: { everyMs: number; untilMs: number }): string {
  return `${formatWait(everyMs)} until ${formatWait(untilMs)} are over`
}

function retryWords(schedule: RetrySchedule): string {
  const waits = waitsOf(schedule)
  if (waits.length === 0) return 'One try, no retries.'
  const spread = schedule.jitter === 0 ? '' : ` (±${Math.round(schedule.jitter * 100)} %)`
  const { kind } = schedule
  const more = kind === 'list' && schedule.repeat !== null ? `, then every ${repeatWords(schedule.repeat)}` : ''
  return `A first try at once, then again after ${waits.map(formatWait).join(', ')}${spread}${more}.`
}

function clientErrorWords({ clientErrors }: Policy): string {
  if (!clientErrors.stop) return 'A 4xx answer is retried too.'
  if (clientErrors.except.length === 0) return 'A 4xx answer ends the delivery.'
  return `A 4xx answer ends the delivery, but ${clientErrors.except.join(', ')} ${clientErrors.except.length === 1 ? 'is' : 'are'} retried.`
}

/** What a policy does, in sentences that a person can check. */
export function policyWords(policy: Policy): readonly string[] {
  const success = policy.success === '2xx' ? 'any 2xx' : policy.success.join(', ')
  const words = [
    retryWords(policy.schedule),
    `${formatSpan(policy.timeoutMs)} for the whole answer; ${success} counts as delivered.`,
    clientErrorWords(policy),
  ]
  if (policy.goneAction === 'pause') words.push('410 pauses the endpoint.')
  if (policy.breaker !== null) {
    const { consecutiveFailures, probeAfterMs } = policy.breaker
    const probe =
      probeAfterMs === null ? '' : `, and one try after ${formatWait(probeAfterMs)} finds out whether it is well`
    words.push(`${consecutiveFailures} failures in a row pause it${probe}.`)
  }
  return words
}

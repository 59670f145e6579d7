import type { Policy, RetrySchedule } from '#shared/model/policy.ts'
import { formatBytes } from './size.ts'
import { formatSpan, formatWait } from './time.ts'

/** As many waits as a sentence can hold. */
const NAMED_WAITS = 12

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
  const named = waits.slice(0, NAMED_WAITS).map(formatWait).join(', ')
  const rest = waits.length > NAMED_WAITS ? ` … ${waits.length} times` : ''
  return `A first try at once, then again after ${named}${rest}${spread}${more}.`
}

function clientErrorWords({ clientErrors }: Policy): string {
  if (!clientErrors.stop) return 'A 4xx answer is retried too.'
  if (clientErrors.except.length === 0) return 'A 4xx answer ends the delivery.'
  return `A 4xx answer ends the delivery, but ${clientErrors.except.join(', ')} ${clientErrors.except.length === 1 ? 'is' : 'are'} retried.`
}

/** What a policy does, in sentences that a person can check. */
export function policyWords(policy: Policy): readonly string[] {
  const statuses = policy.success === '2xx' ? 'any 2xx' : policy.success.join(', ')
  const success = policy.expectedContentType === null ? statuses : `${statuses} of type ${policy.expectedContentType}`
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
  return [...words, ...stopWords(policy), ...requestWords(policy)]
}

/** What else ends a delivery at once. */
function stopWords({ stop, networkErrors }: Policy): string[] {
  const words = stop.headers.map(
    ({ name, value, action }) =>
      `The answer header “${name}: ${value}” ends the delivery${action === 'pause' ? ' and pauses the endpoint' : ''}.`,
  )
  if (stop.statuses.length > 0) words.push(`${stop.statuses.join(', ')} ends the delivery.`)
  if (networkErrors === 'stop') words.push('A network error ends the delivery; a timeout or a reset does not.')
  return words
}

/** How it is sent, where that is not the usual way. */
function requestWords({
  ordered,
  ratePerSecond,
  bodyLimitBytes,
  encoding,
  scheduled,
  notifyOnFailure,
}: Policy): string[] {
  const words: string[] = []
  if (encoding === 'form') words.push('The body goes out as a form of its top-level fields.')
  if (encoding === 'envelope') words.push('The body goes out in an envelope of id, type, createdAt and data.')
  if (bodyLimitBytes !== null) words.push(`A body over ${formatBytes(bodyLimitBytes)} is not sent.`)
  if (ordered) words.push('One at a time, in order: a failing one holds up the rest.')
  if (ratePerSecond !== null) words.push(`At most ${ratePerSecond} attempts a second.`)
  if (scheduled === 'keep') words.push('What waits keeps its address when the URL changes.')
  if (notifyOnFailure) words.push('The project’s notification URL is told of a delivery that fails.')
  return words
}

import { RATE_KINDS, type AlertCondition, type AlertRuleState, type Measured } from '#shared/model/alert.ts'
import { rateOf } from '#shared/model/rate.ts'
import type { EndpointCounts } from '../stats/stats-store.ts'

type Counts = Omit<EndpointCounts, 'endpointId'>

/** How far a value has to come back, as a share of the threshold's distance, before an alert is resolved. */
const MARGIN = 0.2

const NOTHING: Counts = { succeeded: 0, failed: 0, attempts: 0, retries: 0, timeouts: 0, waiting: 0 }

/** The counts of several endpoints as one. */
export function together(counts: readonly Counts[]): Counts {
  return counts.reduce(
    (sum, each) => ({
      succeeded: sum.succeeded + each.succeeded,
      failed: sum.failed + each.failed,
      attempts: sum.attempts + each.attempts,
      retries: sum.retries + each.retries,
      timeouts: sum.timeouts + each.timeouts,
      waiting: sum.waiting + each.waiting,
    }),
    NOTHING,
  )
}

/** What a condition looks at, of these counts. */
export function measure(kind: AlertCondition['kind'], counts: Counts): Measured {
  const { succeeded, failed, attempts, retries, timeouts, waiting } = counts
  const ended = succeeded + failed
  switch (kind) {
    case 'success_rate':
      return { value: rateOf(succeeded, ended, 1).percent, sampleSize: ended }
    case 'dead_letters':
      return { value: failed, sampleSize: ended }
    case 'retry_spike':
      return { value: rateOf(retries, attempts, 1).percent, sampleSize: attempts }
    case 'timeouts':
      return { value: rateOf(timeouts, attempts, 1).percent, sampleSize: attempts }
    case 'backlog':
      return { value: waiting, sampleSize: waiting }
    default:
      return kind satisfies never
  }
}

/** Whether a sample is too small for this kind to say anything. */
export function isTooSmall({ kind, minSample }: AlertCondition, { sampleSize }: Measured): boolean {
  return RATE_KINDS.includes(kind) && sampleSize < minSample
}

/**
 * How a rule stands after a look. A raised one needs to come back by a margin, so that a value at the threshold does not
 * raise it again and again; and it stays raised while there is too little to tell that it is over.
 */
export function nextState(condition: AlertCondition, measured: Measured, before: AlertRuleState): AlertRuleState {
  const wasRaised = before === 'raised'
  if (measured.value === null || isTooSmall(condition, measured)) return wasRaised ? 'raised' : 'insufficient_data'
  return isMet(condition, measured.value, wasRaised) ? 'raised' : 'ok'
}

function isMet({ kind, threshold }: AlertCondition, value: number, wasRaised: boolean): boolean {
  if (kind === 'success_rate') {
    const end = threshold + (100 - threshold) * MARGIN
    return wasRaised && threshold < 100 ? value < end : value < threshold
  }
  return wasRaised ? value > threshold * (1 - MARGIN) : value >= threshold
}

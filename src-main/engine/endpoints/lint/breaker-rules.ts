import { type LintRule, totalWaitMs, waitsOf } from './lint-subject.ts'
import { spanWords } from '../../span-words.ts'

const WEEK_MS = 7 * 86_400_000

/** One failing delivery holds up the rest of an ordered endpoint, so failures come one after the other. */
export const breakerOutOfReach: LintRule = ({ config: { policy } }) => {
  const { breaker, ordered } = policy
  if (!breaker || !ordered) return null
  const deliveries = breaker.consecutiveFailures / (waitsOf(policy).length + 1)
  const neededMs = deliveries * totalWaitMs(policy)
  if (neededMs <= WEEK_MS) return null
  return {
    code: 'breaker_out_of_reach',
    severity: 'warning',
    field: 'policy.breaker.consecutiveFailures',
    message: `In strict order one delivery fails at a time: ${breaker.consecutiveFailures} failures take ${spanWords(neededMs)} before the endpoint pauses.`,
    fix: 'Lower the number of failures, or shorten the schedule.',
  }
}

/** What a preset ships with is how we send, not what a person asked for. */
export const concurrencyAboveBreaker: LintRule = ({ config: { policy }, preset }) => {
  const most = policy.breaker?.consecutiveFailures
  if (most === undefined || policy.ordered || policy.concurrency <= most) return null
  if (preset?.breaker?.consecutiveFailures === most && preset.concurrency === policy.concurrency) return null
  return {
    code: 'concurrency_above_breaker',
    severity: 'warning',
    field: 'policy.concurrency',
    message: `Up to ${policy.concurrency} attempts may run at once, but never more than failures are left before the endpoint pauses: ${most} at most.`,
    fix: `Lower the concurrency to ${most}, or let more failures pass.`,
  }
}

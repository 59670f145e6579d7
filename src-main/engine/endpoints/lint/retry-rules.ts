import { NO_TIMINGS } from '#shared/model/attempt.ts'
import { judge } from '../../delivery/outcome.ts'
import type { Policy } from '#shared/model/policy.ts'
import { type LintRule, severityOf, totalWaitMs, waitsOf } from './lint-subject.ts'
import { spanWords } from '../../span-words.ts'

/** What the same request will be answered with the next time too. */
const HOPELESS = [400, 401, 404, 405, 410, 413, 414, 415]

export const hopelessRetries: LintRule = ({ config: { policy }, preset }) => {
  const retried = HOPELESS.filter((status) => isRetried(status, policy))
  if (waitsOf(policy).length === 0 || retried.length === 0) return null
  const isAsPreset = preset !== null && retried.every((status) => isRetried(status, preset))
  return {
    code: 'hopeless_retries',
    severity: severityOf(isAsPreset),
    field: 'policy.clientErrors',
    message: `${statusWords(retried)} are tried again, though the same request gets the same answer.`,
    fix: 'Let 4xx stop, but for 408, 425 and 429; then failures show at once and can be retried by hand once they are mended.',
  }
}

export const redirectsRetried: LintRule = ({ config: { policy }, preset }) => {
  if (waitsOf(policy).length === 0 || !isRetried(302, policy)) return null
  return {
    code: 'redirects_retried',
    severity: severityOf(preset !== null && isRetried(302, preset)),
    field: 'policy.redirects',
    message: 'Redirects are tried again, and are never followed: every try ends at the same answer.',
    fix: 'Let redirects stop, and give the endpoint the URL that the receiver redirects to.',
  }
}

/** Whether a status is tried again, and does not pause the endpoint either. */
function isRetried(status: number, policy: Policy): boolean {
  const response = { status, headers: [], body: new Uint8Array(), truncated: false, remoteAddress: null }
  const verdict = judge({ response, failure: null, timings: NO_TIMINGS }, policy, 0)
  return verdict.kind === 'retry' && verdict.pause === null
}

function statusWords(statuses: readonly number[]): string {
  return statuses.length === 1
    ? `Answers of ${statuses[0]}`
    : `${statuses.slice(0, -1).join(', ')} and ${statuses.at(-1)}`
}

export const retryAfterWithoutEffect: LintRule = ({ config: { policy } }) => {
  const waits = waitsOf(policy)
  const shortest = Math.min(...waits)
  if (!policy.retryAfter.honour || waits.length === 0 || policy.retryAfter.capMs > shortest) return null
  return {
    code: 'retry_after_without_effect',
    severity: 'warning',
    field: 'policy.retryAfter.capMs',
    message: `Retry-After is honoured up to ${spanWords(policy.retryAfter.capMs)}, but the shortest wait is ${spanWords(shortest)}: a receiver’s wish never changes anything.`,
    fix: 'Raise the cap beyond the waits of the schedule, such as a day, or do not honour Retry-After.',
  }
}

export const failureUntold: LintRule = ({ config: { policy }, project, preset }) => {
  if (waitsOf(policy).length > 0) return null
  if (policy.notifyOnFailure && project.notificationUrl !== null) return null
  return {
    code: 'failure_untold',
    severity: severityOf(preset !== null && waitsOf(preset).length === 0),
    field: policy.notifyOnFailure ? 'project.notificationUrl' : 'policy.schedule',
    message: 'There is one try, and nobody is told when it fails.',
    fix: policy.notifyOnFailure
      ? 'Give the project a notification URL, which the policy tells of each failure.'
      : 'Choose a policy with retries; or let it notify of failures, and give the project a notification URL.',
  }
}

export const manualRetryTooShort: LintRule = ({ config: { policy } }) => {
  const spanMs = totalWaitMs(policy)
  if (policy.manualRetryMs === null || spanMs < policy.manualRetryMs) return null
  return {
    code: 'manual_retry_too_short',
    severity: 'warning',
    field: 'policy.manualRetryMs',
    message: `The last retry comes ${spanWords(spanMs)} after the event, and a person may retry for ${spanWords(policy.manualRetryMs)}: when it fails for good, it is too late.`,
    fix: 'Let the window for retries by hand be longer than the schedule, or shorten the schedule.',
  }
}

import type { ForecastAttempt, ForecastEnd, ForecastTime } from '#shared/model/forecast.ts'
import type { Policy } from '#shared/model/policy.ts'
import { spanWords } from '../../span-words.ts'

/** Why a time line ends, as a sentence for a person. */
export function endWords({
  attempts,
  reason,
  at,
  policy,
}: {
  attempts: readonly ForecastAttempt[]
  reason: ForecastEnd
  at: ForecastTime
  policy: Policy
}): string {
  const last = attempts.at(-1)
  const answer = last?.status ? `an answer of ${last.status}` : `${last?.failure ?? 'this'}`
  const after = `${spanWords(at.expectedMs)} after the event`
  const { length } = attempts
  switch (reason) {
    case 'delivered':
      return `Delivered by try ${length}, ${after}.`
    case 'stopped':
      return `Failed at try ${length}, ${after}: this policy does not try again after ${answer}.`
    case 'tries_used_up':
      return length === 1
        ? `Failed ${after}: there is only one try.`
        : `Failed ${after}: all ${length} tries are used up.`
    case 'paused_gone':
      return `Held at try ${length}: the receiver wants no more, so the endpoint is paused.`
    case 'paused_breaker':
      return `Held ${after}: ${policy.breaker?.consecutiveFailures ?? 'many'} failures in a row pause the endpoint.${resumption(policy)}`
    case 'goes_on':
      return `Still trying ${after}; later tries are not shown.`
  }
}

function resumption({ breaker }: Policy): string {
  if (!breaker) return ''
  return breaker.probeAfterMs === null
    ? ' A person resumes it.'
    : ` After ${spanWords(breaker.probeAfterMs)} one delivery tries whether it is back.`
}

import { toInstant } from '#shared/contract/base.ts'
import type { AttemptView } from '#shared/contract/deliveries.ts'
import type { Attempt } from '#shared/model/attempt.ts'
import { explainFailure } from '#shared/model/failure-explanations.ts'

/** `timeoutMs` is the deadline that was in force; null where it is not known. */
export function toAttemptView(attempt: Attempt, timeoutMs: number | null): AttemptView {
  return {
    id: attempt.id,
    deliveryId: attempt.deliveryId,
    endpointVersionId: attempt.endpointVersionId,
    number: attempt.number,
    trigger: attempt.trigger,
    outcome: attempt.outcome,
    startedAt: toInstant(attempt.startedAt),
    finishedAt: toInstant(attempt.finishedAt),
    request: attempt.request,
    response: responseOf(attempt),
    failure: failureOf(attempt, timeoutMs),
    timings: attempt.timings,
    nextAttemptAt: attempt.nextAttemptAt === null ? null : toInstant(attempt.nextAttemptAt),
  }
}

function responseOf({ response }: Attempt): AttemptView['response'] {
  if (response === null) return null
  const { body, headers, ...rest } = response
  return { ...rest, headers: [...headers], bodyBase64: Buffer.from(body).toString('base64') }
}

function failureOf(attempt: Attempt, timeoutMs: number | null): AttemptView['failure'] {
  const { failure, response, request, timings } = attempt
  if (failure === null) return null
  const context = {
    status: response?.status ?? null,
    url: request?.url ?? null,
    timeoutMs,
    totalMs: timings.totalMs,
  }
  return { ...failure, ...explainFailure(failure, context) }
}

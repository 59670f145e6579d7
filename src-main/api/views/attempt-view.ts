import { toInstant } from '#shared/contract/base.ts'
import type { AttemptView } from '#shared/contract/deliveries.ts'
import type { Attempt } from '#shared/model/attempt.ts'
import { headerValues } from '#shared/model/header.ts'
import { explainFailure } from '#shared/model/failure-explanations.ts'
import { decodeForView } from './decode-for-view.ts'

/** `timeoutMs` is the deadline that was in force; null where it is not known. */
export async function toAttemptView(attempt: Attempt, timeoutMs: number | null): Promise<AttemptView> {
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
    response: await responseOf(attempt),
    failure: failureOf(attempt, timeoutMs),
    timings: attempt.timings,
    nextAttemptAt: attempt.nextAttemptAt === null ? null : toInstant(attempt.nextAttemptAt),
  }
}

async function responseOf({ response }: Attempt): Promise<AttemptView['response']> {
  if (response === null) return null
  const { body, headers, ...rest } = response
  const decoded = await decodeForView(body, headerValues(headers, 'content-encoding').join(','))
  return {
    ...rest,
    headers: [...headers],
    bodyBase64: base64(body),
    decoded: decoded && { bodyBase64: base64(decoded.bytes), note: decoded.note },
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
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

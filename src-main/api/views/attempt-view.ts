import { toInstant } from '#shared/contract/base.ts'
import type { AnswerView, AttemptView } from '#shared/contract/deliveries.ts'
import type { Attempt } from '#shared/model/attempt.ts'
import type { RevealTry } from '#shared/model/reveal.ts'
import { headerValues } from '#shared/model/header.ts'
import { explainFailure } from '#shared/model/failure-explanations.ts'
import { decodeBody } from '../../engine/engine.ts'

interface Around {
  /** The deadline that was in force; null where it is not known. */
  timeoutMs: number | null
  /** Where its answer as it came is kept: who revealed it, null for nobody; undefined where it is not. */
  raw: Pick<RevealTry, 'at' | 'by'> | null | undefined
}

export async function toAttemptView(attempt: Attempt, { timeoutMs, raw }: Around): Promise<AttemptView> {
  const { response } = attempt
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
    response: response && { ...(await toAnswerView(response)), raw: rawOf(raw) },
    failure: failureOf(attempt, timeoutMs),
    timings: attempt.timings,
    nextAttemptAt: toInstant(attempt.nextAttemptAt),
  }
}

function rawOf(raw: Around['raw']): NonNullable<AttemptView['response']>['raw'] {
  return raw === undefined ? null : { revealed: raw && { at: toInstant(raw.at), by: raw.by } }
}

export async function toAnswerView(answer: NonNullable<Attempt['response']>): Promise<AnswerView> {
  const { body, headers, ...rest } = answer
  const decoded = await decodeBody(body, headerValues(headers, 'content-encoding').join(','))
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

import { AppError } from '#shared/model/app-error.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { Source } from '#shared/model/source.ts'
import type { Ingested, ReceivedRequest } from '../../engine.ts'
import { sha256Hex } from '../../signing/digest.ts'
import { appendEvents, type AppendDeps, keepEvent } from '../append-event.ts'
import { capturedEvent } from '../captured-event.ts'
import { type IngestedMessage, readEnvelopes } from './envelopes.ts'
import { IDEMPOTENCY_MS } from '../events.ts'

/** What a browser adds of its own accord for this host, whose cookies may be another program's. */
const CREDENTIALS = new Set(['authorization', 'cookie'])
/** Events show where they came in, and not the key. */
const PATH = '/ingest'

/** Stores each message of a body, all or none; of one that is refused, the Inbox tells. Throws `AppError`. */
export async function ingest(deps: AppendDeps, source: Source, request: ReceivedRequest): Promise<readonly Ingested[]> {
  if (request.capture !== 'complete') {
    await keep(deps, source, request)
    return []
  }
  try {
    return await append(deps, source, request)
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'storage_unavailable') throw error
    await keep(deps, source, { ...request, capture: 'refused', captureNote: `${error.message} ${error.hint ?? ''}` })
    throw error
  }
}

async function append(deps: AppendDeps, source: Source, request: ReceivedRequest): Promise<readonly Ingested[]> {
  const messages = readEnvelopes(request.body)
  const entries = messages.map((message) => ({
    event: { ...ingestedEvent(deps, source, { ...request, body: message.body }), type: message.type },
    body: message.body,
    idempotency: idempotencyOf(source, message, request.receivedAt),
  }))
  const appended = await appendEvents(deps, entries)
  if (appended.kind === 'mismatch') throw usedTwice(messages, appended.index)
  return appended.results.map((result, index) =>
    result.kind === 'repeated'
      ? { eventId: result.eventId, isRepeat: true }
      : { eventId: entries[index]!.event.id, isRepeat: false },
  )
}

function ingestedEvent(deps: AppendDeps, source: Source, request: ReceivedRequest): EventRecord {
  const headers = request.headers.filter(([name]) => !CREDENTIALS.has(name.toLowerCase()))
  return {
    ...capturedEvent(source, { ...request, path: PATH, headers }, { id: deps.ids.next('evt') }),
    origin: 'ingested',
    editedFrom: null,
    provider: null,
    // Pages send JSON as text/plain, which needs no preflight.
    contentType: 'application/json',
  }
}

function idempotencyOf(source: Source, { id, body }: IngestedMessage, receivedAt: number) {
  return { key: `ingest ${source.id} ${id}`, fingerprint: sha256Hex(body), expiresAt: receivedAt + IDEMPOTENCY_MS }
}

function usedTwice(messages: readonly IngestedMessage[], index: number): AppError {
  const message = 'This id was used with other content in the last 24 hours.'
  return new AppError('idempotency_mismatch', message, {
    field: messages.length === 1 ? 'id' : `${index}.id`,
    hint: 'Use a new id for a new message; nothing of this request was stored.',
  })
}

async function keep(deps: AppendDeps, source: Source, request: ReceivedRequest): Promise<void> {
  await keepEvent(deps, { event: ingestedEvent(deps, source, request), body: request.body })
}

import { AppError } from '#shared/model/app-error.ts'
import type { HeaderList } from '#shared/model/header.ts'
import type { Source } from '#shared/model/source.ts'
import type { Ingested, ReceivedRequest } from '../../engine/engine.ts'
import {
  type CaptureDeps,
  entryOf,
  headOf,
  type Incoming,
  receive,
  refuse,
  STORAGE_UNAVAILABLE,
} from '../capture-request.ts'
import { allowsOrigin, isPreflight, originOf, preflightHeaders, readableBy } from './cors.ts'
import { jsonAnswer, refusalAnswer, type SenderAnswer } from '../sender-answer.ts'
import { writeAnswer } from '../write-answer.ts'

const METHODS = 'GET, HEAD, OPTIONS, POST'

/** Takes events from pages, and answers them so that a browser lets the page read it. */
export async function ingestRequest(deps: CaptureDeps, incoming: Incoming, key: string): Promise<void> {
  const { request, response } = incoming
  const origin = originOf(request)
  const source = deps.capture.ingestSourceOf(key)
  if (!source) return refuse(deps, incoming, withHeaders(UNKNOWN_KEY, readableBy(origin)))
  if (!allowsOrigin(source, origin)) return refuse(deps, incoming, foreignOrigin(source, origin))

  const cors = readableBy(origin)
  switch (request.method) {
    case 'POST':
      return take(deps, incoming, { source, cors })
    case 'GET':
    case 'HEAD':
      return writeAnswer(response, withHeaders(explanation(source), cors))
    case 'OPTIONS': {
      const asked = isPreflight(request) ? preflightHeaders(request) : ([['Allow', METHODS]] satisfies HeaderList)
      return writeAnswer(
        response,
        withHeaders({ status: 204, headers: [], body: Buffer.alloc(0) }, [...cors, ...asked]),
      )
    }
    default:
      return refuse(deps, incoming, withHeaders(WRONG_METHOD, [...cors, ['Allow', METHODS]]))
  }
}

async function take(
  deps: CaptureDeps,
  incoming: Incoming,
  { source, cors }: { source: Source; cors: HeaderList },
): Promise<void> {
  const head = headOf(deps, incoming.request)
  const verdict = await receive(deps, incoming, source)
  const outcome = await ingest(deps, source, entryOf(incoming.request, head, verdict))
  if (outcome instanceof AppError) return refuse(deps, incoming, withHeaders(refusalOf(outcome), cors))
  if (verdict.capture !== 'complete') return refuse(deps, incoming, withHeaders(verdict.answer, cors))
  const items = outcome.map(({ eventId, isRepeat }) => ({ id: eventId, isRepeat }))
  const status = items.every(({ isRepeat }) => isRepeat) ? 200 : 201
  writeAnswer(incoming.response, withHeaders(jsonAnswer(status, { items }), cors))
}

async function ingest(
  { capture, log }: CaptureDeps,
  source: Source,
  received: ReceivedRequest,
): Promise<readonly Ingested[] | AppError> {
  try {
    return await capture.ingest(source, received)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'storage_unavailable') {
      log.error('Events could not be stored', { source: source.slug, reason: error.message })
    }
    return error
  }
}

function refusalOf({ code, message, field, hint }: AppError): SenderAnswer {
  if (code === 'storage_unavailable') return STORAGE_UNAVAILABLE
  const status = code === 'idempotency_mismatch' ? 409 : 400
  return refusalAnswer(status, { code, message, ...(field !== undefined && { field }), ...(hint && { hint }) })
}

function explanation({ bodyLimitBytes }: Source): SenderAnswer {
  return jsonAnswer(200, {
    takes: 'POST of a JSON message, or of a list of them, as application/json or text/plain',
    message: { id: 'yours; a repeat is stored once', type: 'call_ended', createdAt: 'ISO 8601', data: 'any JSON' },
    bodyLimitBytes,
  })
}

function withHeaders(answer: SenderAnswer, headers: HeaderList): SenderAnswer {
  return { ...answer, headers: [...answer.headers, ...headers] }
}

function foreignOrigin({ slug }: Source, origin: string | null): SenderAnswer {
  return refusalAnswer(403, {
    code: 'origin_not_allowed',
    message: `Pages of ${origin ?? 'no origin'} may not ingest here.`,
    hint: `Add the origin to the allowed origins of the source ${slug}.`,
  })
}

const UNKNOWN_KEY = refusalAnswer(404, {
  code: 'unknown_key',
  message: 'No source has this ingest key; nothing was stored.',
  hint: 'The source shows its address; its key may have been replaced.',
})

const WRONG_METHOD = refusalAnswer(405, {
  code: 'method_not_allowed',
  message: 'Events are put here by POST.',
})

import type { Database } from 'better-sqlite3'
import type { Attempt } from '#shared/model/attempt.ts'
import type {
  ExportedAttempt,
  ExportedBody,
  ExportedDelivery,
  ExportedEvent,
} from '#shared/model/exchange/exported-event.ts'
import type { EventId } from '#shared/model/ids.ts'
import { prepareListAttempts, prepareRequestBody } from '../deliveries/attempts.ts'
import { DELIVERY_COLUMNS, toDelivery, type DeliveryRow } from '../deliveries/delivery-row.ts'
import { prepareBodies } from '../events/bodies.ts'
import { EVENT_COLUMNS, toEvent, type EventRow } from '../events/event-row.ts'
import {
  FINDINGS_COLUMNS,
  MESSAGE_JOIN,
  splitFindings,
  VERDICT_JOIN,
  type FindingsRow,
} from '../events/findings-row.ts'

const EVENT = `
  SELECT ${EVENT_COLUMNS}, ${FINDINGS_COLUMNS}, e.key, e.body_key AS bodyKey,
    (SELECT slug FROM sources WHERE key = e.source_key) AS source
  FROM events e ${VERDICT_JOIN} ${MESSAGE_JOIN} WHERE e.id = ?`
const DELIVERIES = `
  SELECT ${DELIVERY_COLUMNS}, (
    SELECT json_extract(v.config, '$.name') FROM endpoints n JOIN endpoint_versions v ON v.key = n.version_key
    WHERE n.key = d.endpoint_key) AS endpoint
  FROM deliveries d WHERE d.event_key = ? ORDER BY d.key`

type FoundEvent = EventRow & FindingsRow & { key: number; bodyKey: number; source: string | null }

/** Reads one event with all that is known of it; null where it is gone. */
export function prepareReadExported(
  db: Database,
  { deliveries: withDeliveries }: { deliveries: boolean },
): (eventId: EventId) => ExportedEvent | null {
  const find = db.prepare<[string], FoundEvent>(EVENT)
  const listDeliveries = db.prepare<[number], DeliveryRow & { endpoint: string | null }>(DELIVERIES)
  const listAttempts = prepareListAttempts(db)
  const requestBody = prepareRequestBody(db)
  const bodies = prepareBodies(db)

  function deliveriesOf(key: number): ExportedDelivery[] {
    if (!withDeliveries) return []
    return listDeliveries.all(key).map(({ endpoint, ...row }) => {
      const { id, targetUrl, state, createdAt } = toDelivery(row)
      const attempts = listAttempts(id).map((attempt) => toExported(attempt, requestBody(attempt.id)))
      const url = attempts.at(-1)?.request?.url ?? targetUrl
      return { id, endpoint, url, state, createdAt: instant(createdAt), attempts }
    })
  }

  return (eventId) => {
    const row = find.get(eventId)
    if (!row) return null
    const { findings, rest } = splitFindings(row)
    const { key, bodyKey, source, ...columns } = rest
    const { id, type, provider, origin, capture, captureNote, receivedAt, ...event } = toEvent(columns)
    const { method, path, query, httpVersion, headers, trailers, contentType, remoteAddress } = event
    return {
      id,
      type,
      provider,
      source,
      origin,
      capture,
      captureNote,
      receivedAt: instant(receivedAt),
      method,
      path,
      query,
      httpVersion,
      headers,
      trailers,
      contentType,
      remoteAddress,
      body: toBody(bodies.read(bodyKey)),
      verdict: findings.verdict,
      messageId: findings.messageId,
      deliveries: deliveriesOf(key),
    }
  }
}

function toExported(attempt: Attempt, sent: Uint8Array | null): ExportedAttempt {
  const { id, number, trigger, outcome, startedAt, finishedAt, request, response, failure, timings } = attempt
  return {
    id,
    number,
    trigger,
    outcome,
    startedAt: instant(startedAt),
    finishedAt: instant(finishedAt),
    failure,
    timings,
    request: request && {
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: sent && toBody(sent),
    },
    response: response && {
      status: response.status,
      headers: response.headers,
      body: toBody(response.body),
      truncated: response.truncated,
    },
  }
}

function instant(at: number): string {
  return new Date(at).toISOString()
}

/** As text only where every reader makes just these bytes of it again: many drop a byte order mark. */
function toBody(bytes: Uint8Array): ExportedBody {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    if (!text.startsWith('\ufeff')) return { text }
  } catch {
    // Bytes that are no text.
  }
  return { base64: Buffer.from(bytes).toString('base64') }
}

import type { Database } from 'better-sqlite3'
import type { EventId } from '#shared/model/ids.ts'
import type { AppendedEvent, AppendEvent } from '#main/engine/ports.ts'
import { prepareAddDeliveries } from '../deliveries/add-deliveries.ts'
import { prepareBodies } from './bodies.ts'
import { toEventRow, type EventRow } from './event-row.ts'

const ADD_EVENT = `
  INSERT INTO events (id, project_key, source_key, type, provider, origin, capture, capture_note, received_at, method,
    path, query, http_version, headers, trailers, content_type, body_key, body_sha256, body_size_bytes, declared_size_bytes,
    remote_address, hops)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), (SELECT key FROM sources WHERE id = @sourceId), @type,
    @provider, @origin, @capture, @captureNote, @receivedAt, @method, @path, @query, @httpVersion, @headers,
    @trailers, @contentType, @bodyKey, @bodySha256, @bodySizeBytes, @declaredSizeBytes, @remoteAddress, @hops)`

const FORGET_EXPIRED = `DELETE FROM idempotency_keys WHERE expires_at <= ?`

const FIND_KEY = `
  SELECT i.fingerprint, e.id AS eventId FROM idempotency_keys i JOIN events e ON e.key = i.event_key
  WHERE i.project_key = (SELECT key FROM projects WHERE id = ?) AND i.key = ?`

const KEEP_KEY = `
  INSERT INTO idempotency_keys (project_key, key, fingerprint, event_key, expires_at)
  VALUES ((SELECT key FROM projects WHERE id = @projectId), @key, @fingerprint,
    (SELECT key FROM events WHERE id = @eventId), @expiresAt)`

interface KeptKey {
  projectId: string
  key: string
  fingerprint: string
  eventId: string
  expiresAt: number
}

/** Stores an event, its body and its deliveries, unless its idempotency key was used. Run it inside a write. */
export function prepareAppendEvent(db: Database): (entry: AppendEvent) => AppendedEvent {
  const addEvent = db.prepare<EventRow & { bodyKey: number }>(ADD_EVENT)
  const bodies = prepareBodies(db)
  const addDeliveries = prepareAddDeliveries(db)
  const keys = prepareIdempotency(db)

  return ({ event, body, deliveries, idempotency }) => {
    const earlier = idempotency && keys.find(event.projectId, idempotency.key, event.receivedAt)
    if (idempotency && earlier) {
      const same = earlier.fingerprint === idempotency.fingerprint
      return same ? { kind: 'repeated', eventId: earlier.eventId } : { kind: 'mismatch' }
    }
    const row = toEventRow(event)
    addEvent.run({ ...row, bodyKey: bodies.keep(row.bodySha256, body) })
    if (idempotency) keys.keep({ projectId: event.projectId, eventId: event.id, ...idempotency })
    return { kind: 'appended', deliveries: addDeliveries(deliveries) }
  }
}

function prepareIdempotency(db: Database) {
  const forgetExpired = db.prepare<[number]>(FORGET_EXPIRED)
  const find = db.prepare<[string, string], { fingerprint: string; eventId: EventId }>(FIND_KEY)
  const keep = db.prepare<KeptKey>(KEEP_KEY)
  return {
    find(projectId: string, key: string, now: number) {
      forgetExpired.run(now)
      return find.get(projectId, key)
    },
    keep: (kept: KeptKey) => void keep.run(kept),
  }
}

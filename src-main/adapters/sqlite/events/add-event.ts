import type { Database } from 'better-sqlite3'
import type { EventRecord } from '#shared/model/event.ts'

/** Bound by place: to look up 22 names for each event costs half of what the statement does. */
const ADD_EVENT = `
  INSERT INTO events (id, project_key, source_key, type, provider, origin, edited_from, capture, capture_note, received_at,
    method, path, query, http_version, headers, trailers, content_type, body_key, body_sha256, body_size_bytes,
    declared_size_bytes, remote_address, hops)
  VALUES (?, (SELECT key FROM projects WHERE id = ?), (SELECT key FROM sources WHERE id = ?), ?, ?, ?, ?, ?, ?, ?,
    ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

type Column = string | number | Uint8Array | null

/** Where its body is, and what that is known by. */
interface StoredBody {
  key: number
  sha256: Uint8Array
}

/** Adds the row of an event; answers its key. */
export function prepareAddEvent(db: Database): (event: EventRecord, body: StoredBody) => number {
  const add = db.prepare<[Column[]]>(ADD_EVENT)
  return (event, body) => Number(add.run(columnsOf(event, body)).lastInsertRowid)
}

/** In the order of the statement. */
function columnsOf(event: EventRecord, { key, sha256 }: StoredBody): Column[] {
  return [
    event.id,
    event.projectId,
    event.sourceId,
    event.type,
    event.provider,
    event.origin,
    event.editedFrom,
    event.capture,
    event.captureNote,
    event.receivedAt,
    event.method,
    event.path,
    event.query,
    event.httpVersion,
    JSON.stringify(event.headers),
    JSON.stringify(event.trailers),
    event.contentType,
    key,
    sha256,
    event.bodySizeBytes,
    event.declaredSizeBytes,
    event.remoteAddress,
    event.hops,
  ]
}

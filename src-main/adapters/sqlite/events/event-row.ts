import type { EventRecord } from '#shared/model/event.ts'

/** An event as it is stored and read: the same names, with JSON and bytes as columns hold them. */
export type EventRow = Omit<EventRecord, 'headers' | 'trailers' | 'bodySha256'> & {
  headers: string
  trailers: string
  bodySha256: Uint8Array
}

/** `e` is the event. */
export const EVENT_COLUMNS = `
  e.id, (SELECT id FROM projects WHERE key = e.project_key) AS projectId,
  (SELECT id FROM sources WHERE key = e.source_key) AS sourceId, e.type, e.provider, e.origin, e.edited_from AS editedFrom, e.capture,
  e.capture_note AS captureNote, e.received_at AS receivedAt, e.method, e.path, e.query,
  e.http_version AS httpVersion, e.headers, e.trailers, e.content_type AS contentType, e.body_sha256 AS bodySha256,
  e.body_size_bytes AS bodySizeBytes, e.declared_size_bytes AS declaredSizeBytes, e.remote_address AS remoteAddress,
  e.hops`

/** Trusts what it reads: only `prepareAddEvent` wrote it. */
export function toEvent({ headers, trailers, bodySha256, ...row }: EventRow): EventRecord {
  return {
    ...row,
    headers: JSON.parse(headers) as EventRecord['headers'],
    trailers: JSON.parse(trailers) as EventRecord['trailers'],
    bodySha256: Buffer.from(bodySha256).toString('hex'),
  }
}

import type { Database } from 'better-sqlite3'
import type { EventRecord } from '#shared/model/event.ts'
import { toBytes } from '../../bytes.ts'

/** Larger ones are read when they are sent: hundreds may be claimed together. */
const BODY_LIMIT_BYTES = 64 * 1024

/** In the order in which `toClaimedEvent` reads them. */
const EVENT = `
  SELECT e.id, (SELECT id FROM projects WHERE key = e.project_key), (SELECT id FROM sources WHERE key = e.source_key),
    e.type, e.provider, e.origin, e.edited_from, e.capture, e.capture_note, e.received_at, e.method, e.path, e.query,
    e.http_version, e.headers, e.trailers, e.content_type, e.body_sha256, e.body_size_bytes, e.declared_size_bytes,
    e.remote_address, e.hops,
    CASE WHEN e.body_size_bytes <= ${BODY_LIMIT_BYTES} THEN (SELECT bytes FROM bodies WHERE key = e.body_key) END
  FROM events e WHERE e.key = ?`

type EventColumns = [
  id: EventRecord['id'],
  projectId: EventRecord['projectId'],
  sourceId: EventRecord['sourceId'],
  type: string,
  provider: string | null,
  origin: EventRecord['origin'],
  editedFrom: EventRecord['editedFrom'],
  capture: EventRecord['capture'],
  captureNote: EventRecord['captureNote'],
  receivedAt: number,
  method: string,
  path: string,
  query: string | null,
  httpVersion: EventRecord['httpVersion'],
  headers: string,
  trailers: string,
  contentType: string | null,
  bodySha256: Uint8Array,
  bodySizeBytes: number,
  declaredSizeBytes: number | null,
  remoteAddress: string | null,
  hops: number,
  body: Uint8Array | null,
]

/** An event as a claim hands it out; its body only where that is small. */
export interface ClaimedEvent {
  event: EventRecord
  body: Uint8Array | null
}

export function prepareClaimedEvent(db: Database): (eventKey: number) => ClaimedEvent {
  const read = db.prepare<[number], EventColumns>(EVENT).raw()
  return (eventKey) => toClaimedEvent(read.get(eventKey)!)
}

/** Trusts what it reads: only `toEventRow` wrote it. */
function toClaimedEvent(row: EventColumns): ClaimedEvent {
  const sha256 = row[17]
  return {
    event: {
      id: row[0],
      projectId: row[1],
      sourceId: row[2],
      type: row[3],
      provider: row[4],
      origin: row[5],
      editedFrom: row[6],
      capture: row[7],
      captureNote: row[8],
      receivedAt: row[9],
      method: row[10],
      path: row[11],
      query: row[12],
      httpVersion: row[13],
      headers: JSON.parse(row[14]) as EventRecord['headers'],
      trailers: row[15] === '[]' ? [] : (JSON.parse(row[15]) as EventRecord['trailers']),
      contentType: row[16],
      bodySha256: Buffer.from(sha256.buffer, sha256.byteOffset, sha256.byteLength).toString('hex'),
      bodySizeBytes: row[18],
      declaredSizeBytes: row[19],
      remoteAddress: row[20],
      hops: row[21],
    },
    body: row[22] && toBytes(row[22]),
  }
}

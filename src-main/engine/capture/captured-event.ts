import { UNTYPED_EVENT, type EventRecord } from '#shared/model/event.ts'
import { headerValue } from '#shared/model/header.ts'
import type { Source } from '#shared/model/source.ts'
import type { ReceivedRequest } from '../engine.ts'
import { sha256Hex } from '../signing/digest.ts'

/** More hops than any honest chain makes; larger claims are read as this. */
const MAX_HOPS = 1_000

function hopsOf(request: ReceivedRequest): number {
  const value = headerValue(request.headers, 'Hookloop-Hops')
  return value !== null && /^\d{1,9}$/.test(value) ? Math.min(Number(value), MAX_HOPS) : 0
}

/** The event that a source makes of a request. */
export function capturedEvent(
  source: Source,
  request: ReceivedRequest,
  { id, type = UNTYPED_EVENT }: { id: EventRecord['id']; type?: string },
): EventRecord {
  // Field by field: to copy an object with some left out costs many times as much, once for each capture.
  return {
    id,
    projectId: source.projectId,
    sourceId: source.id,
    type,
    provider: source.provider,
    origin: 'captured',
    editedFrom: null,
    capture: request.capture,
    captureNote: request.captureNote,
    receivedAt: request.receivedAt,
    method: request.method,
    path: request.path,
    query: request.query,
    httpVersion: request.httpVersion,
    headers: request.headers,
    trailers: request.trailers,
    contentType: headerValue(request.headers, 'Content-Type'),
    bodySha256: sha256Hex(request.body),
    bodySizeBytes: request.body.length,
    declaredSizeBytes: request.declaredSizeBytes,
    remoteAddress: request.remoteAddress,
    hops: hopsOf(request),
  }
}

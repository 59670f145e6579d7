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
export function capturedEvent(source: Source, request: ReceivedRequest, id: EventRecord['id']): EventRecord {
  const { body, ...rest } = request
  return {
    ...rest,
    id,
    projectId: source.projectId,
    sourceId: source.id,
    type: UNTYPED_EVENT,
    provider: source.provider,
    origin: 'captured',
    editedFrom: null,
    contentType: headerValue(request.headers, 'Content-Type'),
    bodySha256: sha256Hex(body),
    bodySizeBytes: body.length,
    hops: hopsOf(request),
  }
}

import type { EventRecord } from '#shared/model/event.ts'
import type { HeaderList } from '#shared/model/header.ts'
import { sha256Hex } from '../signing/digest.ts'

/** The record of an event that was made here, not captured. */
export function composedEvent(
  input: {
    type: string
    body: Uint8Array
    contentType: string
    provider: string | null
    /** Beside the content type. */
    headers?: HeaderList | undefined
  },
  at: Pick<EventRecord, 'id' | 'projectId' | 'receivedAt'>,
): EventRecord {
  return {
    ...at,
    sourceId: null,
    type: input.type,
    provider: input.provider,
    origin: 'composed',
    editedFrom: null,
    capture: 'complete',
    captureNote: null,
    method: 'POST',
    path: '/',
    query: null,
    httpVersion: '1.1',
    headers: [['Content-Type', input.contentType], ...(input.headers ?? [])],
    trailers: [],
    contentType: input.contentType,
    bodySha256: sha256Hex(input.body),
    bodySizeBytes: input.body.length,
    declaredSizeBytes: null,
    remoteAddress: null,
    hops: 0,
  }
}

import type { EventRecord } from '#shared/model/event.ts'
import type { HeaderList } from '#shared/model/header.ts'
import type { EventId } from '#shared/model/ids.ts'
import type { Answer, Source } from '#shared/model/source.ts'

/** A request as the capture server read it, before it is an event. */
export interface ReceivedRequest {
  capture: EventRecord['capture']
  captureNote: string | null
  receivedAt: number
  method: string
  path: string
  query: string | null
  httpVersion: string
  headers: HeaderList
  trailers: HeaderList
  body: Uint8Array
  declaredSizeBytes: number | null
  remoteAddress: string | null
}

/** What was stored of a request, and what its sender is to be answered. */
export interface Recorded {
  event: EventRecord
  answer: Answer
}

/** What came of one message that was ingested. */
export interface Ingested {
  eventId: EventId
  /** Its id was ingested before: the event is the one of then. */
  isRepeat: boolean
}

export interface CaptureApi {
  /** The source for which this stands in a capture address, in any project; null where there is none. */
  sourceOf(address: string): Source | null
  /** What stands for a source in its capture address: its slug, with a token where strangers can reach the port. */
  addressOf(source: Source): string
  /** The source that takes what is ingested under this key; null where there is none. */
  ingestSourceOf(key: string): Source | null
  /**
   * Stores the request, its deliveries, and what was found about it; resolves once they are durable. Resolves to the first
   * event of its message where it is a repeat that the source drops. Throws `AppError` `storage_unavailable`.
   */
  record(source: Source, request: ReceivedRequest): Promise<Recorded>
  /**
   * Stores each message of a body, all or none. Throws `AppError` `invalid_request` with the field, of which the source's
   * Inbox then tells too, `idempotency_mismatch`, `storage_unavailable`.
   */
  ingest(source: Source, request: ReceivedRequest): Promise<readonly Ingested[]>
}

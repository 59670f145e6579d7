import type { Delivery, DeliveryTally } from '#shared/model/delivery.ts'
import type { Capture, EventRecord } from '#shared/model/event.ts'
import type { EventFilter } from '#shared/model/filter/meaning/event-filter.ts'
import type { EventVerdict, Findings } from '#shared/model/findings.ts'
import type { EventId, ProjectId, SourceId } from '#shared/model/ids.ts'
import type { Relayed } from '../links/link-store.ts'
import type { Page, PageRequest } from './store.ts'

/** What is kept beside a captured event. */
export interface Arrival {
  verdict: EventVerdict | null
  /**
   * The sender's own id of the message, null where there is none. The first event of a source with this id and type is the
   * message's first; of a later one `keep` stores it as a duplicate and `drop` stores nothing. With `unproven` the event is
   * neither a first nor a duplicate: whoever could not prove a message takes no one's place.
   */
  message: { id: string; repeat: 'keep' | 'drop' | 'unproven' } | null
}

export interface AppendEvent {
  event: EventRecord
  body: Uint8Array
  /** The matching deliveries, all `scheduled`; the store makes those of a paused endpoint `held` and leaves out deleted ones. */
  deliveries: readonly Delivery[]
  /** Remembered until `expiresAt`, per project; `fingerprint` tells whether a second use means the same. */
  idempotency: { key: string; fingerprint: string; expiresAt: number } | null
  /** Only of what was captured from a source. */
  arrival?: Arrival
  /** Only of what came over a link; its id at the relay counts once in a source. */
  relayed?: Relayed
  /** Counts one answer of the source's script: of this message's own walk, or of the source's where it is null. */
  scriptStep?: { message: string | null }
}

/** A message that came before: the event that brought it first, and how often it came again. */
export interface Repeat {
  eventId: EventId
  repeats: number
}

/** `given` is how many answers the walk of its script had given before; 0 where none is counted. */
export type AppendedEvent =
  | { kind: 'appended'; deliveries: readonly Delivery[]; repeatOf: Repeat | null; given: number }
  /** Its message came before and was not to be kept again. */
  | { kind: 'dropped'; first: EventRecord; repeats: number; given: number }
  | { kind: 'repeated'; eventId: EventId }
  | { kind: 'mismatch' }

/** Each entry's result in order, or the first entry whose key was used with other content. */
export type AppendedEvents = { kind: 'stored'; results: readonly AppendedEvent[] } | { kind: 'mismatch'; index: number }

export interface EventQuery extends PageRequest {
  projectId: ProjectId
  filter: EventFilter
  /** Ends a search that nobody waits for any more; it then rejects with the signal's reason. */
  signal?: AbortSignal | undefined
}

export interface EventCountQuery {
  projectId: ProjectId
  filter: EventFilter
  /** Beyond so many nothing is counted. */
  most: number
  signal?: AbortSignal | undefined
}

/** `isMore` where there are more than were counted. */
export interface EventCount {
  count: number
  isMore: boolean
}

/** Of one source; `receivedAt` bounds, since inclusive, until exclusive. */
export interface SightingQuery extends PageRequest {
  sourceId: SourceId
  since: number
  until: number
}

/** That something came, and how whole it was: little, so that many can be read. */
export interface Sighting {
  eventId: EventId
  receivedAt: number
  capture: Capture
}

export interface StoredEvent {
  event: EventRecord
  findings: Findings
  tally: DeliveryTally
}

export interface EventStore {
  append(entry: AppendEvent): Promise<AppendedEvent>
  /** All of them or, after one mismatch, none. A key that comes twice among them counts as a repeat. */
  appendAll(entries: readonly AppendEvent[]): Promise<AppendedEvents>
  get(eventId: EventId): Promise<StoredEvent | null>
  /** Newest first. A search that takes very long answers with what it found so far, and the cursor to go on from. */
  list(query: EventQuery): Promise<Page<StoredEvent>>
  /** How many fit a filter. */
  countFitting(query: EventCountQuery): Promise<EventCount>
  /** What came by a source, newest first. */
  sightings(query: SightingQuery): Promise<Page<Sighting>>
  /** How the deliveries of these events stand; unknown ids are left out. */
  tallies(eventIds: readonly EventId[]): Promise<ReadonlyMap<EventId, DeliveryTally>>
  /** The stored bytes; null where there is no such event. */
  body(eventId: EventId): Promise<Uint8Array | null>
  count(projectId: ProjectId): Promise<number>
}

import type { Delivery, DeliveryTally } from '#shared/model/delivery.ts'
import type { Capture, EventRecord } from '#shared/model/event.ts'
import type { EventId, ProjectId, SourceId } from '#shared/model/ids.ts'
import type { Page, PageRequest } from './store.ts'

export interface AppendEvent {
  event: EventRecord
  body: Uint8Array
  /** The matching deliveries, all `scheduled`; the store makes those of a paused endpoint `held` and leaves out deleted ones. */
  deliveries: readonly Delivery[]
  /** Remembered until `expiresAt`, per project; `fingerprint` tells whether a second use means the same. */
  idempotency: { key: string; fingerprint: string; expiresAt: number } | null
}

export type AppendedEvent =
  | { kind: 'appended'; deliveries: readonly Delivery[] }
  | { kind: 'repeated'; eventId: EventId }
  | { kind: 'mismatch' }

export interface EventQuery extends PageRequest {
  projectId: ProjectId
  sourceId: SourceId | null
  /** An exact type or a prefix such as `audit.*`; null for all. */
  type: string | null
  capture: Capture | null
  /** Text to find in type, path, headers or body; null for none. */
  text: string | null
  /** `receivedAt` bounds, since inclusive, until exclusive. */
  since: number | null
  until: number | null
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

export interface EventWithTally {
  event: EventRecord
  tally: DeliveryTally
}

export interface EventStore {
  append(entry: AppendEvent): Promise<AppendedEvent>
  get(eventId: EventId): Promise<EventWithTally | null>
  list(query: EventQuery): Promise<Page<EventWithTally>>
  /** What came by a source, newest first. */
  sightings(query: SightingQuery): Promise<Page<Sighting>>
  /** How the deliveries of these events stand; unknown ids are left out. */
  tallies(eventIds: readonly EventId[]): Promise<ReadonlyMap<EventId, DeliveryTally>>
  /** The stored bytes; null where there is no such event. */
  body(eventId: EventId): Promise<Uint8Array | null>
  count(projectId: ProjectId): Promise<number>
}

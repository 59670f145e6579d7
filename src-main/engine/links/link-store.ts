import type { EventId, SourceId } from '#shared/model/ids.ts'
import type { Link } from '#shared/model/link/link.ts'
import type { Outcome } from '#shared/model/link/outcome.ts'
import type { RepeatCause } from '#shared/model/link/subscription.ts'

/** Where a relayed event comes from. */
export interface Relayed {
  /** Its id at the relay. */
  remoteId: EventId
  /** How often the relay has sent it, as far as is known here. */
  sends: number
  /** Why it did so more than once. */
  cause: RepeatCause | null
}

/** A link is made and deleted with its source, by the store of sources. */
export interface LinkStore {
  /** Of every project, oldest first. */
  list(): Promise<readonly Link[]>
  /** Replaces what can change: all but its source and project. */
  update(link: Link): Promise<void>
  /** Null where the event came another way. */
  relayed(eventId: EventId): Promise<Relayed | null>
  /** All deliveries of at most `limit` events of a link that are over and that its relay was not told of, oldest first. */
  unreported(sourceId: SourceId, limit: number): Promise<readonly Outcome[]>
  /**
   * The relay was told these, which are all of their events. An event of which something else is true by now stays
   * unreported; one that changes later becomes so again.
   */
  reported(sourceId: SourceId, told: readonly Outcome[]): Promise<void>
}

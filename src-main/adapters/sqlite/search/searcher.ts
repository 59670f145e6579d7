import type { Database } from 'better-sqlite3'
import type { DeliveryFilter } from '#shared/model/filter/meaning/delivery-filter.ts'
import type { EventFilter } from '#shared/model/filter/meaning/event-filter.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { EventCount, Page } from '#main/engine/ports.ts'
import type { Place } from '../cursor.ts'
import { prepareFindDeliveries, type FoundDelivery } from './finding/find-deliveries.ts'
import { prepareFindEvents } from './finding/find-events.ts'
import { gatherCount, gatherPage } from './gather.ts'
import type { EventIndex } from './index/event-index.ts'

export interface Search<F> {
  projectId: ProjectId
  filter: F
  /** Where it begins, exclusive. */
  before: Place
  signal: AbortSignal | undefined
}

/**
 * Looks for what no index of the database alone picks out, and tells where events lie, or what deliveries there are. Rejects
 * with the reason of a search's signal.
 */
export interface Searcher {
  events(search: Search<EventFilter>, limit: number): Promise<Page<Place>>
  countEvents(search: Search<EventFilter>, most: number): Promise<EventCount>
  deliveries(search: Search<DeliveryFilter>, limit: number): Promise<Page<FoundDelivery>>
  /** To be told after each commit that stored events, and of those that were deleted: their keys, or null for very many. */
  noteStored(): void
  noteRemoved(keys: readonly number[] | null): void
  close(): Promise<void>
}

/** Looks on a connection that is there and stays; without an index it looks at every event that may fit. */
export function createLocalSearcher(db: Database, index: EventIndex | null = null): Searcher {
  const findEvents = prepareFindEvents(db, index)
  const findDeliveries = prepareFindDeliveries(db)
  return {
    // One more than are wanted tells whether there are more.
    events: ({ signal, ...search }, limit) =>
      gatherPage({ steps: findEvents({ ...search, wanted: limit + 1 }), signal }, limit),
    countEvents: ({ signal, ...search }, most) =>
      gatherCount({ steps: findEvents({ ...search, wanted: most + 1 }), signal }, most),
    deliveries: ({ signal, ...search }, limit) => gatherPage({ steps: findDeliveries(search), signal }, limit),
    noteStored() {},
    noteRemoved() {},
    close: async () => {},
  }
}

import type { Delivery } from '#shared/model/delivery.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Change } from '../change.ts'
import { createClears } from '../clearing/clears.ts'
import { createDeadLetters } from '../dead-letters/dead-letters.ts'
import type { RetryCheck } from '../delivery/retry-check.ts'
import type { DeliveriesApi, EndpointsApi, EventsApi } from '../engine.ts'
import type { Feed } from '../feed.ts'
import type { AddressGuard, Clock, Ids, Log, Random, Store } from '../ports.ts'
import { createReadMarks } from '../reading/read-marks.ts'
import type { Registry } from '../registry.ts'
import type { ReplaySigners } from '../replay/replay-signers.ts'
import { createReplays } from '../replay/replays.ts'

export interface BulkWorkDeps {
  store: Store
  registry: Registry
  catalog: Catalog
  events: EventsApi
  endpoints: EndpointsApi
  deliveries: DeliveriesApi
  check: RetryCheck
  guard: AddressGuard
  clock: Clock
  ids: Ids
  random: Random
  log: Log
  /** Who signs replays to bare URLs. */
  signers: ReplaySigners
  changes: Feed<Change>
  onScheduled(deliveries: readonly Delivery[]): void
}

/** What is done with many stored events or deliveries at a time, a few after the other. */
export function wireBulkWork({ store, ...deps }: BulkWorkDeps) {
  const { events: named, endpoints, guard, clock, deliveries } = deps
  const shared = { ...deps, events: store.events }
  const deadLetters = createDeadLetters({ ...deps, deliveries, store: store.deadLetters })
  const replays = createReplays({
    ...shared,
    store: store.replays,
    named: { candidates: store.replays.candidates, events: named, endpoints, guard, clock },
  })
  const clears = createClears({ ...shared, retention: store.retention })
  return {
    deadLetters,
    replays,
    clears,
    readMarks: createReadMarks({ ...shared, store: store.readMarks }),
    /** Goes on with what an earlier run left. */
    async start() {
      await deadLetters.start()
      await replays.start()
    },
    async stop() {
      await Promise.all([deadLetters.stop(), replays.stop(), clears.stop()])
    },
  }
}

import type { Delivery } from '#shared/model/delivery.ts'
import type { Endpoint, PausedReason } from '#shared/model/endpoint.ts'
import type { EndpointId, ProjectId } from '#shared/model/ids.ts'
import type { Provider } from '../../catalog/provider.ts'
import type { DeliveryStore } from '../../ports/delivery-store.ts'
import type { EventStore } from '../../ports/event-store.ts'
import type { Clock, Ids, Log, Random } from '../../ports/system.ts'
import type { Transport } from '../../ports/transport.ts'

/** What the dispatcher asks of the registry of endpoints, which answers from memory. */
export interface LaneDirectory {
  /** As it stands now; null where it was deleted. */
  endpoint(id: EndpointId): Endpoint | null
  timeScale(projectId: ProjectId): number
  provider(id: string): Provider | null
  /** Opened, newest first. Throws `VaultLockedError`. */
  signingSecrets(endpoint: Endpoint): Promise<readonly string[]>
  /**
   * Tells what an attempt did to its endpoint, at once as it ends: `endpoint(id)` must show it from then on.
   * The store learns the same by the conclusion that follows.
   */
  noteEndpoint(id: EndpointId, change: { consecutiveFailures: number; pause: PausedReason | null }, now: number): void
}

export interface DispatcherDeps {
  deliveries: DeliveryStore
  events: Pick<EventStore, 'body'>
  transport: Transport
  clock: Clock
  ids: Ids
  random: Random
  log: Log
  directory: LaneDirectory
  /** A delivery as it now is stored; `heldOthers` counts those of its endpoint that its end put on hold. */
  publish(change: { delivery: Delivery; heldOthers: number }): void
}

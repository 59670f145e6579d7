import type { Delivery } from '#shared/model/delivery.ts'
import type { Endpoint, EndpointVersion } from '#shared/model/endpoint.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { AttemptId, EndpointId, EndpointVersionId, ProjectId, ReplayId } from '#shared/model/ids.ts'
import type { Sender } from '#shared/model/sender.ts'
import type { Provider } from '../../catalog/provider.ts'
import type { DeliveryStore, EndpointEffect } from '../../ports/delivery-store.ts'
import type { EventStore } from '../../ports/event-store.ts'
import type { Clock, Ids, Log, Random } from '../../ports/system.ts'
import type { Transport, TransportResponse } from '../../ports/transport.ts'
import type { ReplaySigner } from '../../replay/replay-signers.ts'
import type { Transformation } from '../../transformation/compile-transformation.ts'
import type { NamedSecrets } from '../request/secret-template.ts'

/** One version of the secret that signs, opened. */
export interface SigningSecret {
  version: number
  text: string
}

/** What the dispatcher asks of the registry of endpoints, which answers from memory. */
export interface LaneDirectory {
  /** As it stands now; null where it was deleted. */
  endpoint(id: EndpointId): Endpoint | null
  /** Those that their breaker paused. */
  pausedByBreaker(): readonly Endpoint[]
  /** An earlier version, to which a delivery is bound. */
  pinnedVersion(id: EndpointVersionId): EndpointVersion | null
  timeScale(projectId: ProjectId): number
  /** Where a project wants to be told of failures; null for nowhere. */
  notificationUrl(projectId: ProjectId): string | null
  provider(projectId: ProjectId, id: string): Provider | null
  /** Those that sign now, opened, the one to prefer first. Throws `VaultLockedError`. */
  signingSecrets(endpoint: Endpoint): Promise<readonly SigningSecret[]>
  /** Of a triggered delivery: the secret that was given for it alone, opened; null where it has none. Throws `VaultLockedError`. */
  senderSecret(sender: Sender): Promise<string | null>
  /** Who signs a delivery of a replay that goes to a bare URL; null for nobody. Throws `VaultLockedError`. */
  replaySigner(replayId: ReplayId, event: EventRecord): Promise<ReplaySigner | null>
  /** What `{secret.name}` stands for at it. Throws `VaultLockedError`. */
  namedSecrets(endpoint: Endpoint): Promise<NamedSecrets>
  /** Tells which secrets of an endpoint, by name, a request was built with. */
  noteSecrets(endpointId: EndpointId, names: readonly string[]): void
  /** Seals an answer in which secrets stand, of an attempt; null where it cannot be kept. */
  sealAnswer(of: { projectId: ProjectId; attemptId: AttemptId }, answer: TransportResponse): Promise<Uint8Array | null>
  /** Compiled once. */
  transformation(source: string): Transformation
  /**
   * Tells what an attempt did to its endpoint, at once as it ends: `endpoint(id)` must show it from then on.
   * The store learns the same by the conclusion that follows.
   */
  noteEndpoint(id: EndpointId, change: EndpointEffect, now: number): void
}

/** A delivery as it now is stored, and what its end did besides. */
export interface DeliveryChange {
  delivery: Delivery
  /** Others of its endpoint that were put on hold or released. */
  movedOthers: number
  notification: { event: EventRecord; deliveries: readonly Delivery[] } | null
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
  publish(change: DeliveryChange): void
}

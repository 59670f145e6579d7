import type { Endpoint, EndpointVersion, PausedReason } from '#shared/model/endpoint.ts'
import type { EndpointId, EndpointVersionId } from '#shared/model/ids.ts'
import type { SealedSecret } from './secret-store.ts'

export interface EndpointStore {
  /** Every endpoint of every project that is not deleted, with its current version, oldest first. */
  list(): Promise<readonly Endpoint[]>
  version(versionId: EndpointVersionId): Promise<EndpointVersion | null>
  /** Those that a delivery is bound to. */
  pinnedVersions(): Promise<readonly EndpointVersion[]>
  /** Newest first. */
  versions(endpointId: EndpointId): Promise<readonly EndpointVersion[]>
  create(endpoint: Endpoint, secrets: readonly SealedSecret[]): Promise<void>
  /**
   * Makes `version` the current one; earlier ones stay. `pinWaiting` binds every delivery that is scheduled, held or under
   * way, and not bound yet, to the version that was current until now.
   */
  addVersion(version: EndpointVersion, options?: { pinWaiting: boolean }): Promise<void>
  /**
   * Pauses it and turns every scheduled delivery of it `held`; resolves to how many. One that is paused keeps its reason, but
   * that a pause by hand takes the place of the breaker's.
   */
  pause(step: { endpointId: EndpointId; reason: PausedReason; now: number }): Promise<number>
  /**
   * Makes it active with no failures counted. Held deliveries become `scheduled` and due at once,
   * keeping their tries, or `canceled`; resolves to how many.
   */
  resume(step: { endpointId: EndpointId; held: 'release' | 'discard'; now: number }): Promise<number>
  /** Removes it with its secrets; its deliveries that are not final become `canceled` (one in flight ends by itself); resolves to how many. */
  delete(step: { endpointId: EndpointId; now: number }): Promise<number>
}

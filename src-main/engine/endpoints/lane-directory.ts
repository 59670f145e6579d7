import type { Endpoint } from '#shared/model/endpoint.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { LaneDirectory } from '../delivery/dispatcher.ts'
import type { RawAnswers } from '../delivery/masking/raw-answers.ts'
import type { Change } from '../engine.ts'
import type { Feed } from '../feed.ts'
import type { SenderSecrets } from '../catalog/trigger/sender-secrets.ts'
import type { ReplaySigners } from '../replay/replay-signers.ts'
import type { Registry } from '../registry.ts'
import type { Transformations } from '../transformation/transformations.ts'
import type { SecretUses } from '../vault/secret-uses.ts'
import { afterEffect } from './after-effect.ts'
import type { EndpointSecrets } from './named-secrets.ts'
import type { SigningSecrets } from './signing-secrets.ts'

export interface LaneDirectoryDeps {
  registry: Registry
  changes: Feed<Change>
  catalog: Pick<Catalog, 'provider'>
  signingSecrets: SigningSecrets
  senderSecrets: SenderSecrets
  replaySigners: Pick<ReplaySigners, 'ofReplay'>
  namedSecrets: Pick<EndpointSecrets, 'open'>
  uses: Pick<SecretUses, 'note'>
  transformations: Pick<Transformations, 'of'>
  rawAnswers: Pick<RawAnswers, 'seal'>
  /** Hears what attempts did to an endpoint. */
  onNoted(before: Endpoint, after: Endpoint): void
}

/** What the dispatcher asks about endpoints, answered from the registry. */
export function createLaneDirectory(deps: LaneDirectoryDeps): LaneDirectory {
  const { registry, changes, catalog, signingSecrets } = deps
  return {
    endpoint: (id) => registry.endpoints.get(id) ?? null,
    pausedByBreaker: () => [...registry.endpoints.values()].filter(({ pausedReason }) => pausedReason === 'breaker'),
    pinnedVersion: (id) => registry.pinnedVersions.get(id) ?? null,
    notificationUrl: (projectId) => registry.projects.get(projectId)?.notificationUrl ?? null,
    timeScale: (projectId) => registry.projects.get(projectId)?.timeScale ?? 1,
    provider: catalog.provider,
    signingSecrets: (endpoint) => signingSecrets.open(endpoint),
    senderSecret: (sender) => deps.senderSecrets.open(sender),
    replaySigner: (replayId, event) => deps.replaySigners.ofReplay(replayId, event),
    namedSecrets: (endpoint) => deps.namedSecrets.open(endpoint),
    noteSecrets: (endpointId, names) => deps.uses.note(endpointId, names),
    sealAnswer: (of, answer) => deps.rawAnswers.seal(of, answer),
    transformation: (source) => deps.transformations.of(source),

    noteEndpoint(id, effect, now) {
      const endpoint = registry.endpoints.get(id)
      if (!endpoint) return
      const after = afterEffect(endpoint, effect, now)
      registry.endpoints.set(id, after)
      deps.onNoted(endpoint, after)
      changes.publish({ type: 'endpoint.changed', projectId: endpoint.projectId, endpointId: id })
    },
  }
}

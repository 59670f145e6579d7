import type { Provider } from '../catalog/provider.ts'
import type { LaneDirectory } from '../delivery/dispatcher.ts'
import type { Change } from '../engine.ts'
import type { Feed } from '../feed.ts'
import type { Registry } from '../registry.ts'
import type { SigningSecrets } from './signing-secrets.ts'

export interface LaneDirectoryDeps {
  registry: Registry
  changes: Feed<Change>
  provider(id: string): Provider | null
  signingSecrets: SigningSecrets
}

/** What the dispatcher asks about endpoints, answered from the registry. */
export function createLaneDirectory({ registry, changes, provider, signingSecrets }: LaneDirectoryDeps): LaneDirectory {
  return {
    endpoint: (id) => registry.endpoints.get(id) ?? null,
    timeScale: (projectId) => registry.projects.get(projectId)?.timeScale ?? 1,
    provider,
    signingSecrets: (endpoint) => signingSecrets.open(endpoint),

    noteEndpoint(id, { consecutiveFailures, pause }, now) {
      const endpoint = registry.endpoints.get(id)
      if (!endpoint) return
      const pausing = pause !== null && endpoint.state === 'active'
      registry.endpoints.set(id, {
        ...endpoint,
        consecutiveFailures,
        ...(pausing ? { state: 'paused', pausedReason: pause, pausedAt: now } : {}),
      })
      if (!pausing && consecutiveFailures === endpoint.consecutiveFailures) return
      changes.publish({ type: 'endpoint.changed', projectId: endpoint.projectId, endpointId: id })
    },
  }
}

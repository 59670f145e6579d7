import type { Endpoint } from '#shared/model/endpoint.ts'
import type { EndpointStore } from '#main/engine/ports.ts'
import { moveAll } from './deliveries/settle-delivery.ts'
import type { MemoryState } from './state.ts'

export function createEndpointStore(state: MemoryState): EndpointStore {
  return {
    list: async () => [...state.endpoints.values()],
    version: async (versionId) => state.versions.get(versionId) ?? null,

    async pinnedVersions() {
      const pinned = new Set([...state.deliveries.values()].map(({ delivery }) => delivery.pinnedVersionId))
      return [...state.versions.values()].filter(({ id }) => pinned.has(id))
    },

    versions: async (endpointId) =>
      [...state.versions.values()]
        .filter((version) => version.endpointId === endpointId)
        .toSorted((a, b) => b.number - a.number),

    async create(endpoint, secrets) {
      state.endpoints.set(endpoint.id, endpoint)
      state.versions.set(endpoint.version.id, endpoint.version)
      state.secrets.push(...secrets)
    },

    async addVersion(version, options) {
      const endpoint = state.endpoints.get(version.endpointId)
      if (!endpoint) throw new Error(`${version.endpointId} takes no new version: it was deleted`)
      if (options?.pinWaiting) pinWaiting(state, endpoint)
      state.versions.set(version.id, version)
      state.endpoints.set(endpoint.id, { ...endpoint, version })
    },

    async pause({ endpointId, reason, now }) {
      const endpoint = state.endpoints.get(endpointId)
      const byHand = endpoint?.pausedReason === 'breaker' && reason === 'manual'
      if (!endpoint || (endpoint.state === 'paused' && !byHand)) return 0
      state.endpoints.set(endpointId, { ...endpoint, state: 'paused', pausedReason: reason, pausedAt: now })
      return moveAll(state, endpointId, { from: ['scheduled'], to: 'held', now })
    },

    async resume({ endpointId, held, now }) {
      const endpoint = state.endpoints.get(endpointId)
      if (!endpoint) return 0
      const active = { state: 'active', pausedReason: null, pausedAt: null, consecutiveFailures: 0 } as const
      state.endpoints.set(endpointId, { ...endpoint, ...active })
      return moveAll(state, endpointId, { from: ['held'], to: held === 'release' ? 'scheduled' : 'canceled', now })
    },

    async delete({ endpointId, now }) {
      state.endpoints.delete(endpointId)
      const kept = state.secrets.filter((secret) => secret.endpointId !== endpointId)
      state.secrets.splice(0, state.secrets.length, ...kept)
      return moveAll(state, endpointId, { from: ['scheduled', 'held'], to: 'canceled', now })
    },
  }
}

/** Binds what waits or is under way to the current version. */
function pinWaiting(state: MemoryState, { id, version }: Endpoint): void {
  for (const stored of state.deliveries.values()) {
    const { delivery } = stored
    const waits = ['scheduled', 'held', 'delivering'].includes(delivery.state)
    if (delivery.endpointId !== id || !waits || delivery.pinnedVersionId !== null) continue
    stored.delivery = { ...delivery, pinnedVersionId: version.id }
  }
}

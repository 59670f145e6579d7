import type { EndpointStore } from '#main/engine/ports.ts'
import { moveAll } from './deliveries/settle-delivery.ts'
import type { MemoryState } from './state.ts'

export function createEndpointStore(state: MemoryState): EndpointStore {
  return {
    list: async () => [...state.endpoints.values()],
    version: async (versionId) => state.versions.get(versionId) ?? null,

    versions: async (endpointId) =>
      [...state.versions.values()]
        .filter((version) => version.endpointId === endpointId)
        .toSorted((a, b) => b.number - a.number),

    async create(endpoint, secrets) {
      state.endpoints.set(endpoint.id, endpoint)
      state.versions.set(endpoint.version.id, endpoint.version)
      state.secrets.push(...secrets)
    },

    async addVersion(version) {
      const endpoint = state.endpoints.get(version.endpointId)
      if (!endpoint) throw new Error(`${version.endpointId} takes no new version: it was deleted`)
      state.versions.set(version.id, version)
      state.endpoints.set(endpoint.id, { ...endpoint, version })
    },

    async pause({ endpointId, reason, now }) {
      const endpoint = state.endpoints.get(endpointId)
      if (!endpoint || endpoint.state === 'paused') return 0
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
      return moveAll(state, endpointId, { from: ['scheduled', 'held'], to: 'canceled', now })
    },
  }
}

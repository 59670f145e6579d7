import type { CatalogStore } from '#main/engine/ports.ts'
import type { MemoryState } from '../state.ts'

export function createCatalogStore(state: MemoryState): CatalogStore {
  const keyOf = ({ projectId, id }: { projectId: string; id: string }) => `${projectId}/${id}`

  return {
    providers: async () => [...state.providers.values()],
    eventTypes: async () => [...state.eventTypes.values()],

    async createProvider(provider) {
      if (state.providers.has(keyOf(provider))) return false
      state.providers.set(keyOf(provider), provider)
      return true
    },

    async updateProvider(provider) {
      const before = state.providers.get(keyOf(provider))
      if (before) state.providers.set(keyOf(provider), { ...provider, createdAt: before.createdAt })
    },

    async deleteProvider({ projectId, id }) {
      state.providers.delete(keyOf({ projectId, id }))
      for (const type of state.eventTypes.values()) {
        if (type.projectId === projectId && type.provider === id) state.eventTypes.delete(type.id)
      }
    },

    async createEventType(type) {
      const isTaken = [...state.eventTypes.values()].some(
        ({ projectId, provider, name }) =>
          projectId === type.projectId && provider === type.provider && name === type.name,
      )
      if (!isTaken) state.eventTypes.set(type.id, type)
      return !isTaken
    },

    async updateEventType({ id, description, schema, sample, updatedAt }) {
      const before = state.eventTypes.get(id)
      if (before) state.eventTypes.set(id, { ...before, description, schema, sample, updatedAt })
    },

    async deleteEventType(id) {
      state.eventTypes.delete(id)
    },
  }
}

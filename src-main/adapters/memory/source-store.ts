import type { SourceStore } from '#main/engine/ports.ts'
import type { MemoryState } from './state.ts'

export function createSourceStore(state: MemoryState): SourceStore {
  return {
    list: async () => [...state.sources.values()],

    secrets: async (sourceId) => state.sourceSecrets.get(sourceId) ?? [],

    async create(source, secrets = []) {
      if ([...state.sources.values()].some(({ slug }) => slug === source.slug)) return false
      state.sources.set(source.id, source)
      state.sourceSecrets.set(source.id, secrets)
      return true
    },

    async update(changed, secrets) {
      const source = state.sources.get(changed.id)
      if (!source) return
      const { id, projectId, slug, createdAt } = source
      state.sources.set(id, { ...changed, projectId, slug, createdAt })
      if (secrets) state.sourceSecrets.set(id, secrets)
    },

    async delete(sourceId) {
      state.sources.delete(sourceId)
      state.sourceSecrets.delete(sourceId)
    },
  }
}

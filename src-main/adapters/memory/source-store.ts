import type { SourceStore } from '#main/engine/ports.ts'
import type { MemoryState } from './state.ts'

export function createSourceStore(state: MemoryState): SourceStore {
  return {
    list: async () => [...state.sources.values()],

    async create(source) {
      if ([...state.sources.values()].some(({ slug }) => slug === source.slug)) return false
      state.sources.set(source.id, source)
      return true
    },

    async update({ id, name, provider, answer, publicUrl, bodyLimitBytes }) {
      const source = state.sources.get(id)
      if (source) state.sources.set(id, { ...source, name, provider, answer, publicUrl, bodyLimitBytes })
    },

    async delete(sourceId) {
      state.sources.delete(sourceId)
    },
  }
}

import type { SourceStore } from '#main/engine/ports.ts'
import type { MemoryState } from './state.ts'
import { forgetSource } from './subscriptions/forget.ts'

export function createSourceStore(state: MemoryState): SourceStore {
  return {
    list: async () => [...state.sources.values()],

    secrets: async (sourceId) => state.sourceSecrets.get(sourceId) ?? [],

    async create(source, secrets = [], link) {
      if ([...state.sources.values()].some(({ slug }) => slug === source.slug)) return false
      state.sources.set(source.id, source)
      state.sourceSecrets.set(source.id, secrets)
      if (link) state.links.set(source.id, link)
      return true
    },

    async update(changed, { secrets, restartsScript = false } = {}) {
      const source = state.sources.get(changed.id)
      if (!source) return
      const { id, projectId, slug, createdAt } = source
      state.sources.set(id, { ...changed, projectId, slug, createdAt })
      if (secrets) state.sourceSecrets.set(id, secrets)
      if (restartsScript) state.scriptSteps.delete(id)
    },

    answersGiven: async () =>
      new Map(
        [...state.scriptSteps].map(([id, walks]) => [id, [...walks.values()].reduce((sum, given) => sum + given, 0)]),
      ),

    async delete(sourceId) {
      state.sources.delete(sourceId)
      state.sourceSecrets.delete(sourceId)
      state.scriptSteps.delete(sourceId)
      forgetSource(state, sourceId)
    },
  }
}

import type { SettingStore } from '#main/engine/ports.ts'
import type { MemoryState } from '../state.ts'

export function createSettingStore({ settings }: MemoryState): SettingStore {
  return {
    get: async (scope, key) => structuredClone(settings.get(key)?.get(scope) ?? null),
    all: async (key) => structuredClone(settings.get(key) ?? new Map()),

    async put(scope, key, value) {
      const byScope = settings.get(key) ?? new Map()
      if (value === null) byScope.delete(scope)
      else byScope.set(scope, structuredClone(value))
      settings.set(key, byScope)
    },
  }
}

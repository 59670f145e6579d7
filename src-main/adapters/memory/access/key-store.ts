import type { KeyStore } from '#main/engine/ports.ts'
import type { MemoryState } from '../state.ts'

export function createKeyStore(state: MemoryState): KeyStore {
  const { keys } = state
  return {
    list: async () => [...keys.values()],

    async create(stored) {
      keys.set(stored.key.id, stored)
    },

    async update(stored) {
      const before = keys.get(stored.key.id)
      if (!before) return
      const { projectId, createdAt, createdBy, lastUsedAt, lastUsedFrom } = before.key
      keys.set(stored.key.id, {
        ...stored,
        key: { ...stored.key, projectId, createdAt, createdBy, lastUsedAt, lastUsedFrom },
      })
    },

    async forgetRevoked(revokedBefore) {
      const old = [...keys.values()].filter(({ key }) => (key.revokedAt ?? Infinity) < revokedBefore)
      for (const { key } of old) keys.delete(key.id)
      return old.map(({ key }) => key.id)
    },

    async used(uses) {
      for (const { id, at, from } of uses) {
        const stored = keys.get(id)
        if (!stored || (stored.key.lastUsedAt ?? 0) > at) continue
        keys.set(id, { ...stored, key: { ...stored.key, lastUsedAt: at, lastUsedFrom: from } })
      }
    },

    hashKey: async () => state.hashKey,

    async replaceHashKey(from, to) {
      if (!state.hashKey || Buffer.compare(state.hashKey, from) !== 0) return false
      state.hashKey = to
      return true
    },

    async keepHashKey(sealed) {
      state.hashKey ??= sealed
      return state.hashKey
    },
  }
}

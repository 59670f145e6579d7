import type { SecretStore } from '#main/engine/ports.ts'
import type { MemoryState } from './state.ts'
import { factsKey } from './vault/vault-store.ts'

export function createSecretStore(state: MemoryState): SecretStore {
  return {
    get: async (secretId) => state.secrets.find(({ id }) => id === secretId) ?? null,
    list: async (endpointId) =>
      state.secrets.filter((secret) => secret.endpointId === endpointId).toSorted((a, b) => b.version - a.version),

    async change({ endpointId, add, remove }) {
      const gone = new Set(remove)
      const kept = state.secrets.filter((secret) => secret.endpointId !== endpointId || !gone.has(secret.name))
      state.secrets.splice(0, state.secrets.length, ...kept, ...add)
      for (const name of gone) {
        if (add.every((secret) => secret.name !== name)) state.secretFacts.delete(factsKey(endpointId, name))
      }
    },

    async rotate({ endpointId, name, version, expiresAt, add }) {
      const aged = state.secrets.map((secret) => {
        const isMeant = secret.endpointId === endpointId && secret.name === name && secret.version < version
        return isMeant ? { ...secret, expiresAt: Math.min(secret.expiresAt ?? expiresAt, expiresAt) } : secret
      })
      state.secrets.splice(0, state.secrets.length, ...aged, ...(add ? [add] : []))
    },
  }
}

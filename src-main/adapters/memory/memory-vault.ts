import { VaultLockedError, type KeyGuard, type Vault } from '#main/engine/ports.ts'

/** A vault that hides nothing: for tests. It still refuses a key that it did not seal for the asked context. */
export function createMemoryVault(): Vault & KeyGuard {
  const kept = new Map<string, { key: Uint8Array; context: string }>()
  let sealed = 0
  let renewing = false
  return {
    async sealKey(key, context) {
      const ticket = new Uint8Array(new Uint32Array([++sealed]).buffer)
      kept.set(ticket.join(), { key: key.slice(), context })
      return ticket
    },

    async openKey(ticket, context) {
      const found = kept.get(ticket.join())
      if (found?.context !== context) throw new VaultLockedError()
      return found.key.slice()
    },

    async beginRenewal() {
      renewing = true
    },
    isRenewing: async () => renewing,
    async endRenewal() {
      renewing = false
    },

    keyState: async () => ({ keptBy: 'key_file', asks: null, offers: [], keychainProblem: null }),
    unlock: async () => false,
    keepKey: async () => {},
  }
}

import type { KeyStore } from './key-store.ts'
import type { Log, Random, Vault } from '../ports.ts'
import { VaultLockedError } from '../ports.ts'
import type { SealedByMaster } from '../secrets/resealable.ts'
import { KEY_BYTES } from '../secrets/aead.ts'
import { keyHash } from '../secrets/key-hash.ts'

/** Hashes texts of API keys with a key that the vault holds: a copy of the database alone confirms no guess. */
export interface KeyHasher {
  /** Makes the hash key at the first use. Throws `VaultLockedError`. */
  toKeep(text: string): Promise<Uint8Array>
  /** Never throws: where there is no hash key, or it cannot be opened, the result fits nothing. */
  toCompare(text: string): Promise<Uint8Array>
}

const CONTEXT = JSON.stringify(['api-key-hash'])

/** The hash key as the master key seals it, for a change of that one. */
export async function sealedHashKey(
  store: Pick<KeyStore, 'hashKey' | 'replaceHashKey'>,
): Promise<readonly SealedByMaster[]> {
  const sealed = await store.hashKey()
  return sealed ? [{ sealed, context: CONTEXT, replace: (to) => store.replaceHashKey(sealed, to) }] : []
}

export function createKeyHasher(deps: {
  store: Pick<KeyStore, 'hashKey' | 'keepHashKey'>
  vault: Vault
  random: Random
  log: Log
}): KeyHasher {
  const { store, vault, random, log } = deps
  /** So that a comparison takes as long where nothing can be right. */
  const decoy = random.bytes(KEY_BYTES)
  let opened: Uint8Array | null = null
  let hasComplained = false

  async function load(): Promise<Uint8Array | null> {
    if (opened) return opened
    const sealed = await store.hashKey()
    if (sealed) opened = await vault.openKey(sealed, CONTEXT)
    return opened
  }

  async function make(): Promise<Uint8Array> {
    const sealed = await vault.sealKey(random.bytes(KEY_BYTES), CONTEXT)
    opened = await vault.openKey(await store.keepHashKey(sealed), CONTEXT)
    return opened
  }

  return {
    toKeep: async (text) => keyHash((await load()) ?? (await make()), text),

    async toCompare(text) {
      try {
        return keyHash((await load()) ?? decoy, text)
      } catch (error) {
        if (!(error instanceof VaultLockedError)) throw error
        if (!hasComplained) log.error('No API key is taken: the master key does not open their hash key')
        hasComplained = true
        return keyHash(decoy, text)
      }
    },
  }
}

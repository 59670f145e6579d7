import { VaultLockedError, type Vault } from '#main/engine/ports.ts'
import { makeKeyFile, moveKeyFile, parseKey, readKeyFile } from './master-key.ts'

/** Authenticated encryption as the vault uses it; `open` throws where anything was changed. */
export interface Aead {
  seal(key: Uint8Array, plain: Uint8Array, context: string): Uint8Array
  open(key: Uint8Array, sealed: Uint8Array, context: string): Uint8Array
}

export interface KeyfileVaultOptions {
  /** The file with the master key; made, with its folder, when the first key is sealed. */
  path: string
  /** The master key itself (base64), in place of the file. */
  key?: string | undefined
  aead: Aead
}

/**
 * Seals data keys with a master key from a private file. While the key is renewed, the next one lies beside it in a file of
 * its own, seals, and takes the place of the first in the end. Throws `VaultLockedError` at once where `key` is no key.
 */
export function createKeyfileVault({ path, key, aead }: KeyfileVaultOptions): Vault {
  const given = key === undefined ? null : parseKey(key, 'HOOKLOOP_KEY', 'Make one with: openssl rand -base64 32')
  const origin = given ? 'HOOKLOOP_KEY' : `The key file ${path}`
  const nextPath = `${path}.next`
  let master = given

  const next = () => (given ? null : readKeyFile(nextPath))

  return {
    async sealKey(dataKey, context) {
      const upcoming = next()
      if (upcoming) return aead.seal(upcoming, dataKey, context)
      master ??= readKeyFile(path) ?? makeKeyFile(path)
      return aead.seal(master, dataKey, context)
    },

    async openKey(sealed, context) {
      master ??= readKeyFile(path)
      const masters = [next(), master].filter((each) => each !== null)
      if (masters.length === 0) {
        throw new VaultLockedError(
          `${origin} is missing. Put back its copy; without it, secrets must be entered again.`,
        )
      }
      let cause: unknown
      for (const each of masters) {
        try {
          return aead.open(each, sealed, context)
        } catch (error) {
          cause = error
        }
      }
      // The file may be put right while we run.
      if (!given) master = null
      throw wrongKey(origin, cause)
    },

    async beginRenewal() {
      if (given || next()) return
      makeKeyFile(nextPath)
    },
    isRenewing: async () => next() !== null,
    async endRenewal() {
      if (!next()) return
      moveKeyFile(nextPath, path)
      master = null
    },
  }
}

function wrongKey(origin: string, cause: unknown): VaultLockedError {
  const error = new VaultLockedError(
    `${origin} is not the key that sealed these secrets. Put back the right one; without it, secrets must be entered again.`,
  )
  error.cause = cause
  return error
}

import { VaultLockedError, type Vault } from '#main/engine/ports.ts'
import { makeKeyFile, parseKey, readKeyFile } from './master-key.ts'

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

/** Seals data keys with a master key from a private file. Throws `VaultLockedError` at once where `key` is no key. */
export function createKeyfileVault({ path, key, aead }: KeyfileVaultOptions): Vault {
  const given = key === undefined ? null : parseKey(key, 'HOOKLOOP_KEY', 'Make one with: openssl rand -base64 32')
  const origin = given ? 'HOOKLOOP_KEY' : `The key file ${path}`
  let master = given

  return {
    async sealKey(dataKey, context) {
      master ??= readKeyFile(path) ?? makeKeyFile(path)
      return aead.seal(master, dataKey, context)
    },

    async openKey(sealed, context) {
      master ??= readKeyFile(path)
      if (!master) {
        throw new VaultLockedError(
          `${origin} is missing. Put back its copy; without it, secrets must be entered again.`,
        )
      }
      try {
        return aead.open(master, sealed, context)
      } catch (cause) {
        throw wrongKey(origin, cause)
      }
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

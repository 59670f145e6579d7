import type { ApiKey } from '#shared/model/api-key.ts'
import type { KeyId } from '#shared/model/ids.ts'

/** A key as it is kept: never its text, but a keyed hash of it. */
export interface StoredKey {
  key: ApiKey
  hash: Uint8Array
  /** The text before the last rotation, which counts until the key’s `previousUntil`. */
  previous: { prefix: string; hash: Uint8Array } | null
}

/** When a key was last used, and from which address. */
export interface KeyUse {
  id: KeyId
  at: number
  from: string | null
}

export interface KeyStore {
  /** Of the whole installation, oldest first, those that are over too. */
  list(): Promise<readonly StoredKey[]>
  create(stored: StoredKey): Promise<void>
  /** Replaces what can change: all but its id, project, maker, `createdAt` and last use. */
  update(stored: StoredKey): Promise<void>
  /** Forgets those that were revoked before an instant; resolves to their ids. */
  forgetRevoked(revokedBefore: number): Promise<readonly KeyId[]>
  /** Each at most once; a use before the one that is kept changes nothing. */
  used(uses: readonly KeyUse[]): Promise<void>
  /** The sealed key of the hashes; null before the first API key. */
  hashKey(): Promise<Uint8Array | null>
  /** Keeps it unless there is one already; resolves to the one that is kept. */
  keepHashKey(sealed: Uint8Array): Promise<Uint8Array>
  /** Puts `to` in its place; false, changing nothing, where it is not `from` any more. */
  replaceHashKey(from: Uint8Array, to: Uint8Array): Promise<boolean>
}

import type { KeyId, ProjectId } from '#shared/model/ids.ts'
import type { StoredKey } from './key-store.ts'

/** A text that may count: the key that it belongs to, and its hash. */
export interface FoundKey {
  stored: StoredKey
  hash: Uint8Array
  /** Until when this text counts, in unix ms; null for as long as the key does. */
  until: number | null
}

/** Every key in memory, so that a request reads no table. */
export interface KeyRing {
  /** Newest first. */
  all(): readonly StoredKey[]
  get(id: string): StoredKey | null
  /** By the start of its text. */
  find(prefix: string): FoundKey | null
  /** Adds it, or puts it in the place of what it was before. */
  put(stored: StoredKey): void
  /** Lets go of the keys of a project that is gone: they open nothing any more. */
  forget(projectId: ProjectId): void
  drop(ids: readonly KeyId[]): void
}

export function createKeyRing(stored: readonly StoredKey[]): KeyRing {
  const byId = new Map<string, StoredKey>()
  const byPrefix = new Map<string, KeyId>()

  function put(added: StoredKey): void {
    const before = byId.get(added.key.id)
    if (before) for (const prefix of prefixesOf(before)) byPrefix.delete(prefix)
    byId.set(added.key.id, added)
    for (const prefix of prefixesOf(added)) byPrefix.set(prefix, added.key.id)
  }

  function drop(gone: StoredKey): void {
    for (const prefix of prefixesOf(gone)) byPrefix.delete(prefix)
    byId.delete(gone.key.id)
  }

  for (const each of stored) put(each)

  return {
    all: () => [...byId.values()].toReversed(),
    get: (id) => byId.get(id) ?? null,
    find(prefix) {
      const found = byId.get(byPrefix.get(prefix) ?? '')
      if (!found) return null
      if (found.key.prefix === prefix) return { stored: found, hash: found.hash, until: null }
      return found.previous && { stored: found, hash: found.previous.hash, until: found.key.previousUntil }
    },
    put,
    forget(projectId) {
      for (const stored of byId.values()) if (stored.key.projectId === projectId) drop(stored)
    },
    drop(ids) {
      for (const id of ids) {
        const stored = byId.get(id)
        if (stored) drop(stored)
      }
    },
  }
}

function prefixesOf({ key, previous }: StoredKey): string[] {
  return previous ? [key.prefix, previous.prefix] : [key.prefix]
}

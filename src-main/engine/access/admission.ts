import { keyState, type ApiKey } from '#shared/model/api-key.ts'
import type { KeyId } from '#shared/model/ids.ts'
import type { Clock } from '../ports.ts'
import { sameHash } from '../secrets/key-hash.ts'
import type { Caller } from './caller.ts'
import type { KeyHasher } from './key-hasher.ts'
import type { FoundKey, KeyRing } from './key-ring.ts'
import type { KeyUse } from './key-store.ts'
import { prefixOf } from './key-text.ts'
import { createQuota, type Quota } from './quota.ts'

export type Admission =
  | {
      kind: 'admitted'
      caller: Caller
      /** False from when the key is revoked, over, changed, or its text made anew. */
      stands(): boolean
    }
  /** Unknown, wrong, expired, revoked: nobody is told which. */
  | { kind: 'refused' }
  /** The key is right, and has had all requests of its minute. */
  | { kind: 'over_quota'; waitMs: number }

/** Takes the text of a key, and where it came from. */
export type Admit = (text: string, address: string | null) => Promise<Admission>

const NO_HASH = new Uint8Array(32)

export interface AdmissionDeps {
  ring: KeyRing
  hasher: KeyHasher
  noteUse(use: KeyUse): void
  clock: Clock
  /** Of keys that have none of their own; null for any number. */
  keyQuotaPerMinute: number | null
}

export function createAdmission({ ring, hasher, noteUse, clock, keyQuotaPerMinute }: AdmissionDeps): Admit {
  const quotas = new Map<KeyId, Quota>()

  function waitOf({ id, quotaPerMinute }: ApiKey): number {
    const perMinute = quotaPerMinute ?? keyQuotaPerMinute
    if (perMinute === null) return 0
    const quota = quotas.get(id) ?? createQuota()
    quotas.set(id, quota)
    return quota.take(perMinute, clock.monotonic())
  }

  return async (text, address) => {
    const hash = await hasher.toCompare(text)
    const prefix = prefixOf(text)
    const found = ring.find(prefix)
    const isRight = sameHash(hash, found?.hash ?? NO_HASH)
    if (!found || !isRight || !counts(found, clock.now())) return { kind: 'refused' }

    const { key } = found.stored
    const waitMs = waitOf(key)
    if (waitMs > 0) return { kind: 'over_quota', waitMs }
    noteUse({ id: key.id, at: clock.now(), from: address })
    return {
      kind: 'admitted',
      caller: callerOf(key, address),
      stands() {
        const now = ring.find(prefix)
        return now?.stored === found.stored && counts(now, clock.now())
      },
    }
  }
}

function counts({ stored, until }: FoundKey, now: number): boolean {
  return keyState(stored.key, now) === 'active' && (until === null || now < until)
}

function callerOf({ id, name, scopes, projectId }: ApiKey, address: string | null): Caller {
  return { name: `key:${name}`, kind: 'key', keyId: id, address, scopes: new Set(scopes), projectId }
}

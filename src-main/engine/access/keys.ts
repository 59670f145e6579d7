import { type ApiKey, keyState } from '#shared/model/api-key.ts'
import type { KeyId } from '#shared/model/ids.ts'
import { AppError } from '#shared/model/app-error.ts'
import type { Clock, Ids, KeyStore, Log, Random, StoredKey, Vault } from '../ports.ts'
import { createLastUses } from '../last-uses.ts'
import { createTurns } from '../turns.ts'
import { createAdmission } from './admission.ts'
import type { Caller } from './caller.ts'
import { checkGrant } from './grants.ts'
import { createKeyHasher } from './key-hasher.ts'
import { createKeyRing } from './key-ring.ts'
import { newKeyText, prefixOf } from './key-text.ts'
import type { KeyUse } from './key-store.ts'
import type { KeyChange, KeysApi, StandingKey } from './keys-api.ts'

export interface KeysDeps {
  store: KeyStore
  vault: Vault
  clock: Clock
  ids: Ids
  random: Random
  log: Log
  /** How many requests a minute a key may send that has no quota of its own; null for any number. */
  keyQuotaPerMinute?: number | null
}

/** A busy key costs one write in that time. */
const GATHER_USES_MS = 5_000
/** How long a revoked key stays listed, to be looked up. Audit entries name it for good. */
const REVOKED_SHOWN_MS = 90 * 86_400_000

/** Reads all keys; what is asked of them later is answered from memory. */
export async function createKeys(deps: KeysDeps): Promise<KeysApi> {
  const { store, vault, clock, ids, random, log, keyQuotaPerMinute = null } = deps
  await store.forgetRevoked(clock.now() - REVOKED_SHOWN_MS)
  const ring = createKeyRing(await store.list())
  const hasher = createKeyHasher({ store, vault, random, log })
  const uses = createLastUses<KeyUse>({
    keyOf: ({ id }) => id,
    keep: (latest) => store.used(latest),
    gatherMs: GATHER_USES_MS,
    clock,
    log,
  })
  /** Since the start: a stored key keeps its identity while it is only used. */
  const latestUses = new Map<KeyId, KeyUse>()
  const turns = createTurns()
  const inTurn = <T>(task: () => Promise<T>) => turns('keys', task)

  function seen(viewer: Caller, id: string): StoredKey {
    const stored = ring.get(id)
    if (stored && (viewer.projectId === null || viewer.projectId === stored.key.projectId)) return stored
    throw new AppError('not_found', `There is no key “${id}”.`, { hint: 'GET /api/v1/keys lists them.' })
  }

  /** One that the caller may change. */
  function own(maker: Caller, id: string): StoredKey {
    const stored = seen(maker, id)
    checkGrant(maker, keyOf(maker), stored.key)
    if (stored.key.revokedAt === null) return stored
    throw new AppError('read_only', 'This key is revoked for good.', { hint: 'Make another one.' })
  }

  const keyOf = ({ keyId }: Caller) => (keyId === null ? null : (ring.get(keyId)?.key ?? null))

  function shown({ key }: StoredKey): StandingKey {
    const now = clock.now()
    const use = latestUses.get(key.id)
    const { previousUntil } = key
    return {
      ...key,
      ...(use && { lastUsedAt: use.at, lastUsedFrom: use.from }),
      previousUntil: previousUntil !== null && previousUntil > now ? previousUntil : null,
      state: keyState(key, now),
    }
  }

  function noteUse(use: KeyUse): void {
    latestUses.set(use.id, use)
    uses.note(use)
  }

  async function keep(stored: StoredKey): Promise<StandingKey> {
    await store.update(stored)
    ring.put(stored)
    return shown(stored)
  }

  return {
    list: (viewer) =>
      ring
        .all()
        .filter(({ key }) => viewer.projectId === null || viewer.projectId === key.projectId)
        .map(shown),

    get: (viewer, id) => shown(seen(viewer, id)),

    create: (maker, { name, scopes, projectId, owner, expiresAt = null, quotaPerMinute = null }) =>
      inTurn(async () => {
        const grant = { scopes: [...new Set(scopes)], projectId, expiresAt, quotaPerMinute }
        const now = clock.now()
        checkExpiry(expiresAt, now)
        checkGrant(maker, keyOf(maker), grant)
        const secret = newKeyText(random)
        const key: ApiKey = {
          id: ids.next('key'),
          name,
          owner: owner ?? maker.name,
          ...grant,
          prefix: prefixOf(secret),
          createdAt: now,
          createdBy: maker.name,
          ...NEVER_HAPPENED,
        }
        const stored = { key, hash: await hasher.toKeep(secret), previous: null }
        await store.create(stored)
        ring.put(stored)
        return { key: shown(stored), secret }
      }),

    update: (maker, id, change) =>
      inTurn(async () => {
        const stored = own(maker, id)
        checkExpiry(change.expiresAt, clock.now())
        const key = changed(stored.key, change)
        checkGrant(maker, keyOf(maker), key)
        return keep({ ...stored, key })
      }),

    rotate: (maker, id, overlapMs) =>
      inTurn(async () => {
        const { key, hash } = own(maker, id)
        const now = clock.now()
        const secret = newKeyText(random)
        const rotated = {
          prefix: prefixOf(secret),
          rotatedAt: now,
          previousUntil: overlapMs > 0 ? now + overlapMs : null,
        }
        const shownKey = await keep({
          key: { ...key, ...rotated },
          hash: await hasher.toKeep(secret),
          previous: overlapMs > 0 ? { prefix: key.prefix, hash } : null,
        })
        return { key: shownKey, secret }
      }),

    revoke: (maker, id) =>
      inTurn(async () => {
        const stored = seen(maker, id)
        if (stored.key.revokedAt !== null) return shown(stored)
        ring.drop(await store.forgetRevoked(clock.now() - REVOKED_SHOWN_MS))
        return keep({ ...stored, previous: null, key: { ...stored.key, revokedAt: clock.now(), previousUntil: null } })
      }),

    stands(id) {
      const stored = ring.get(id)
      return stored ? keyState(stored.key, clock.now()) === 'active' : false
    },

    admit: createAdmission({ ring, hasher, noteUse, clock, keyQuotaPerMinute }),
    forget: (projectId) => ring.forget(projectId),
    stop: () => uses.stop(),
  }
}

const NEVER_HAPPENED = { rotatedAt: null, previousUntil: null, lastUsedAt: null, lastUsedFrom: null, revokedAt: null }

function changed(key: ApiKey, { name, owner, scopes, expiresAt, quotaPerMinute }: KeyChange): ApiKey {
  return {
    ...key,
    name: name ?? key.name,
    owner: owner ?? key.owner,
    scopes: scopes ? [...new Set(scopes)] : key.scopes,
    expiresAt: expiresAt === undefined ? key.expiresAt : expiresAt,
    quotaPerMinute: quotaPerMinute === undefined ? key.quotaPerMinute : quotaPerMinute,
  }
}

function checkExpiry(expiresAt: number | null | undefined, now: number): void {
  if (expiresAt == null || expiresAt > now) return
  throw new AppError('invalid_request', '`expiresAt` is in the past.', {
    field: 'expiresAt',
    hint: 'Give a later time; to end a key now, revoke it.',
  })
}

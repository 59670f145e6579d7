import { createHash, timingSafeEqual } from 'node:crypto'
import { type Caller, type KeysApi, ownerCaller } from '../../engine/engine.ts'
import type { Clock, Log } from '../../engine/ports.ts'
import { createLockout } from '../access/lockout.ts'
import type { Refusal } from './guard-request.ts'

export type Authorized =
  /** `stands` turns false once the key may not be used any more; null for the token, which lasts as long as the program. */
  { kind: 'admitted'; caller: Caller; stands: (() => boolean) | null } | { kind: 'refused'; refusal: Refusal }

export interface Credentials {
  authorization: string | undefined
  query: URLSearchParams
  /** Where they came from; null where nobody knows any more. */
  address: string | null
  /** From this machine itself, through no proxy. */
  isHere: boolean
}

/** The same answer for a credential that is missing, unknown, wrong, expired or revoked. */
const UNAUTHORIZED: Refusal = {
  code: 'unauthorized',
  message: 'A valid token or key is required.',
  hint: 'Send the header `Authorization: Bearer <token or key>`; the token is in the window’s address and in session.json of the data directory.',
}

const QUERY_NAMES = ['token', 'access_token', 'api_key', 'authorization']

/** Tells who calls, by the token or an API key in the header and nowhere else: addresses end up in logs. */
export function createAuthorizer({
  token,
  isTokenLocal,
  admit,
  clock,
  log,
}: {
  token: string
  /** Whether the token opens nothing but from this machine: from elsewhere a key is needed. */
  isTokenLocal: boolean
  admit: KeysApi['admit']
  clock: Clock
  log: Log
}): (credentials: Credentials) => Promise<Authorized> {
  const expected = digest(token)
  const lockout = createLockout((address) => log.warn('Many wrong credentials came from one address', { address }))

  function refuse(address: string | null): Authorized {
    const waitMs = address === null ? 0 : lockout.fail(address, clock.monotonic())
    return { kind: 'refused', refusal: waitMs > 0 ? turnedAway(waitMs) : UNAUTHORIZED }
  }

  return async ({ authorization, query, address, isHere }) => {
    const given = /^Bearer +([^\s]+)$/i.exec(authorization ?? '')?.[1]
    const isMisplaced = QUERY_NAMES.some((name) => query.has(name)) || [...query.values()].some(looksLikeKey)
    if (given === undefined || isMisplaced) return { kind: 'refused', refusal: UNAUTHORIZED }
    if (timingSafeEqual(digest(given), expected) && (isHere || !isTokenLocal)) {
      return { kind: 'admitted', caller: ownerCaller('token', address), stands: null }
    }
    const admission = await admit(given, address)
    if (admission.kind === 'refused') return refuse(address)
    return admission.kind === 'admitted' ? admission : { kind: 'refused', refusal: overQuota(admission.waitMs) }
  }
}

function looksLikeKey(text: string): boolean {
  return /^hlk_[0-9a-z]+_/.test(text)
}

function turnedAway(waitMs: number): Refusal {
  return {
    code: 'too_many_attempts',
    message: 'Too many wrong credentials came from this address.',
    hint: 'A right one is still taken.',
    retryAfterSeconds: inSeconds(waitMs),
  }
}

function overQuota(waitMs: number): Refusal {
  const seconds = inSeconds(waitMs)
  return {
    code: 'quota_exceeded',
    message: 'This key has had all the requests that it may send in a minute.',
    hint: `Send the next one in ${seconds} s, or ask its owner for a higher quota.`,
    retryAfterSeconds: seconds,
  }
}

const inSeconds = (ms: number) => Math.max(1, Math.ceil(ms / 1_000))

/** Equal lengths, so that the comparison takes the same time for any guess. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

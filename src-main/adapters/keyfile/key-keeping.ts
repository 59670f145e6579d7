import { randomBytes, scrypt, type ScryptOptions } from 'node:crypto'
import { promisify } from 'node:util'
import { VaultLockedError, type NewKeeper } from '#main/engine/ports.ts'
import type { KeptKey, SealedByPassphrase } from './key-text.ts'

/** Authenticated encryption as the vault uses it; `open` throws where anything was changed. */
export interface Aead {
  seal(key: Uint8Array, plain: Uint8Array, context: string): Uint8Array
  open(key: Uint8Array, sealed: Uint8Array, context: string): Uint8Array
}

/** The system's own keeper of keys, for the user who is logged in. */
export interface Keychain {
  /** Why it protects nothing now, in plain words; null where it does. */
  problem(): Promise<string | null>
  seal(key: Uint8Array): Promise<Uint8Array>
  /** Throws where it does not give the key. */
  open(sealed: Uint8Array): Promise<Uint8Array>
}

/** 128 MiB and about half a second for each guess. */
export const PASSPHRASE_COST_LOG2 = 17
const BLOCK_SIZE = 8
const SALT_BYTES = 16
const KEK_BYTES = 32
const CONTEXT = JSON.stringify(['master-key', 'passphrase'])

const derive = promisify<string, Uint8Array, number, ScryptOptions, Buffer>(scrypt)

/** Opens what a keeper sealed, and seals for a new one. A passphrase that was right is known until this process ends. */
export interface KeyKeeping {
  /** `place` names the file. Throws `VaultLockedError`. */
  open(kept: KeptKey, place: string): Promise<Uint8Array>
  isUnlocked(kept: SealedByPassphrase): boolean
  /** Null where it is not the passphrase. */
  unlock(kept: SealedByPassphrase, passphrase: string): Promise<Uint8Array | null>
  seal(key: Uint8Array, keeper: NewKeeper): Promise<KeptKey>
  /** For the same keeper as another key. */
  sealAs(key: Uint8Array, like: KeptKey): Promise<KeptKey>
}

export interface KeyKeepingDeps {
  aead: Aead
  keychain: Keychain | null
  /** Of scrypt, for a new passphrase, as the power of two. */
  costLog2: number
}

export function createKeyKeeping({ aead, keychain, costLog2 }: KeyKeepingDeps): KeyKeeping {
  const known = new Map<string, Uint8Array>()
  const nameOf = ({ salt, costLog2 }: Pick<SealedByPassphrase, 'salt' | 'costLog2'>): string =>
    `${costLog2}/${Buffer.from(salt).toString('base64')}`

  async function openByKeychain(sealed: Uint8Array, place: string): Promise<Uint8Array> {
    if (keychain === null) {
      throw new VaultLockedError(
        `${place} is sealed by the keychain of the desktop app.`,
        'Start Hookloop as the desktop, where the key can also be given to a passphrase or a file; or set HOOKLOOP_KEY.',
      )
    }
    const problem = await keychain.problem()
    if (problem !== null) throw new VaultLockedError(`${problem} ${place} is sealed by it.`, UNLOCK_KEYCHAIN)
    try {
      return await keychain.open(sealed)
    } catch (error) {
      throw withCause(
        new VaultLockedError(`The keychain does not give the key that ${place} needs.`, UNLOCK_KEYCHAIN),
        error,
      )
    }
  }

  async function sealByPassphrase(key: Uint8Array, passphrase: string): Promise<KeptKey> {
    const place = { salt: new Uint8Array(randomBytes(SALT_BYTES)), costLog2 }
    const kek = await kekOf(passphrase, place)
    known.set(nameOf(place), kek)
    return { keptBy: 'passphrase', ...place, sealed: aead.seal(kek, key, CONTEXT) }
  }

  return {
    async open(kept, place) {
      if (kept.keptBy === 'key_file') return kept.key
      if (kept.keptBy === 'keychain') return openByKeychain(kept.sealed, place)
      const kek = known.get(nameOf(kept))
      if (kek === undefined) {
        throw new VaultLockedError(
          'The passphrase of the vault was not entered since the start.',
          'Enter it in the window.',
        )
      }
      return openBy(kek, kept, aead) ?? raise(new VaultLockedError(`${place} was changed and opens no more.`))
    },

    isUnlocked: (kept) => known.has(nameOf(kept)),

    async unlock(kept, passphrase) {
      const kek = await kekOf(passphrase, kept)
      const key = openBy(kek, kept, aead)
      if (key !== null) known.set(nameOf(kept), kek)
      return key
    },

    async seal(key, keeper) {
      if (keeper.by === 'passphrase') return sealByPassphrase(key, keeper.passphrase)
      if (keeper.by === 'key_file') return { keptBy: 'key_file', key }
      const problem = keychain === null ? 'There is no keychain here.' : await keychain.problem()
      if (problem !== null) throw new VaultLockedError(problem, 'Choose a passphrase instead.')
      return { keptBy: 'keychain', sealed: await keychain!.seal(key) }
    },

    async sealAs(key, like) {
      if (like.keptBy !== 'passphrase') return this.seal(key, { by: like.keptBy })
      const kek =
        known.get(nameOf(like)) ?? raise(new VaultLockedError('The passphrase was not entered since the start.'))
      return { ...like, sealed: aead.seal(kek, key, CONTEXT) }
    },
  }
}

const UNLOCK_KEYCHAIN = 'Unlock the keychain or let Hookloop use it, then check again; or start Hookloop anew.'

function kekOf(
  passphrase: string,
  { salt, costLog2 }: Pick<SealedByPassphrase, 'salt' | 'costLog2'>,
): Promise<Uint8Array> {
  const cost = 2 ** costLog2
  // The same letters, however a keyboard composes them.
  return derive(passphrase.normalize('NFKC'), salt, KEK_BYTES, {
    N: cost,
    r: BLOCK_SIZE,
    p: 1,
    maxmem: 2 * 128 * BLOCK_SIZE * cost,
  })
}

function openBy(kek: Uint8Array, { sealed }: SealedByPassphrase, aead: Aead): Uint8Array | null {
  try {
    return aead.open(kek, sealed, CONTEXT)
  } catch {
    return null
  }
}

function withCause(error: Error, cause: unknown): Error {
  error.cause = cause
  return error
}

function raise(error: Error): never {
  throw error
}

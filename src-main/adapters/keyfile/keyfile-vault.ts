import { randomBytes } from 'node:crypto'
import { VaultLockedError, type KeyGuard, type KeyGuardState, type NewKeeper, type Vault } from '#main/engine/ports.ts'
import { createKeyKeeping, PASSPHRASE_COST_LOG2, type Aead, type Keychain } from './key-keeping.ts'
import { type KeptKey, parseKey, readKeyText, writeKeyText } from './key-text.ts'
import { makeKeyFile, moveKeyFile, readKeyFile, replaceKeyFile } from './master-key.ts'

export interface KeyfileVaultOptions {
  /** The file with the master key; made, with its folder, when the first key is sealed. */
  path: string
  /** The master key itself (base64), in place of the file. */
  key?: string | undefined
  aead: Aead
  /**
   * Where the host has one, it seals a new key, and where it protects nothing, a person must choose a passphrase first.
   * Without one, a new key lies in the file as it is.
   */
  keychain?: Keychain | undefined
  /** How dear a guess at a new passphrase is; what protects one where it is left out. */
  costLog2?: number
}

const KEY_BYTES = 32

/**
 * Seals data keys with a master key from a private file, which a keychain or a passphrase may seal in turn. While the key is
 * renewed, the next one lies beside it in a file of its own, seals, and takes the place of the first in the end. Throws
 * `VaultLockedError` at once where `key` is no key.
 */
export function createKeyfileVault({
  path,
  key,
  aead,
  keychain,
  costLog2 = PASSPHRASE_COST_LOG2,
}: KeyfileVaultOptions): Vault & KeyGuard {
  const given = key === undefined ? null : parseKey(key, 'HOOKLOOP_KEY', 'Make one with: openssl rand -base64 32')
  const origin = given ? 'HOOKLOOP_KEY' : `The key file ${path}`
  const nextPath = `${path}.next`
  const keeping = createKeyKeeping({ aead, keychain: keychain ?? null, costLog2 })
  let master = given

  function keptIn(file: string): KeptKey | null {
    const text = readKeyFile(file)
    return text === null ? null : readKeyText(text, `The key file ${file}`)
  }

  async function openIn(file: string): Promise<Uint8Array | null> {
    const kept = keptIn(file)
    return kept && keeping.open(kept, `The key file ${file}`)
  }

  async function next(): Promise<Uint8Array | null> {
    return given ? null : openIn(nextPath)
  }

  async function make(file: string, seal: (made: Uint8Array) => Promise<KeptKey>): Promise<Uint8Array> {
    const text = makeKeyFile(file, writeKeyText(await seal(new Uint8Array(randomBytes(KEY_BYTES)))))
    return keeping.open(readKeyText(text, `The key file ${file}`), `The key file ${file}`)
  }

  async function firstKeeper(): Promise<NewKeeper> {
    if (keychain === undefined) return { by: 'key_file' }
    const problem = await keychain.problem()
    if (problem === null) return { by: 'keychain' }
    throw new VaultLockedError(problem, 'Choose a passphrase for the vault in the window; then secrets can be kept.')
  }

  async function makeFirst(): Promise<Uint8Array> {
    const keeper = await firstKeeper()
    return make(path, (made) => keeping.seal(made, keeper))
  }

  return {
    async sealKey(dataKey, context) {
      const upcoming = await next()
      if (upcoming) return aead.seal(upcoming, dataKey, context)
      master ??= (await openIn(path)) ?? (await makeFirst())
      return aead.seal(master, dataKey, context)
    },

    async openKey(sealed, context) {
      master ??= await openIn(path)
      const masters = [await next(), master].filter((each) => each !== null)
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
      if (given || keptIn(nextPath)) return
      const kept = keptIn(path)
      await make(nextPath, (made) =>
        kept ? keeping.sealAs(made, kept) : firstKeeper().then((by) => keeping.seal(made, by)),
      )
    },
    isRenewing: async () => !given && readKeyFile(nextPath) !== null,
    async endRenewal() {
      if (given || readKeyFile(nextPath) === null) return
      moveKeyFile(nextPath, path)
      master = null
    },

    async keyState() {
      if (given) return { keptBy: 'environment', asks: null, offers: [], keychainProblem: null }
      try {
        return await stateOf({ kept: keptIn(path), keychain, keeping })
      } catch (error) {
        if (!(error instanceof VaultLockedError)) throw error
        // Whoever opens the key is told what is wrong with its file.
        return { keptBy: null, asks: null, offers: [], keychainProblem: null }
      }
    },

    async unlock(passphrase) {
      const kept = given ? null : keptIn(path)
      if (kept?.keptBy !== 'passphrase') throw new VaultLockedError('No passphrase keeps the key of this vault.', '')
      const opened = await keeping.unlock(kept, passphrase)
      master = opened ?? master
      return opened !== null
    },

    async keepKey(keeper) {
      if (given) throw new VaultLockedError('The key comes from HOOKLOOP_KEY, and stays where that is set.', '')
      const kept = keptIn(path)
      const opened = kept ? await keeping.open(kept, origin) : new Uint8Array(randomBytes(KEY_BYTES))
      const text = writeKeyText(await keeping.seal(opened, keeper))
      if (kept) replaceKeyFile(path, text)
      else makeKeyFile(path, text)
      master = null
    },
  }
}

interface StateDeps {
  kept: KeptKey | null
  keychain: Keychain | undefined
  keeping: Pick<ReturnType<typeof createKeyKeeping>, 'isUnlocked'>
}

async function stateOf({ kept, keychain, keeping }: StateDeps): Promise<KeyGuardState> {
  const keychainProblem = (await keychain?.problem()) ?? null
  const isSafe = keychain !== undefined && keychainProblem === null
  const isLocked = kept?.keptBy === 'passphrase' && !keeping.isUnlocked(kept)
  return {
    keptBy: kept?.keptBy ?? null,
    asks: isLocked ? 'passphrase' : kept === null && keychainProblem !== null ? 'new_passphrase' : null,
    offers: [...(isSafe ? (['keychain'] as const) : []), 'passphrase', 'key_file'],
    keychainProblem,
  }
}

function wrongKey(origin: string, cause: unknown): VaultLockedError {
  const error = new VaultLockedError(
    `${origin} is not the key that sealed these secrets. Put back the right one; without it, secrets must be entered again.`,
  )
  error.cause = cause
  return error
}

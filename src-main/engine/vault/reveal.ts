import { AppError } from '#shared/model/app-error.ts'
import type { Caller } from '../access/caller.ts'
import { VaultLockedError, type Clock, type RevealTry, type SealedSecret, type VaultStore } from '../ports.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'

/** How often the secrets of one endpoint may be revealed. */
const MOST = 10
const WITHIN_MS = 3_600_000

export interface RevealDeps {
  store: Pick<VaultStore, 'reveal' | 'recordTry'>
  keeper: Pick<SecretKeeper, 'open'>
  clock: Clock
}

/**
 * Shows one version of a secret, once ever. The value is opened first, so that a locked vault uses nothing up, and goes out
 * only after the store has decided and recorded the try.
 */
export async function reveal(
  secret: SealedSecret,
  caller: Caller,
  { store, keeper, clock }: RevealDeps,
): Promise<{ name: string; version: number; value: string; at: number; left: number }> {
  const { name, version } = secret
  const by = whoOf(caller)
  const value = await keeper.open(secret).catch(async (error: unknown) => {
    if (!(error instanceof VaultLockedError)) throw error
    const { id: secretId, endpointId } = secret
    await store.recordTry({ secretId, endpointId, name, version, at: clock.now(), by, outcome: 'vault_locked' })
    throw locked(error)
  })
  const result = await store.reveal({ secret, by, now: clock.now(), most: MOST, withinMs: WITHIN_MS })
  switch (result.outcome) {
    case 'revealed':
      return { name, version, value, at: result.at, left: result.left }
    case 'already_revealed':
      throw alreadyRevealed(secret, result.before)
    case 'reveal_limit':
      throw limitReached(result.nextAt)
  }
}

export function locked({ message, hint }: VaultLockedError): AppError {
  return new AppError('vault_locked', message, { hint })
}

function whoOf({ name, kind, keyId, address }: Caller): RevealTry['by'] {
  return { name, kind, keyId, address }
}

function alreadyRevealed({ name, version }: SealedSecret, { at, by }: Pick<RevealTry, 'at' | 'by'>): AppError {
  return new AppError(
    'already_revealed',
    `Version ${version} of “${name}” was revealed on ${new Date(at).toISOString()} by ${by.name}, and is revealed one time only.`,
    { hint: 'Rotate the secret: the new value is shown once.' },
  )
}

function limitReached(nextAt: number): AppError {
  return new AppError(
    'reveal_limit',
    `The secrets of this endpoint were revealed ${MOST} times within an hour. The next time is ${new Date(nextAt).toISOString()}.`,
    { hint: 'Wait until then, or rotate the secret: the new value is shown once.' },
  )
}

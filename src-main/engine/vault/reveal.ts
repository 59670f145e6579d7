import { AppError } from '#shared/model/app-error.ts'
import type { Caller } from '../access/caller.ts'
import {
  VaultLockedError,
  type Clock,
  type Revealable,
  type RevealResult,
  type RevealStep,
  type RevealTry,
  type SealedSecret,
  type VaultStore,
} from '../ports.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'

/** How often the secrets of one endpoint, and answers that hold them, may be revealed. */
const MOST = 10
const WITHIN_MS = 3_600_000

export interface RevealDeps {
  store: Pick<VaultStore, 'reveal' | 'recordTry'>
  keeper: Pick<SecretKeeper, 'open'>
  clock: Clock
}

/** Shows one version of a secret, once ever. */
export async function reveal(
  secret: SealedSecret,
  caller: Caller,
  { store, keeper, clock }: RevealDeps,
): Promise<{ name: string; version: number; value: string; at: number; left: number }> {
  const { id: secretId, endpointId, name, version } = secret
  const revealed = await revealOnce({
    what: { secretId, endpointId, name, version },
    caller,
    words: {
      once: `Version ${version} of “${name}”`,
      hint: 'Rotate the secret: the new value is shown once.',
    },
    open: () => keeper.open(secret),
    decide: (step) => store.reveal(step),
    recordTry: (tried) => store.recordTry(tried),
    clock,
  })
  return { name, version, ...revealed }
}

export interface RevealOnce<T> {
  what: Revealable
  caller: Caller
  /** What it is called where it was shown before, and what helps then. */
  words: { once: string; hint: string }
  /** Throws `VaultLockedError`. */
  open(): Promise<T>
  decide(step: RevealStep): Promise<RevealResult>
  recordTry(tried: RevealTry): Promise<void>
  clock: Clock
}

/**
 * Shows something one time. It is opened first, so that a locked vault uses nothing up, and goes out only after the store
 * has decided and recorded the try. Throws `AppError` `already_revealed`, `reveal_limit`, `vault_locked`.
 */
export async function revealOnce<T>(order: RevealOnce<T>): Promise<{ value: T; at: number; left: number }> {
  const { what, words, clock } = order
  const by = whoOf(order.caller)
  const value = await order.open().catch(async (error: unknown) => {
    if (!(error instanceof VaultLockedError)) throw error
    await order.recordTry({ ...what, at: clock.now(), by, outcome: 'vault_locked' })
    throw locked(error)
  })
  const result = await order.decide({ secret: what, by, now: clock.now(), most: MOST, withinMs: WITHIN_MS })
  switch (result.outcome) {
    case 'revealed':
      return { value, at: result.at, left: result.left }
    case 'already_revealed':
      throw alreadyRevealed(words, result.before)
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

function alreadyRevealed(
  { once, hint }: RevealOnce<unknown>['words'],
  { at, by }: Pick<RevealTry, 'at' | 'by'>,
): AppError {
  return new AppError(
    'already_revealed',
    `${once} was revealed on ${new Date(at).toISOString()} by ${by.name}, and is revealed one time only.`,
    { hint },
  )
}

function limitReached(nextAt: number): AppError {
  return new AppError(
    'reveal_limit',
    `The secrets of this endpoint were revealed ${MOST} times within an hour. The next time is ${new Date(nextAt).toISOString()}.`,
    { hint: 'Wait until then, or rotate the secret: the new value is shown once.' },
  )
}

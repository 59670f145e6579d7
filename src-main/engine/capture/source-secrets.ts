import { AppError } from '#shared/model/app-error.ts'
import type { SecretId, SourceId } from '#shared/model/ids.ts'
import type { Source } from '#shared/model/source.ts'
import type { Provider } from '../catalog/provider.ts'
import {
  VaultLockedError,
  type Clock,
  type Ids,
  type Log,
  type SealedSourceSecret,
  type SourceStore,
} from '../ports.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'
import type { SigningScheme } from '../signing/scheme.ts'
import { checkVerifyingSecret } from '../signing/secret.ts'

/** A new value, or one that is stored already. */
export type GivenSecret = string | { id: SecretId }

/** What a source's signatures are checked with, and its handshakes answered. */
export interface SourceSecrets {
  /** The opened secrets, newest first; none at all where one cannot be opened, which the log then says. */
  of(source: Pick<Source, 'id' | 'slug'>): Promise<readonly string[]>
  /** As they are stored, newest first. */
  stored(source: Pick<Source, 'id'>): Promise<readonly SealedSourceSecret[]>
  /**
   * The list that a source is to have, new values sealed. Throws `AppError` for a value that its provider cannot verify
   * with and for an unknown id, `VaultLockedError`.
   */
  plan(source: Source, given: readonly GivenSecret[]): Promise<readonly SealedSourceSecret[]>
  /** To be called once a change is stored. */
  changed(sourceId: SourceId): void
}

export interface SourceSecretsDeps {
  store: Pick<SourceStore, 'secrets'>
  keeper: SecretKeeper
  clock: Clock
  ids: Ids
  log: Log
  provider(id: string): Provider | null
}

export function createSourceSecrets(deps: SourceSecretsDeps): SourceSecrets {
  const { store, keeper, log } = deps
  const opened = new Map<SourceId, Promise<readonly string[]>>()
  const unopened = new Set<SourceId>()

  async function readAll({ id, slug }: Pick<Source, 'id' | 'slug'>): Promise<readonly string[]> {
    try {
      const texts = await Promise.all((await store.secrets(id)).map((secret) => keeper.open(secret)))
      unopened.delete(id)
      return texts
    } catch (error) {
      // What is closed now may be open at the next request.
      opened.delete(id)
      if (!unopened.has(id))
        log.warn('The secrets of a source cannot be opened', { source: slug, error: String(error) })
      unopened.add(id)
      return []
    }
  }

  return {
    of(source) {
      const known = opened.get(source.id)
      if (known) return known
      const reading = readAll(source)
      opened.set(source.id, reading)
      return reading
    },

    stored: ({ id }) => store.secrets(id),
    plan: (source, given) => planned(deps, source, given),

    changed(sourceId) {
      opened.delete(sourceId)
      unopened.delete(sourceId)
    },
  }
}

async function planned(
  { store, keeper, clock, ids, provider }: SourceSecretsDeps,
  source: Source,
  given: readonly GivenSecret[],
): Promise<readonly SealedSourceSecret[]> {
  const scheme = source.provider === null ? null : (provider(source.provider)?.signing ?? null)
  const stored = new Map((await store.secrets(source.id)).map((secret) => [secret.id, secret]))

  async function sealed(text: string, field: string): Promise<SealedSourceSecret> {
    checkText(scheme, text, field)
    const identity = { id: ids.next('sec'), projectId: source.projectId, sourceId: source.id }
    return { ...identity, sealed: await keeper.seal(identity, text), createdAt: clock.now() }
  }

  async function kept(id: SecretId, field: string): Promise<SealedSourceSecret> {
    const secret = stored.get(id)
    if (!secret) throw unknownSecret(id, field)
    stored.delete(id)
    const text = scheme && (await openedOrNull(keeper, secret))
    if (text !== null) checkText(scheme, text, field)
    return secret
  }

  return Promise.all(
    given.map((one, index) =>
      typeof one === 'string' ? sealed(one, `secrets.${index}`) : kept(one.id, `secrets.${index}`),
    ),
  )
}

/** A stored secret that cannot be opened cannot be checked either, and may stay until its key is back. */
async function openedOrNull(keeper: SecretKeeper, secret: SealedSourceSecret): Promise<string | null> {
  try {
    return await keeper.open(secret)
  } catch (error) {
    if (error instanceof VaultLockedError) return null
    throw error
  }
}

function checkText(scheme: SigningScheme | null, text: string, field: string): void {
  if (!scheme) {
    throw new AppError('invalid_request', 'This source has no sender that signs, so a secret would not be used.', {
      field,
      hint: 'Choose the provider that sends here, or leave the secrets out.',
    })
  }
  const problem = checkVerifyingSecret(scheme, text)
  if (problem) throw new AppError('invalid_request', problem, { field })
}

function unknownSecret(id: string, field: string): AppError {
  return new AppError('invalid_request', `This source has no secret ${id}, or it is named twice.`, {
    field,
    hint: 'GET /api/v1/sources lists the secrets of each.',
  })
}

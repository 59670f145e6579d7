import { AppError } from '#shared/model/app-error.ts'
import type { SecretId, SourceId } from '#shared/model/ids.ts'
import type { Source } from '#shared/model/source.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { asksForToken, type Provider } from '../catalog/provider.ts'
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

/** What is to change of a source's secrets; null removes the token. */
export interface GivenSecrets {
  secrets?: readonly GivenSecret[] | undefined
  verifyToken?: string | null | undefined
}

/** What a source's signatures are checked with, and its handshakes answered. */
export interface SourceSecrets {
  /** The opened secrets, newest first; none at all where one cannot be opened, which the log then says. */
  of(source: Pick<Source, 'id' | 'slug'>): Promise<readonly string[]>
  /** As they are stored, newest first. */
  stored(source: Pick<Source, 'id'>): Promise<readonly SealedSourceSecret[]>
  /** The token that its owner also typed at the sender, opened; null where there is none. Throws `VaultLockedError`. */
  verifyToken(source: Pick<Source, 'id'>): Promise<string | null>
  storedToken(source: Pick<Source, 'id'>): Promise<SealedSourceSecret | null>
  /**
   * All that a source is to keep, new values sealed, what is not given as it is stored. Throws `AppError` for a value that
   * its provider cannot use and for an unknown id, `VaultLockedError`.
   */
  plan(source: Source, given: GivenSecrets): Promise<readonly SealedSourceSecret[]>
  /** To be called once a change is stored. */
  changed(sourceId: SourceId): void
}

export interface SourceSecretsDeps {
  store: Pick<SourceStore, 'secrets'>
  keeper: SecretKeeper
  clock: Clock
  ids: Ids
  log: Log
  catalog: Pick<Catalog, 'provider'>
}

export function createSourceSecrets(deps: SourceSecretsDeps): SourceSecrets {
  const { store, keeper, log } = deps
  const opened = new Map<SourceId, Promise<readonly string[]>>()
  const unopened = new Set<SourceId>()

  async function readAll({ id, slug }: Pick<Source, 'id' | 'slug'>): Promise<readonly string[]> {
    try {
      const texts = await Promise.all(ofRole(await store.secrets(id), 'signing').map((secret) => keeper.open(secret)))
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

  async function storedToken({ id }: Pick<Source, 'id'>): Promise<SealedSourceSecret | null> {
    return ofRole(await store.secrets(id), 'verify-token')[0] ?? null
  }

  return {
    of(source) {
      const known = opened.get(source.id)
      if (known) return known
      const reading = readAll(source)
      opened.set(source.id, reading)
      return reading
    },

    stored: async ({ id }) => ofRole(await store.secrets(id), 'signing'),
    storedToken,
    plan: (source, given) => planned(deps, source, given),

    async verifyToken(source) {
      const token = await storedToken(source)
      return token && keeper.open(token)
    },

    changed(sourceId) {
      opened.delete(sourceId)
      unopened.delete(sourceId)
    },
  }
}

function ofRole(secrets: readonly SealedSourceSecret[], role: SealedSourceSecret['role']) {
  return secrets.filter((secret) => secret.role === role)
}

async function planned(
  deps: SourceSecretsDeps,
  source: Source,
  { secrets, verifyToken }: GivenSecrets,
): Promise<readonly SealedSourceSecret[]> {
  const stored = await deps.store.secrets(source.id)
  const signing = secrets ? await plannedSigning(deps, source, { given: secrets, stored }) : ofRole(stored, 'signing')
  const kept = [...signing, ...ofRole(stored, 'link-key')]
  if (verifyToken === undefined) return [...kept, ...ofRole(stored, 'verify-token')]
  if (verifyToken === null) return kept
  if (!asksForToken(providerOf(deps, source))) throw tokenUnused()
  return [...kept, await sealed(deps, source, { text: verifyToken, role: 'verify-token' })]
}

function providerOf({ catalog }: SourceSecretsDeps, { projectId, provider }: Source): Provider | null {
  return provider === null ? null : catalog.provider(projectId, provider)
}

async function sealed(
  { keeper, clock, ids }: SourceSecretsDeps,
  source: Source,
  { text, role }: { text: string; role: SealedSourceSecret['role'] },
): Promise<SealedSourceSecret> {
  const identity = { id: ids.next('sec'), projectId: source.projectId, sourceId: source.id }
  return { ...identity, role, sealed: await keeper.seal(identity, text), createdAt: clock.now() }
}

async function plannedSigning(
  deps: SourceSecretsDeps,
  source: Source,
  { given, stored }: { given: readonly GivenSecret[]; stored: readonly SealedSourceSecret[] },
): Promise<readonly SealedSourceSecret[]> {
  const scheme = providerOf(deps, source)?.signing ?? null
  const left = new Map(ofRole(stored, 'signing').map((secret) => [secret.id, secret]))

  async function kept(id: SecretId, field: string): Promise<SealedSourceSecret> {
    const secret = left.get(id)
    if (!secret) throw unknownSecret(id, field)
    left.delete(id)
    const text = scheme && (await openedOrNull(deps.keeper, secret))
    if (text !== null) checkText(scheme, text, field)
    return secret
  }

  return Promise.all(
    // Async, so that a refusal of one leaves no other's unheard.
    given.map(async (one, index) => {
      const field = `secrets.${index}`
      if (typeof one !== 'string') return kept(one.id, field)
      checkText(scheme, one, field)
      return sealed(deps, source, { text: one, role: 'signing' })
    }),
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

function tokenUnused(): AppError {
  return new AppError('invalid_request', 'This source has no sender that shows a verify token.', {
    field: 'verifyToken',
    hint: 'Choose the provider that sends here, or leave the token out.',
  })
}

import { AppError } from '#shared/model/app-error.ts'
import type { Endpoint, EndpointConfig } from '#shared/model/endpoint.ts'
import { SIGNING_SECRET } from '#shared/model/secret-name.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { VaultLockedError, type Clock, type Ids, type Random, type SealedSecret, type SecretStore } from '../ports.ts'
import type { SigningSecret } from '../delivery/dispatch/deps.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'
import type { SigningScheme } from '../signing/scheme.ts'
import { checkSecret, newSecret } from '../signing/secret.ts'
import { carriesSeveral } from '../signing/sign.ts'
import { signerOf } from './endpoint-config.ts'

export interface SigningSecrets {
  /** Seals the given text, or a new secret, for a new endpoint; null where nobody signs. */
  create(endpoint: Endpoint, text: string | undefined): Promise<{ sealed: SealedSecret; text: string } | null>
  /** Throws `AppError` unless the endpoint's secret can sign as `config` asks. */
  check(endpoint: Endpoint, config: EndpointConfig): Promise<void>
  /**
   * The opened secrets that sign now: the current one first, then those whose overlap lasts. Where a request can carry one
   * signature only, the previous secret goes first until its overlap ends. Throws `VaultLockedError`.
   */
  open(endpoint: Endpoint): Promise<readonly SigningSecret[]>
  /** Every secret that the endpoint ever signed with and that can be opened, newest first. */
  everOpened(endpoint: Endpoint): Promise<readonly string[]>
  /**
   * Puts the given text, or a new secret, in the place of the current one, which goes on signing for `overlapMs`.
   * Throws `AppError` where nobody signs or the text cannot.
   */
  rotate(
    endpoint: Endpoint,
    { overlapMs, text }: { overlapMs: number; text: string | undefined },
  ): Promise<{ text: string; previousUntil: number }>
  /** Lets every earlier secret end now. */
  endOverlap(endpoint: Endpoint): Promise<void>
  /** To be called once its secrets were changed elsewhere. */
  changed(endpointId: Endpoint['id']): void
}

export interface SigningSecretsDeps {
  store: SecretStore
  keeper: SecretKeeper
  clock: Clock
  ids: Ids
  random: Random
  catalog: Pick<Catalog, 'provider'>
}

export function createSigningSecrets(deps: SigningSecretsDeps): SigningSecrets {
  const { store, clock } = deps
  const opened = new Map<Endpoint['id'], Promise<readonly OpenedSecret[]>>()

  function schemeOf({ projectId }: Endpoint, config: EndpointConfig): SigningScheme | null {
    return deps.catalog.provider(projectId, signerOf(config))?.signing ?? null
  }

  const stored = async ({ id }: Endpoint) => (await store.list(id)).filter(({ name }) => name === SIGNING_SECRET)

  async function readAll(endpoint: Endpoint): Promise<readonly OpenedSecret[]> {
    const lasting = (await stored(endpoint)).filter(isActiveAt(clock.now()))
    const read = await Promise.all(
      lasting.map(async (secret, place) => {
        const { version, expiresAt } = secret
        // One that was rotated away and cannot be opened any more is done without.
        const text = await (place === 0 ? deps.keeper.open(secret) : openedOrNull(deps.keeper, secret))
        return text === null ? [] : [{ version, expiresAt, text }]
      }),
    )
    return read.flat()
  }

  function openAll(endpoint: Endpoint): Promise<readonly OpenedSecret[]> {
    const known = opened.get(endpoint.id)
    if (known) return known
    const reading = readAll(endpoint)
    opened.set(endpoint.id, reading)
    // A vault that is locked now may be open at the next attempt.
    reading.catch(() => opened.delete(endpoint.id))
    return reading
  }

  async function open(endpoint: Endpoint): Promise<readonly SigningSecret[]> {
    const lasting = await openAll(endpoint)
    const scheme = schemeOf(endpoint, endpoint.version.config)
    const ends = lasting.some(({ expiresAt }) => expiresAt !== null)
    const active = ends ? lasting.filter(isActiveAt(clock.now())) : lasting
    if (!scheme) return active
    // One that goes on alone is what whoever remembers something of it knows it by.
    if (active.length === 1 && active === lasting) return active
    // Another provider may sign by now, for which an earlier secret is of no use.
    const usable = active.filter(({ text }, place) => place === 0 || checkSecret(scheme, text) === null)
    return carriesSeveral(scheme) ? usable : usable.toReversed()
  }

  /** The given text, checked, or a new secret; sealed as the given version. */
  async function sealed(
    endpoint: Endpoint,
    { scheme, text: given, version }: { scheme: SigningScheme; text: string | undefined; version: number },
  ): Promise<{ sealed: SealedSecret; text: string }> {
    const problem = given === undefined ? null : checkSecret(scheme, given)
    if (problem) throw new AppError('invalid_request', problem, { field: 'secret' })
    const text = given ?? newSecret(scheme, deps.random)
    const { id: endpointId, projectId } = endpoint
    const identity = { id: deps.ids.next('sec'), projectId, endpointId, name: SIGNING_SECRET, version }
    const bytes = await deps.keeper.seal(identity, text)
    return { sealed: { ...identity, sealed: bytes, createdAt: clock.now(), expiresAt: null }, text }
  }

  /** Lets every version before `version` end, which is added where it is new. */
  async function rotateTo(endpoint: Endpoint, step: { version: number; add: SealedSecret | null; expiresAt: number }) {
    await store.rotate({ endpointId: endpoint.id, name: SIGNING_SECRET, ...step })
    opened.delete(endpoint.id)
  }

  return {
    open,
    everOpened: async (endpoint) =>
      (await Promise.all((await stored(endpoint)).map((secret) => openedOrNull(deps.keeper, secret)))).filter(
        (text) => text !== null,
      ),

    async create(endpoint, text) {
      const scheme = schemeOf(endpoint, endpoint.version.config)
      if (scheme) return sealed(endpoint, { scheme, text, version: 1 })
      if (text === undefined) return null
      throw new AppError('invalid_request', 'Nobody signs for this endpoint, so a secret would not be used.', {
        field: 'secret',
        hint: 'Leave the secret out, or choose a provider that signs.',
      })
    },

    async check(endpoint, config) {
      const scheme = schemeOf(endpoint, config)
      if (!scheme || signerOf(config) === signerOf(endpoint.version.config)) return
      const [current] = await openAll(endpoint)
      if (current !== undefined && checkSecret(scheme, current.text) === null) return
      throw new AppError('invalid_request', `This endpoint has no secret that ${signerOf(config)} can sign with.`, {
        field: 'provider',
        hint: 'Create an endpoint with this provider; its secret is made with it.',
      })
    },

    async rotate(endpoint, { overlapMs, text }) {
      const scheme = schemeOf(endpoint, endpoint.version.config)
      if (!scheme) {
        throw new AppError('invalid_request', 'Nobody signs for this endpoint, so it has no secret to rotate.', {
          hint: 'Choose a provider that signs first.',
        })
      }
      const [latest] = await stored(endpoint)
      const made = await sealed(endpoint, { scheme, text, version: (latest?.version ?? 0) + 1 })
      const previousUntil = clock.now() + overlapMs
      await rotateTo(endpoint, { version: made.sealed.version, add: made.sealed, expiresAt: previousUntil })
      return { text: made.text, previousUntil }
    },

    changed: (endpointId) => void opened.delete(endpointId),

    async endOverlap(endpoint) {
      const [current] = await stored(endpoint)
      if (current) await rotateTo(endpoint, { version: current.version, add: null, expiresAt: clock.now() })
    },
  }
}

interface OpenedSecret extends SigningSecret {
  expiresAt: number | null
}

const isActiveAt =
  (now: number) =>
  ({ expiresAt }: { expiresAt: number | null }): boolean =>
    expiresAt === null || expiresAt > now

async function openedOrNull(keeper: SecretKeeper, secret: SealedSecret): Promise<string | null> {
  try {
    return await keeper.open(secret)
  } catch (error) {
    if (error instanceof VaultLockedError) return null
    throw error
  }
}

import { AppError } from '#shared/model/app-error.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import { SIGNING_SECRET } from '#shared/model/secret-name.ts'
import type { NamedSecrets } from '../delivery/request/secret-template.ts'
import type { Clock, Ids, SealedSecret, SecretStore } from '../ports.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'

/** New values by name; null removes. */
export type SecretsChange = Readonly<Record<string, string | null>>

/** A change that is sealed and not stored yet. */
export interface PlannedSecrets {
  /** The names that the endpoint has afterwards. */
  names: ReadonlySet<string>
  add: readonly SealedSecret[]
  /** Names whose earlier versions go as the new ones come. */
  replace: readonly string[]
  /** Names that go once nothing uses them any more. */
  remove: readonly string[]
}

export interface EndpointSecrets {
  /** Seals the new values. Throws `AppError` where there are too many, `VaultLockedError`. */
  plan(endpoint: Pick<Endpoint, 'id' | 'projectId'>, change: SecretsChange): Promise<PlannedSecrets>
  /** Stores what is new, before the version that uses it. */
  store(endpoint: Pick<Endpoint, 'id'>, planned: PlannedSecrets): Promise<void>
  /** Removes what is gone, after the version that no longer uses it. */
  discard(endpoint: Pick<Endpoint, 'id'>, planned: PlannedSecrets): Promise<void>
  /**
   * A new version of one secret. For `overlapMs` the one before goes on being used, for a request has room for one value
   * only: the receiver still knows that one for sure.
   */
  rotate(
    endpoint: Pick<Endpoint, 'id' | 'projectId'>,
    step: { name: string; text: string; overlapMs: number },
  ): Promise<{ previousUntil: number }>
  /** From now on only the newest version of it is used. */
  endOverlap(endpoint: Pick<Endpoint, 'id'>, name: string): Promise<void>
  /** Every named secret that is used now, opened. Throws `VaultLockedError`. */
  open(endpoint: Pick<Endpoint, 'id'>): Promise<NamedSecrets>
  /** To be called once they were changed elsewhere. */
  changed(endpointId: Endpoint['id']): void
}

export interface NamedSecretsDeps {
  store: SecretStore
  keeper: SecretKeeper
  clock: Clock
  ids: Ids
}

const MOST = 50

export function createNamedSecrets({ store, keeper, clock, ids }: NamedSecretsDeps): EndpointSecrets {
  const opened = new Map<Endpoint['id'], Promise<OpenedSecrets>>()

  const named = async (id: Endpoint['id']) => (await store.list(id)).filter(({ name }) => name !== SIGNING_SECRET)

  async function readAll(id: Endpoint['id']): Promise<OpenedSecrets> {
    const now = clock.now()
    const lasting = (await named(id)).filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
    // Newest first, so that of each name the earliest that lasts stays.
    const used = [...new Map(lasting.map((secret) => [secret.name, secret])).values()]
    const texts = await Promise.all(used.map(async (secret) => [secret.name, await keeper.open(secret)] as const))
    const until = Math.min(...used.map(({ expiresAt }) => expiresAt ?? Number.POSITIVE_INFINITY))
    return { secrets: new Map(texts), until }
  }

  async function sealed(
    { id, projectId }: Pick<Endpoint, 'id' | 'projectId'>,
    [name, text]: readonly [string, string],
    version: number,
  ): Promise<SealedSecret> {
    const identity = { id: ids.next('sec'), projectId, endpointId: id, name, version }
    return { ...identity, sealed: await keeper.seal(identity, text), createdAt: clock.now(), expiresAt: null }
  }

  async function change(id: Endpoint['id'], add: readonly SealedSecret[], remove: readonly string[]): Promise<void> {
    if (add.length === 0 && remove.length === 0) return
    await store.change({ endpointId: id, add, remove })
    opened.delete(id)
  }

  return {
    async plan(endpoint, wanted) {
      const kept = new Map((await named(endpoint.id)).toReversed().map(({ name, version }) => [name, version]))
      const removed = Object.keys(wanted).filter((name) => wanted[name] === null)
      const values = Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== null)
      const names = new Set([...kept.keys(), ...values.map(([name]) => name)].filter((name) => !removed.includes(name)))
      if (names.size > MOST) throw tooMany()
      const add = await Promise.all(values.map((value) => sealed(endpoint, value, (kept.get(value[0]) ?? 0) + 1)))
      return { names, add, replace: values.map(([name]) => name), remove: removed }
    },
    changed: (endpointId) => void opened.delete(endpointId),
    store: ({ id }, { add, replace }) => change(id, add, replace),
    discard: ({ id }, { remove }) => change(id, [], remove),

    async rotate(endpoint, { name, text, overlapMs }) {
      const [latest] = (await named(endpoint.id)).filter((secret) => secret.name === name)
      const add = await sealed(endpoint, [name, text], (latest?.version ?? 0) + 1)
      const previousUntil = clock.now() + overlapMs
      await store.rotate({ endpointId: endpoint.id, name, version: add.version, expiresAt: previousUntil, add })
      opened.delete(endpoint.id)
      return { previousUntil }
    },

    async endOverlap({ id }, name) {
      const [current] = (await named(id)).filter((secret) => secret.name === name)
      if (!current) return
      await store.rotate({ endpointId: id, name, version: current.version, expiresAt: clock.now(), add: null })
      opened.delete(id)
    },

    async open({ id }) {
      const known = await opened.get(id)
      if (known && clock.now() < known.until) return known.secrets
      const reading = readAll(id)
      opened.set(id, reading)
      // A vault that is locked now may be open at the next attempt.
      reading.catch(() => opened.get(id) === reading && opened.delete(id))
      return (await reading).secrets
    },
  }
}

interface OpenedSecrets {
  secrets: NamedSecrets
  /** When another version of one of them takes its place, unix ms. */
  until: number
}

function tooMany(): AppError {
  return new AppError('invalid_request', `An endpoint has at most ${MOST} secrets.`, {
    field: 'secrets',
    hint: 'Remove those that no template uses: give them as null.',
  })
}

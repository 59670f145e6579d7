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
  /** Every named secret, opened. Throws `VaultLockedError`. */
  open(endpoint: Pick<Endpoint, 'id'>): Promise<NamedSecrets>
}

export interface NamedSecretsDeps {
  store: SecretStore
  keeper: SecretKeeper
  clock: Clock
  ids: Ids
}

const MOST = 50

export function createNamedSecrets({ store, keeper, clock, ids }: NamedSecretsDeps): EndpointSecrets {
  const opened = new Map<Endpoint['id'], Promise<NamedSecrets>>()

  const named = async (id: Endpoint['id']) => (await store.list(id)).filter(({ name }) => name !== SIGNING_SECRET)

  async function readAll(id: Endpoint['id']): Promise<NamedSecrets> {
    const oldestFirst = (await named(id)).toReversed()
    return new Map(
      await Promise.all(oldestFirst.map(async (secret) => [secret.name, await keeper.open(secret)] as const)),
    )
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
    store: ({ id }, { add, replace }) => change(id, add, replace),
    discard: ({ id }, { remove }) => change(id, [], remove),

    open({ id }) {
      const known = opened.get(id)
      if (known) return known
      const reading = readAll(id)
      opened.set(id, reading)
      // A vault that is locked now may be open at the next attempt.
      reading.catch(() => opened.delete(id))
      return reading
    },
  }
}

function tooMany(): AppError {
  return new AppError('invalid_request', `An endpoint has at most ${MOST} secrets.`, {
    field: 'secrets',
    hint: 'Remove those that no template uses: give them as null.',
  })
}

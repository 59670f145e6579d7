import { KEY_BYTES } from '../secrets/aead.ts'
import type { SealedByMaster } from '../secrets/resealable.ts'
import { AppError } from '#shared/model/app-error.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { SIGNING_SECRET } from '#shared/model/secret-name.ts'
import type { EndpointsApi } from '../engine.ts'
import type { EndpointSecrets } from '../endpoints/named-secrets.ts'
import {
  VaultLockedError,
  type DataKeyStore,
  type KeyGuard,
  type Random,
  type SealedSecret,
  type SecretStore,
  type Vault,
  type VaultStore,
} from '../ports.ts'
import type { DataKeys } from '../secrets/data-keys.ts'
import { createTurns } from '../turns.ts'
import type { KeyChange } from './key-change.ts'
import { listSecrets, secretsOfEndpoint, type ListDeps } from './list-secrets.ts'
import { locked, reveal } from './reveal.ts'
import type { Unlocker } from './unlock.ts'
import type { EndpointSecret, VaultApi } from './vault-api.ts'

/** Tries of an endpoint that are shown. */
const SHOWN_TRIES = 200
/** Of a value that is made. */
const VALUE_BYTES = 32

export interface VaultDeps extends Omit<ListDeps, 'secrets' | 'store'> {
  secrets: SecretStore
  store: VaultStore
  keys: DataKeyStore
  vault: Vault & KeyGuard
  dataKeys: DataKeys
  endpoints: EndpointsApi
  namedSecrets: Pick<EndpointSecrets, 'rotate' | 'endOverlap'>
  random: Random
  keyChange: KeyChange
  /** Keys of other parts that the master key seals. */
  keysElsewhere(): Promise<readonly SealedByMaster[]>
  unlocker: Unlocker
}

export function createVault(deps: VaultDeps): VaultApi {
  const { registry, endpoints, store, keyChange } = deps
  const turns = createTurns()
  /** Changes of the secrets of one endpoint, one after the other: each is decided on what the one before left. */
  const inTurn = <T>({ id }: Pick<Endpoint, 'id'>, task: () => Promise<T>): Promise<T> => turns(id, task)

  async function resolve(projectId: ProjectId, id: string): Promise<EndpointSecret> {
    const { endpoint } = await storedOf(deps, projectId, id)
    const found = (await secretsOfEndpoint(endpoint, deps)).find(({ versions }) => versions.some((it) => it.id === id))
    if (!found) throw noSecret(id)
    return found
  }

  /** As it stands now, by place and name. */
  async function again({ place, name }: Pick<EndpointSecret, 'place' | 'name'>): Promise<EndpointSecret> {
    const endpoint = registry.endpoints.get(place.endpoint.id) ?? place.endpoint
    const found = (await secretsOfEndpoint(endpoint, deps)).find((each) => each.name === name)
    if (!found) throw noSecret(name)
    return found
  }

  return {
    list: (projectId) => listSecrets(projectId, deps),
    resolve,

    add: (endpoint, { name, value, owner }, actor) =>
      inTurn(endpoint, async () => {
        const known = await deps.secrets.list(endpoint.id)
        if (known.some((secret) => secret.name === name)) throw nameTaken(name)
        const given = value ?? newValue(deps.random)
        await endpoints.update(endpoint, { secrets: { [name]: given } }, actor)
        if (owner !== undefined) await store.setOwner({ endpointId: endpoint.id, name, owner })
        const secret = await again({ place: { kind: 'endpoint', endpoint }, name })
        return { secret, value: value === undefined ? given : null }
      }),

    async setOwner(secret, owner) {
      await store.setOwner({ endpointId: secret.place.endpoint.id, name: secret.name, owner })
      return again(secret)
    },

    rotate: (secret, { value, overlapMs }) =>
      inTurn(secret.place.endpoint, async () => {
        const { endpoint } = secret.place
        if (endpoint.version.config.role === 'callback') throw ofCallback(endpoint)
        if (secret.role === 'signing') {
          const rotated = await endpoints.rotateSecret(endpoint, { overlapMs, secret: value })
          const made = value === undefined ? rotated.secret : null
          return { secret: await again(secret), value: made, previousUntil: rotated.previousUntil }
        }
        // Another change may have taken it away while this one waited.
        await again(secret)
        const text = value ?? newValue(deps.random)
        const { previousUntil } = await deps.namedSecrets.rotate(endpoint, { name: secret.name, text, overlapMs })
        endpoints.secretsChanged(endpoint)
        return { secret: await again(secret), value: value === undefined ? text : null, previousUntil }
      }),

    endOverlap: (secret) =>
      inTurn(secret.place.endpoint, async () => {
        const { endpoint } = secret.place
        if (secret.role === 'signing') await endpoints.endOverlap(endpoint)
        else {
          await deps.namedSecrets.endOverlap(endpoint, secret.name)
          endpoints.secretsChanged(endpoint)
        }
        return again(secret)
      }),

    remove: (secret, actor) =>
      inTurn(secret.place.endpoint, async () => {
        const { usedIn, place } = await again(secret)
        if (secret.name === SIGNING_SECRET) throw signs()
        if (usedIn.length > 0) throw inUse({ ...secret, usedIn })
        await endpoints.update(place.endpoint, { secrets: { [secret.name]: null } }, actor)
      }),

    async reveal(projectId, id, by) {
      const { stored } = await storedOf(deps, projectId, id)
      return reveal(stored, by, deps)
    },

    reveals: ({ id }) => store.reveals({ endpointId: id, limit: SHOWN_TRIES }),

    async status(projectIds) {
      const listed = (await Promise.all(projectIds.map((id) => listSecrets(id, deps)))).flat()
      const reason = await whyLocked(deps, projectIds)
      const state = reason !== null ? 'locked' : listed.length > 0 ? 'open' : 'empty'
      const lockedCount = listed.filter(({ versions: [newest] }) => newest?.isLocked).length
      const key = await deps.vault.keyState()
      return { state, reason, locked: lockedCount, rotation: keyChange.progress(), key }
    },

    async rotateKeys() {
      const reason = await whyLocked(deps, [...registry.projects.keys()])
      if (reason !== null) throw locked(new VaultLockedError(reason))
      return keyChange.begin()
    },

    async unlock(passphrase) {
      if (!(await orRefused(deps.vault.unlock(passphrase)))) throw notThePassphrase()
      return deps.unlocker.look()
    },

    async keepKey(keeper) {
      if ((await deps.vault.isRenewing()) || keyChange.progress() !== null) throw keysAreChanging()
      await orRefused(deps.vault.keepKey(keeper))
    },

    recheck: () => deps.unlocker.look(),

    async startOver() {
      for (const projectId of registry.projects.keys()) {
        if ((await whyLocked(deps, [projectId])) !== null) await deps.dataKeys.add(projectId)
      }
      for (const { sealed, context, replace } of await deps.keysElsewhere()) {
        if (await isLost(deps.vault, sealed, context)) {
          await replace(await deps.vault.sealKey(deps.random.bytes(KEY_BYTES), context))
        }
      }
    },
  }
}

/** Whether a key was sealed by a master key that is not here. */
async function isLost(vault: Vault, sealed: Uint8Array, context: string): Promise<boolean> {
  try {
    await vault.openKey(sealed, context)
    return false
  } catch (error) {
    if (error instanceof VaultLockedError) return true
    throw error
  }
}

async function storedOf({ secrets, registry }: VaultDeps, projectId: ProjectId, id: string) {
  const stored = await secrets.get(id as SealedSecret['id'])
  const endpoint = stored && registry.endpoints.get(stored.endpointId)
  if (!endpoint || endpoint.projectId !== projectId) throw noSecret(id)
  return { stored, endpoint }
}

/** Null where the newest key of each project opens. */
async function whyLocked({ keys, dataKeys }: VaultDeps, projectIds: readonly ProjectId[]): Promise<string | null> {
  for (const projectId of projectIds) {
    if ((await keys.list(projectId)).length === 0) continue
    try {
      await dataKeys.toSeal(projectId)
    } catch (error) {
      if (!(error instanceof VaultLockedError)) throw error
      return error.message
    }
  }
  return null
}

async function orRefused<T>(step: Promise<T>): Promise<T> {
  try {
    return await step
  } catch (error) {
    throw error instanceof VaultLockedError ? locked(error) : error
  }
}

function newValue(random: Random): string {
  return Array.from(random.bytes(VALUE_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function noSecret(id: string): AppError {
  return new AppError('not_found', `There is no secret “${id}” of an endpoint in this project.`, {
    hint: 'GET /api/v1/secrets lists them; those of a source are changed with the source.',
  })
}

function nameTaken(name: string): AppError {
  return new AppError('invalid_request', `This endpoint has a secret “${name}” already.`, {
    field: 'name',
    hint: 'Rotate that one, or choose another name.',
  })
}

function ofCallback({ version }: Endpoint): AppError {
  return new AppError('read_only', `${version.config.name} is kept by the callback of its project or account.`, {
    hint: 'Give the header’s new value with apiCallbackHeaders of the project or the account.',
  })
}

function signs(): AppError {
  return new AppError('invalid_request', 'The secret that signs cannot be removed.', {
    hint: 'Rotate it, or let the endpoint’s provider be “none”.',
  })
}

function notThePassphrase(): AppError {
  return new AppError('invalid_request', 'This is not the passphrase of the vault.', {
    field: 'passphrase',
    hint: 'Enter the one that was chosen when the vault was given to a passphrase.',
  })
}

function keysAreChanging(): AppError {
  return new AppError('invalid_request', 'The keys of the vault are being changed.', {
    hint: 'Wait until that is done, then try again.',
  })
}

function inUse({ name, usedIn }: EndpointSecret): AppError {
  return new AppError('secret_in_use', `{secret.${name}} is used in ${usedIn.join(', ')}.`, {
    hint: 'Take it out there first.',
  })
}

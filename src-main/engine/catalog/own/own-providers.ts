import { AppError } from '#shared/model/app-error.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { OwnProvider, ProviderDefinition } from '#shared/model/own-provider.ts'
import { resolvePolicy } from '../../delivery/policies.ts'
import { signerOf } from '../../endpoints/endpoint-config.ts'
import type { Change } from '../../engine.ts'
import type { Feed } from '../../feed.ts'
import type { CatalogStore, Clock, Random } from '../../ports.ts'
import { ofProject, ownKey, type Registry } from '../../registry.ts'
import { type Catalog, unknownProvider } from '../catalog.ts'
import type { OwnProvidersApi } from '../catalog-api.ts'
import { checkRecipe } from './check-recipe.ts'

export interface OwnProvidersDeps {
  store: CatalogStore
  registry: Registry
  catalog: Catalog
  clock: Clock
  random: Random
  changes: Feed<Change>
}

/** As many as a project can have: every list of providers holds them all. */
const MOST = 200

export function createOwnProviders(deps: OwnProvidersDeps): OwnProvidersApi {
  const { store, registry, catalog, clock, random, changes } = deps

  function own(projectId: ProjectId, id: string): OwnProvider | null {
    return registry.providers.get(ownKey(projectId, id)) ?? null
  }

  function resolveOwn(projectId: ProjectId, id: string): OwnProvider {
    const found = own(projectId, id)
    if (found) return found
    if (!catalog.isBuiltIn(id)) throw unknownProvider(id)
    throw new AppError('read_only', `“${id}” ships with Hookloop and stays as it is.`, {
      hint: 'Create a provider of your own with another id.',
    })
  }

  function check(definition: ProviderDefinition): void {
    if (definition.policy !== null) resolvePolicy(definition.policy)
    checkRecipe(definition, random)
  }

  function keep(provider: OwnProvider): OwnProvider {
    registry.providers.set(ownKey(provider.projectId, provider.id), provider)
    changes.publish({ type: 'catalog.changed', projectId: provider.projectId })
    return provider
  }

  return {
    own,
    check,

    async create(projectId, { id, ...definition }) {
      check(definition)
      if (catalog.isBuiltIn(id)) throw taken(`“${id}” ships with Hookloop.`)
      if (ofProject(registry.providers, projectId).length >= MOST) {
        throw new AppError('invalid_request', `A project has at most ${MOST} providers of its own.`, {
          hint: 'Delete those that nothing uses.',
        })
      }
      const now = clock.now()
      const provider: OwnProvider = { id, projectId, ...definition, createdAt: now, updatedAt: now }
      if (!(await store.createProvider(provider))) throw taken(`This project has a provider “${id}” already.`)
      return keep(provider)
    },

    async update(projectId, id, change) {
      const before = resolveOwn(projectId, id)
      const next: OwnProvider = {
        ...before,
        name: change.name ?? before.name,
        signing: change.signing === undefined ? before.signing : change.signing,
        recognition: change.recognition ?? before.recognition,
        policy: change.policy === undefined ? before.policy : change.policy,
        bodyFormat: change.bodyFormat ?? before.bodyFormat,
        updatedAt: clock.now(),
      }
      check(next)
      await store.updateProvider(next)
      return keep(next)
    },

    async delete(projectId, id) {
      const provider = resolveOwn(projectId, id)
      checkUnused(provider, registry)
      // Gone at once, so that nothing begins to use it while the storage is busy.
      registry.providers.delete(ownKey(projectId, id))
      try {
        await store.deleteProvider(provider)
      } catch (error) {
        keep(provider)
        throw error
      }
      const types = ofProject(registry.eventTypes, projectId).filter((type) => type.provider === id)
      for (const type of types) registry.eventTypes.delete(type.id)
      changes.publish({ type: 'catalog.changed', projectId })
      return { eventTypes: types.length }
    },
  }
}

function taken(message: string): AppError {
  return new AppError('slug_taken', message, { field: 'id', hint: 'Choose another id.' })
}

/** Throws `AppError` `provider_in_use` with the names of all that a provider signs or verifies for. */
function checkUnused({ id, projectId }: OwnProvider, registry: Registry): void {
  const sources = ofProject(registry.sources, projectId).filter(({ provider }) => provider === id)
  const endpoints = ofProject(registry.endpoints, projectId).filter(({ version }) => signerOf(version.config) === id)
  const users = [
    ...sources.map(({ name }) => `source ${name}`),
    ...endpoints.map(({ version }) => `endpoint ${version.config.name}`),
  ]
  if (users.length === 0) return
  throw new AppError('provider_in_use', `“${id}” is used by ${users.join(', ')}.`, {
    hint: 'Choose another provider there first.',
  })
}

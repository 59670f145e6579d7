import { AppError } from '#shared/model/app-error.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { ofProject, ownKey, type Registry } from '../registry.ts'
import { toProvider } from './own/to-provider.ts'
import type { CatalogEventType, Provider } from './provider.ts'

/** Every provider that a project knows: those that ship and those that it added, with the event types that it added to each. */
export interface Catalog {
  /** Null where there is none. */
  provider(projectId: ProjectId, id: string): Provider | null
  /** Throws `AppError` `unknown_provider`. */
  resolve(projectId: ProjectId, id: string): Provider
  /** The project's own first, newest first. */
  list(projectId: ProjectId): readonly Provider[]
  isBuiltIn(id: string): boolean
  /** Whether the project added an event type of this name, to whichever provider. */
  hasOwnType(projectId: ProjectId, name: string): boolean
}

export interface CatalogDeps {
  builtIn: readonly Provider[]
  registry: Pick<Registry, 'providers' | 'eventTypes'>
}

export function createCatalog({ builtIn, registry }: CatalogDeps): Catalog {
  const shipped = new Map(builtIn.map((provider) => [provider.id, provider]))

  function withAdded(provider: Provider, projectId: ProjectId): Provider {
    const added = ofProject(registry.eventTypes, projectId).filter((type) => type.provider === provider.id)
    if (added.length === 0) return provider
    const eventTypes = added.map(({ id, name, description, sample, schema }): CatalogEventType => ({
      id,
      name,
      description,
      sample,
      ...(schema && { schema }),
    }))
    return { ...provider, eventTypes: [...provider.eventTypes, ...eventTypes] }
  }

  function provider(projectId: ProjectId, id: string): Provider | null {
    // An own one comes first: a release that ships its id must not change how its endpoints are signed.
    const own = registry.providers.get(ownKey(projectId, id))
    const found = own ? toProvider(own) : shipped.get(id)
    return found ? withAdded(found, projectId) : null
  }

  return {
    provider,
    isBuiltIn: (id) => shipped.has(id),

    hasOwnType(projectId, name) {
      for (const type of registry.eventTypes.values()) {
        if (type.name === name && type.projectId === projectId) return true
      }
      return false
    },

    resolve(projectId, id) {
      const found = provider(projectId, id)
      if (found) return found
      throw unknownProvider(id)
    },

    list(projectId) {
      const own = ofProject(registry.providers, projectId).toReversed().map(toProvider)
      const ownIds = new Set(own.map(({ id }) => id))
      return [...own, ...builtIn.filter(({ id }) => !ownIds.has(id))].map((each) => withAdded(each, projectId))
    },
  }
}

export function unknownProvider(id: string): AppError {
  return new AppError('unknown_provider', `There is no provider “${id.slice(0, 60)}”.`, {
    field: 'provider',
    hint: 'GET /api/v1/providers lists them.',
  })
}

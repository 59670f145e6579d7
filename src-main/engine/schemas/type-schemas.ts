import type { EventRecord } from '#shared/model/event.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { compileSchema } from '../catalog/event-schema.ts'
import { inferSchema } from '../catalog/infer-schema.ts'
import type { CatalogEventType } from '../catalog/provider.ts'
import type { TypeSchema } from './find-drift.ts'

/** The event type of an event in the catalog, and who sends it. */
export interface KnownType {
  provider: string
  type: CatalogEventType
}

export interface TypeSchemas {
  /** Null where the catalog does not know the type. */
  typeOf(event: Pick<EventRecord, 'projectId' | 'type' | 'provider'>): KnownType | null
  schemaOf(type: CatalogEventType): TypeSchema
}

/** Finds and compiles the schemas of types, each once. */
export function createTypeSchemas(catalog: Pick<Catalog, 'provider' | 'list' | 'hasOwnType'>): TypeSchemas {
  /** By what stays the same while the type does. */
  const compiled = new WeakMap<object, TypeSchema>()

  function named(projectId: ProjectId, name: string): KnownType | null {
    // Without a provider only a type that the project itself added can be meant; asked of each event, mostly in vain.
    if (!catalog.hasOwnType(projectId, name)) return null
    for (const { id, eventTypes } of catalog.list(projectId)) {
      const type = eventTypes.find((each) => each.name === name && each.id !== undefined)
      if (type) return { provider: id, type }
    }
    return null
  }

  return {
    typeOf({ projectId, type: name, provider }) {
      const found = provider === null ? null : catalog.provider(projectId, provider)
      // One that the project added speaks for it before one that ships.
      const type = found?.eventTypes.findLast((each) => each.name === name)
      return found && type ? { provider: found.id, type } : named(projectId, name)
    },

    schemaOf({ schema, sample }) {
      const key = schema ?? (typeof sample === 'object' && sample !== null ? sample : {})
      const known = compiled.get(key)
      if (known) return known
      const meant = schema ?? inferSchema(sample)
      const made = { schema: meant, isInferred: schema === undefined, check: compileSchema(meant) }
      compiled.set(key, made)
      return made
    },
  }
}

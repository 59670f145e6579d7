import { AppError } from '#shared/model/app-error.ts'
import { EventTypeId, type ProjectId } from '#shared/model/ids.ts'
import type { OwnEventType } from '#shared/model/own-event-type.ts'
import type { Change } from '../../engine.ts'
import type { Feed } from '../../feed.ts'
import type { CatalogStore, Clock, Ids } from '../../ports.ts'
import { ofProject, type Registry } from '../../registry.ts'
import type { Catalog } from '../catalog.ts'
import type { OwnEventTypesApi } from '../catalog-api.ts'
import { type SchemaProblem, schemaProblems } from '../event-schema.ts'
import { inferSchema } from '../infer-schema.ts'

export interface OwnEventTypesDeps {
  store: CatalogStore
  registry: Pick<Registry, 'eventTypes'>
  catalog: Catalog
  clock: Clock
  ids: Ids
  changes: Feed<Change>
}

/** As many as a project can have. */
const MOST = 1_000

export function createOwnEventTypes(deps: OwnEventTypesDeps): OwnEventTypesApi {
  const { store, registry, catalog, clock, ids, changes } = deps

  function resolve(projectId: ProjectId, id: string): OwnEventType {
    const parsed = EventTypeId.safeParse(id)
    const found = parsed.success ? registry.eventTypes.get(parsed.data) : undefined
    if (found?.projectId === projectId) return found
    if (
      catalog
        .list(projectId)
        .some((provider) => provider.eventTypes.some(({ name }) => id === `${provider.id}/${name}`))
    ) {
      throw new AppError('read_only', `${id} ships with Hookloop and stays as it is.`, {
        hint: 'Add an event type of your own with another name.',
      })
    }
    throw new AppError('not_found', `There is no event type “${id.slice(0, 60)}” in this project.`)
  }

  function keep(type: OwnEventType): OwnEventType {
    registry.eventTypes.set(type.id, type)
    changes.publish({ type: 'catalog.changed', projectId: type.projectId, eventType: type.name })
    return type
  }

  return {
    async create(projectId, input) {
      const provider = catalog.resolve(projectId, input.provider)
      checkFit(input)
      if (provider.eventTypes.some(({ name }) => name === input.name)) throw taken(input)
      if (ofProject(registry.eventTypes, projectId).length >= MOST) {
        throw new AppError('invalid_request', `A project has at most ${MOST} event types of its own.`)
      }
      const now = clock.now()
      const type: OwnEventType = { ...input, id: ids.next('typ'), projectId, createdAt: now, updatedAt: now }
      if (!(await store.createEventType(type))) throw taken(input)
      return keep(type)
    },

    async update(projectId, id, change) {
      const before = resolve(projectId, id)
      const next: OwnEventType = {
        ...before,
        description: change.description ?? before.description,
        schema: change.schema === undefined ? before.schema : change.schema,
        sample: change.sample === undefined ? before.sample : change.sample,
        updatedAt: clock.now(),
      }
      checkFit(next)
      await store.updateEventType(next)
      return keep(next)
    },

    async delete(projectId, id) {
      const type = resolve(projectId, id)
      await store.deleteEventType(type.id)
      registry.eventTypes.delete(type.id)
      changes.publish({ type: 'catalog.changed', projectId, eventType: type.name })
    },

    problems: ({ schema, sample }) => schemaProblems(schema ?? inferSchema(sample), sample),
  }
}

function taken({ provider, name }: Pick<OwnEventType, 'provider' | 'name'>): AppError {
  return new AppError('slug_taken', `“${provider}” has an event type “${name}” already.`, {
    field: 'name',
    hint: 'Choose another name.',
  })
}

/** Throws `AppError` that names the place unless the schema can be used and the sample fits it. */
function checkFit({ schema, sample }: Pick<OwnEventType, 'schema' | 'sample'>): void {
  const [first, ...others] = schemaProblems(schema ?? inferSchema(sample), sample)
  if (!first) return
  throw new AppError('invalid_request', sentence(first), {
    field: [first.in, ...first.path].join('.'),
    hint: others.length > 0 ? others.map(sentence).join(' ') : 'POST /api/v1/event-types/check tells without storing.',
  })
}

function sentence({ in: place, path, message }: SchemaProblem): string {
  return `\`${[place, ...path].join('.')}\` ${message}.`
}

import { JsonSchema, OwnEventType } from '#shared/model/own-event-type.ts'
import { OwnProvider, ProviderDefinition } from '#shared/model/own-provider.ts'
import type { CatalogStore } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'

type ProviderRow = Pick<OwnProvider, 'id' | 'projectId' | 'createdAt' | 'updatedAt'> & { definition: string }
type EventTypeRow = Omit<OwnEventType, 'schema' | 'sample'> & { schema: string | null; sample: string }

const PROVIDERS = `
  SELECT o.id, p.id AS projectId, o.definition, o.created_at AS createdAt, o.updated_at AS updatedAt
  FROM providers o JOIN projects p ON p.key = o.project_key
  ORDER BY o.key`

const CREATE_PROVIDER = `
  INSERT INTO providers (project_key, id, definition, created_at, updated_at)
  VALUES ((SELECT key FROM projects WHERE id = @projectId), @id, @definition, @createdAt, @updatedAt)
  ON CONFLICT (project_key, id) DO NOTHING`

const UPDATE_PROVIDER = `
  UPDATE providers SET definition = @definition, updated_at = @updatedAt
  WHERE project_key = (SELECT key FROM projects WHERE id = @projectId) AND id = @id`

const DELETE_PROVIDER = `
  DELETE FROM providers WHERE project_key = (SELECT key FROM projects WHERE id = @projectId) AND id = @id`

const DELETE_ITS_TYPES = `
  DELETE FROM event_types WHERE project_key = (SELECT key FROM projects WHERE id = @projectId) AND provider = @id`

const EVENT_TYPES = `
  SELECT t.id, p.id AS projectId, t.provider, t.name, t.description, t.schema, t.sample, t.created_at AS createdAt,
    t.updated_at AS updatedAt
  FROM event_types t JOIN projects p ON p.key = t.project_key
  ORDER BY t.key`

const CREATE_EVENT_TYPE = `
  INSERT INTO event_types (id, project_key, provider, name, description, schema, sample, created_at, updated_at)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), @provider, @name, @description, @schema, @sample,
    @createdAt, @updatedAt)
  ON CONFLICT (project_key, provider, name) DO NOTHING`

const UPDATE_EVENT_TYPE = `
  UPDATE event_types SET description = @description, schema = @schema, sample = @sample, updated_at = @updatedAt
  WHERE id = @id`

const DELETE_EVENT_TYPE = `DELETE FROM event_types WHERE id = ?`

export function createCatalogStore({ db, read, write }: Connection): CatalogStore {
  const providers = db.prepare<[], ProviderRow>(PROVIDERS)
  const createProvider = db.prepare<ProviderRow>(CREATE_PROVIDER)
  const updateProvider = db.prepare<ProviderRow>(UPDATE_PROVIDER)
  const deleteProvider = db.prepare<{ projectId: string; id: string }>(DELETE_PROVIDER)
  const deleteItsTypes = db.prepare<{ projectId: string; id: string }>(DELETE_ITS_TYPES)
  const eventTypes = db.prepare<[], EventTypeRow>(EVENT_TYPES)
  const createEventType = db.prepare<EventTypeRow>(CREATE_EVENT_TYPE)
  const updateEventType = db.prepare<EventTypeRow>(UPDATE_EVENT_TYPE)
  const deleteEventType = db.prepare<[string]>(DELETE_EVENT_TYPE)

  return {
    providers: () => read(() => providers.all().map(toProvider)),
    createProvider: (provider) => write(() => createProvider.run(toProviderRow(provider)).changes === 1),
    updateProvider: (provider) => write(() => void updateProvider.run(toProviderRow(provider))),
    deleteProvider: ({ projectId, id }) =>
      write(() => {
        deleteItsTypes.run({ projectId, id })
        deleteProvider.run({ projectId, id })
      }),
    eventTypes: () => read(() => eventTypes.all().map(toEventType)),
    createEventType: (type) => write(() => createEventType.run(toEventTypeRow(type)).changes === 1),
    updateEventType: (type) => write(() => void updateEventType.run(toEventTypeRow(type))),
    deleteEventType: (id) => write(() => void deleteEventType.run(id)),
  }
}

function toProvider({ definition, ...row }: ProviderRow): OwnProvider {
  return OwnProvider.parse({ ...row, ...ProviderDefinition.parse(JSON.parse(definition)) })
}

function toProviderRow({ id, projectId, createdAt, updatedAt, ...definition }: OwnProvider): ProviderRow {
  return { id, projectId, createdAt, updatedAt, definition: JSON.stringify(definition) }
}

function toEventType({ schema, sample, ...row }: EventTypeRow): OwnEventType {
  const parsed = schema === null ? null : JsonSchema.parse(JSON.parse(schema))
  return OwnEventType.parse({ ...row, schema: parsed, sample: JSON.parse(sample) as unknown })
}

function toEventTypeRow({ schema, sample, ...row }: OwnEventType): EventTypeRow {
  return { ...row, schema: schema && JSON.stringify(schema), sample: JSON.stringify(sample) }
}

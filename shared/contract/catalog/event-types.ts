import { z } from 'zod'
import { EventType } from '../../model/event.ts'
import { EventTypeFields, JsonSchema } from '../../model/own-event-type.ts'
import { ById, changes, InProject, reads } from '../base.ts'

export const EventTypeView = z.object({
  id: z.string().describe('Of one that ships: its provider and name.'),
  provider: z.string(),
  name: z.string(),
  description: z.string(),
  schema: JsonSchema,
  inferred: z.boolean().describe('Whether the schema is read off the sample.'),
  sample: z.json(),
  builtIn: z.boolean().describe('One that ships: it cannot be changed.'),
})
export type EventTypeView = z.infer<typeof EventTypeView>

const { description, schema, sample } = EventTypeFields

const id = z.object({ ...ById.shape, ...InProject.shape })
const tags = ['Catalog']

export const eventTypes = {
  list: reads('catalog:read', ['unknown_provider'])
    .route({ method: 'GET', path: '/event-types', summary: 'List the event types', tags })
    .input(z.object({ ...InProject.shape, provider: z.string().max(60).optional() }))
    .output(z.object({ items: z.array(EventTypeView) })),
  infer: reads('events:read', ['unknown_provider'])
    .route({
      method: 'GET',
      path: '/event-types/infer',
      summary: 'Read the schema of a type off captured events',
      description: 'Of the newest events of that type, as far as their bodies are JSON of at most 256 KiB.',
      tags,
    })
    .input(
      z.object({
        ...InProject.shape,
        type: z.string().min(1).max(200),
        provider: z.string().max(60).optional(),
        limit: z.coerce.number().int().min(1).max(200).default(100),
      }),
    )
    .output(
      z.object({
        schema: JsonSchema,
        typescript: z.string(),
        samples: z.number().describe('How many bodies it was read off.'),
        leftOut: z.number().describe('How many could not be read.'),
        newest: z.json().describe('The newest of the bodies; null where there is none.'),
      }),
    ),
  create: changes('catalog:write', 'event_type.create', ['slug_taken', 'unknown_provider', 'read_only'])
    .route({
      method: 'POST',
      path: '/event-types',
      summary: 'Add an event type of your own',
      tags,
      successStatus: 201,
    })
    .input(
      z.strictObject({
        ...InProject.shape,
        provider: z.string().max(60).default('standard-webhooks').describe('Who sends it.'),
        name: EventType,
        description: description.default(''),
        schema: schema.default(null),
        sample,
      }),
    )
    .output(EventTypeView),
  update: changes('catalog:write', 'event_type.update', ['unknown_provider', 'read_only', 'slug_taken'])
    .route({ method: 'PATCH', path: '/event-types/{id}', summary: 'Change an event type of your own', tags })
    .input(
      z.strictObject({
        id: z.string(),
        ...InProject.shape,
        description: description.optional(),
        schema: schema.optional(),
        sample: sample.optional(),
      }),
    )
    .output(EventTypeView),
  delete: changes('catalog:write', 'event_type.delete', ['read_only'])
    .route({ method: 'DELETE', path: '/event-types/{id}', summary: 'Delete an event type of your own', tags })
    .input(id)
    .output(z.object({ id: z.string() })),
  check: reads('catalog:read', ['unknown_provider'])
    .route({
      method: 'POST',
      path: '/event-types/check',
      summary: 'Check a schema and a sample against each other',
      description: 'Answers with everything that is wrong. Nothing is stored.',
      tags,
    })
    .input(z.strictObject({ ...InProject.shape, schema: schema.default(null), sample }))
    .output(
      z.object({
        problems: z.array(
          z.object({ in: z.enum(['schema', 'sample']), path: z.array(z.string()), message: z.string() }),
        ),
      }),
    ),
}

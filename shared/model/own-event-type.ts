import { z } from 'zod'
import { EventType } from './event.ts'
import { EventTypeId, ProjectId } from './ids.ts'

/** A JSON Schema (2020-12) that stands for itself: it refers to nothing outside. */
export const JsonSchema = z.record(z.string(), z.json())
export type JsonSchema = z.infer<typeof JsonSchema>

/** What a person sets of one. */
export const EventTypeFields = {
  description: z.string().trim().max(500),
  schema: JsonSchema.nullable().describe(
    'JSON Schema 2020-12 without outside references; null reads it off the sample.',
  ),
  sample: z.json().describe('An example of the body; it must fit the schema.'),
}

/** An event type that a project added to a provider. */
export const OwnEventType = z.object({
  id: EventTypeId,
  projectId: ProjectId,
  /** The id of the provider that sends it, built-in or own. */
  provider: z.string(),
  name: EventType,
  description: z.string(),
  /** Null where the schema is read off the sample. */
  schema: JsonSchema.nullable(),
  sample: z.json(),
  createdAt: z.number(),
  updatedAt: z.number(),
})
export type OwnEventType = z.infer<typeof OwnEventType>

import { z } from 'zod'

/** A field that is to be another, as a path with full stops; null stands for absent. */
export const PlannedField = z.object({ field: z.string(), before: z.json(), after: z.json() })
export type PlannedField = z.infer<typeof PlannedField>

export const PlannedChange = z.object({
  action: z.enum(['create', 'change', 'remove']),
  kind: z.enum(['provider', 'eventType', 'source', 'endpoint', 'workflow']),
  /** As a file names it: a source's slug, an event type's provider and name, else its name or id. */
  name: z.string(),
  /** Of one that is there. */
  id: z.string().nullable(),
  /** What differs from how it is, or, of a new one, from the defaults. Values of secrets are never among it. */
  fields: z.array(PlannedField).readonly(),
})
export type PlannedChange = z.infer<typeof PlannedChange>

/** Why a file cannot be applied. */
export const ConfigurationProblem = z.object({
  /** Where, from the top of the file. */
  path: z.array(z.string()).readonly(),
  message: z.string(),
  hint: z.string().nullable(),
})
export type ConfigurationProblem = z.infer<typeof ConfigurationProblem>

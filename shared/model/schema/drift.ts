import { z } from 'zod'

/** One place at which a body differs from the schema of its type. */
export const DriftFinding = z.object({
  kind: z
    .enum(['missing', 'new', 'type', 'value'])
    .describe('A field that is gone, one that is new, one of another type, or a value that does not fit.'),
  path: z.string().describe('Such as `$.data.items[3].id`.'),
  expected: z.string().nullable(),
  found: z.string().nullable(),
  breaks: z.boolean().describe('Whether the body does not fit for it; what is only told does not mark the event.'),
})
export type DriftFinding = z.infer<typeof DriftFinding>

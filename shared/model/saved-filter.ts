import { z } from 'zod'
import { SavedFilterId } from './ids.ts'

/** A filter that a project keeps under a name. */
export const SavedFilter = z.object({
  id: SavedFilterId,
  /** Unlike that of any other filter of the same list, without regard to case. */
  name: z.string(),
  subject: z.enum(['events', 'deliveries']).describe('Which list it narrows.'),
  filter: z.string().describe('In the language of filters.'),
  /** Unix ms. */
  createdAt: z.number(),
})
export type SavedFilter = z.infer<typeof SavedFilter>

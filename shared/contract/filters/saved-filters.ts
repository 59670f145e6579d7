import { z } from 'zod'
import { SavedFilter } from '../../model/saved-filter.ts'
import { ById, changes, FilterText, InProject, Instant, pageOf, reads } from '../base.ts'

export const SavedFilterView = z.object({ ...SavedFilter.shape, createdAt: Instant })
export type SavedFilterView = z.infer<typeof SavedFilterView>

const name = z.string().trim().min(1).max(100)
const tags = ['Filters']

/** Filters that a project keeps under names. */
export const filters = {
  list: reads('events:read')
    .route({ method: 'GET', path: '/filters', summary: 'List saved filters, by name', tags })
    .input(InProject)
    .output(pageOf(SavedFilterView)),
  save: changes('events:write', 'filter.save', ['invalid_filter'])
    .route({
      method: 'POST',
      path: '/filters',
      summary: 'Save a filter under a name',
      description: 'A filter that is saved under this name for the same list is replaced, and keeps its id.',
      tags,
      successStatus: 201,
    })
    .input(
      z.strictObject({
        ...InProject.shape,
        name,
        subject: SavedFilter.shape.subject,
        filter: FilterText.min(1),
      }),
    )
    .output(SavedFilterView),
  rename: changes('events:write', 'filter.rename')
    .route({ method: 'PATCH', path: '/filters/{id}', summary: 'Rename a saved filter', tags })
    .input(z.strictObject({ id: z.string(), ...InProject.shape, name }))
    .output(SavedFilterView),
  delete: changes('events:write', 'filter.delete')
    .route({ method: 'DELETE', path: '/filters/{id}', summary: 'Delete a saved filter', tags })
    .input(z.object({ ...ById.shape, ...InProject.shape }))
    .output(ById),
}

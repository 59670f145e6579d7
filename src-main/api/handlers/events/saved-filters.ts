import { toInstant } from '#shared/contract/base.ts'
import type { SavedFilterView } from '#shared/contract/filters/saved-filters.ts'
import type { SavedFilter } from '#shared/model/saved-filter.ts'
import { projectOf } from '../../api-context.ts'
import { procedures } from '../procedures.ts'

const { filters } = procedures

function toView(saved: SavedFilter): SavedFilterView {
  return { ...saved, createdAt: toInstant(saved.createdAt) }
}

export const filterHandlers = {
  list: filters.list.handler(async ({ context, input }) => ({
    items: (await context.engine.savedFilters.list(projectOf(context, input).id)).map(toView),
    nextCursor: null,
  })),

  save: filters.save.handler(async ({ context, input: { project, ...input } }) =>
    toView(await context.engine.savedFilters.save(projectOf(context, { project }).id, input)),
  ),

  rename: filters.rename.handler(async ({ context, input: { id, name, project } }) =>
    toView(await context.engine.savedFilters.rename(projectOf(context, { project }).id, id, name)),
  ),

  delete: filters.delete.handler(async ({ context, input }) => {
    await context.engine.savedFilters.delete(projectOf(context, input).id, input.id)
    return { id: input.id }
  }),
}

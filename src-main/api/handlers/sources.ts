import type { Source } from '#shared/model/source.ts'
import { type ApiContext, projectOf } from '../api-context.ts'
import { toSourceView } from '../views/source-view.ts'
import { procedures } from './procedures.ts'

const { sources } = procedures

const viewOf = ({ engine, info }: ApiContext, source: Source) => toSourceView(engine, source, info.captureUrl)

export const sourceHandlers = {
  list: sources.list.handler(async ({ context, input }) => {
    const newestFirst = context.engine.sources.list(projectOf(context, input).id).toReversed()
    return { items: await Promise.all(newestFirst.map((source) => viewOf(context, source))), nextCursor: null }
  }),

  create: sources.create.handler(async ({ context, input: { project, ...fields } }) => {
    const created = await context.engine.sources.create(projectOf(context, { project }).id, fields)
    return viewOf(context, created)
  }),

  update: sources.update.handler(async ({ context, input: { id, project, ...change } }) => {
    const source = context.engine.sources.resolve(projectOf(context, { project }).id, id)
    return viewOf(context, await context.engine.sources.update(source, change))
  }),

  delete: sources.delete.handler(async ({ context, input }) => {
    const source = context.engine.sources.resolve(projectOf(context, input).id, input.id)
    await context.engine.sources.delete(source)
    return { id: source.id }
  }),
}

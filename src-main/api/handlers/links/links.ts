import { projectOf } from '../../api-context.ts'
import { startOf } from '../../input/start.ts'
import { toLinkView } from '../../views/links/link-view.ts'
import { procedures } from '../procedures.ts'

const { links } = procedures

export const linkHandlers = {
  list: links.list.handler(({ context, input }) => ({
    items: context.engine.links.list(projectOf(context, input).id).map(toLinkView),
    nextCursor: null,
  })),

  get: links.get.handler(({ context, input }) =>
    toLinkView(context.engine.links.get(projectOf(context, input).id, input.id)),
  ),

  create: links.create.handler(async ({ context, input: { project, start, ...input } }) => {
    const projectId = projectOf(context, { project }).id
    return toLinkView(await context.engine.links.create(projectId, { ...input, start: startOf(start) }))
  }),

  update: links.update.handler(async ({ context, input: { project, id, ...change } }) =>
    toLinkView(await context.engine.links.update(projectOf(context, { project }).id, id, change)),
  ),

  reconnect: links.reconnect.handler(({ context, input }) =>
    toLinkView(context.engine.links.reconnect(projectOf(context, input).id, input.id)),
  ),

  delete: links.delete.handler(async ({ context, input }) => {
    const { engine } = context
    const { source } = engine.links.get(projectOf(context, input).id, input.id)
    await engine.sources.delete(source)
    return { id: source.id }
  }),
}

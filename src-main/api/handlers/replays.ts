import { requireScope } from '../../engine/engine.ts'
import { projectOf } from '../api-context.ts'
import { toReplayView } from '../views/replay-view.ts'
import { procedures } from './procedures.ts'

const { replays } = procedures

export const replayHandlers = {
  list: replays.list.handler(async ({ context, input }) => {
    const page = await context.engine.replays.list({
      projectId: projectOf(context, input).id,
      limit: input.limit,
      cursor: input.cursor ?? null,
    })
    return { items: page.items.map(toReplayView), nextCursor: page.nextCursor }
  }),

  create: replays.create.handler(async ({ context, input: { project, ...wanted } }) => {
    const { engine, actor } = context
    if (wanted.url !== undefined) requireScope(actor, 'deliveries:anywhere')
    return toReplayView(await engine.replays.create(projectOf(context, { project }).id, wanted, actor))
  }),

  cancel: replays.cancel.handler(async ({ context, input }) => {
    const { canceled, ...found } = await context.engine.replays.cancel(projectOf(context, input).id, input.id)
    return { replay: toReplayView(found), canceled }
  }),

  get: replays.get.handler(async ({ context, input }) =>
    toReplayView(await context.engine.replays.get(projectOf(context, input).id, input.id)),
  ),
}

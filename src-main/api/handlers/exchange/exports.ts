import { requireScope } from '../../../engine/engine.ts'
import { projectOf } from '../../api-context.ts'
import { eventFilterOf } from '../../input/event-filter.ts'
import { toExportView } from '../../views/exchange/exchange-view.ts'
import { procedures } from '../procedures.ts'

const { exports } = procedures

export const exportHandlers = {
  list: exports.list.handler(({ context, input }) => ({
    items: context.engine.exports.list(projectOf(context, input).id).map(toExportView),
  })),

  create: exports.create.handler(({ context, input }) => {
    const { engine, actor } = context
    const { project, format, secrets, deliveries, eventIds, ...filter } = input
    if (deliveries) requireScope(actor, 'deliveries:read')
    const projectId = projectOf(context, { project }).id
    const events = eventIds ? { eventIds } : { filter: eventFilterOf(engine, projectId, filter) }
    return toExportView(engine.exports.start(projectId, { format, secrets, deliveries, events }))
  }),

  get: exports.get.handler(({ context, input }) =>
    toExportView(context.engine.exports.get(projectOf(context, input).id, input.id)),
  ),

  cancel: exports.cancel.handler(async ({ context, input }) =>
    toExportView(await context.engine.exports.cancel(projectOf(context, input).id, input.id)),
  ),

  file: exports.file.handler(async ({ context, input }) => {
    const { name, content } = await context.engine.exports.file(projectOf(context, input).id, input.id)
    return new File([content], name, { type: 'application/octet-stream' })
  }),

  delete: exports.delete.handler(async ({ context, input }) => {
    await context.engine.exports.remove(projectOf(context, input).id, input.id)
    return { id: input.id }
  }),
}

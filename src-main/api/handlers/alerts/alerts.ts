import { AlertRuleId } from '#shared/model/ids.ts'
import { type ApiContext, projectOf } from '../../api-context.ts'
import { toAlertRuleView, toAlertView } from '../../views/alerts/alert-view.ts'
import { idFilter } from '../id-filter.ts'
import { procedures } from '../procedures.ts'

const { alerts } = procedures

function ruleOf(context: ApiContext, input: { id: string; project?: string | undefined }) {
  return context.engine.alerts.resolve(projectOf(context, input).id, input.id)
}

export const alertHandlers = {
  list: alerts.list.handler(({ context, input }) => ({
    items: context.engine.alerts.list(projectOf(context, input).id).toReversed().map(toAlertRuleView),
    nextCursor: null,
  })),

  create: alerts.create.handler(async ({ context, input: { project, ...rule } }) =>
    toAlertRuleView(await context.engine.alerts.create(projectOf(context, { project }).id, rule)),
  ),

  get: alerts.get.handler(({ context, input }) => toAlertRuleView(ruleOf(context, input))),

  update: alerts.update.handler(async ({ context, input: { id, project, ...change } }) =>
    toAlertRuleView(await context.engine.alerts.update(ruleOf(context, { id, project }), change)),
  ),

  delete: alerts.delete.handler(async ({ context, input }) => {
    const rule = ruleOf(context, input)
    await context.engine.alerts.delete(rule)
    return { id: rule.id }
  }),

  preview: alerts.preview.handler(({ context, input: { project, ...condition } }) =>
    context.engine.alerts.preview(projectOf(context, { project }).id, condition),
  ),

  history: alerts.history.handler(async ({ context, input }) => {
    const { engine } = context
    const page = await engine.alerts.alerts({
      projectId: projectOf(context, input).id,
      limit: input.limit,
      cursor: input.cursor ?? null,
      ruleId: idFilter('ruleId', AlertRuleId, input.ruleId),
      openOnly: input.state === 'open',
    })
    return { items: page.items.map((alert) => toAlertView(engine, alert)), nextCursor: page.nextCursor }
  }),

  acknowledge: alerts.acknowledge.handler(async ({ context, input }) => {
    const { engine, actor } = context
    return toAlertView(engine, await engine.alerts.acknowledge(projectOf(context, input).id, input.id, actor))
  }),
}

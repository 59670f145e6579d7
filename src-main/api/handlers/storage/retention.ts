import { projectOf } from '../../api-context.ts'
import { toRetentionView, toSweepView } from '../../views/storage/retention-view.ts'
import { procedures } from '../procedures.ts'

const { retention } = procedures

export const retentionHandlers = {
  show: retention.show.handler(({ context, input }) => toRetentionView(context.engine, projectOf(context, input).id)),

  update: retention.update.handler(async ({ context, input: { project, ...change } }) => {
    const { id } = projectOf(context, { project })
    await context.engine.retention.change(id, given(change))
    return toRetentionView(context.engine, id)
  }),

  preview: retention.preview.handler(({ context, input: { project, ...change } }) => {
    const { id } = projectOf(context, { project })
    const { retention: rules } = context.engine
    return rules.preview(id, { ...rules.rule(id), ...given(change) })
  }),

  sweep: retention.sweep.handler(({ context, input }) =>
    toSweepView(context.engine.retention.sweepNow(projectOf(context, input).id)),
  ),

  cancel: retention.cancel.handler(async ({ context, input }) =>
    toSweepView(await context.engine.retention.cancelSweep(projectOf(context, input).id)),
  ),
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Without what is only undefined. */
function given<T extends object>(change: T): Given<T> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Given<T>
}

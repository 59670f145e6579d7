import { projectOf } from '../api-context.ts'
import { placeOf } from '../input/place.ts'
import { toGapReportView } from '../views/gap-view.ts'
import { toSourceView } from '../views/source-view.ts'
import { procedures } from './procedures.ts'

const { sources } = procedures

export const sourceHandlers = {
  list: sources.list.handler(({ context, input }) => ({
    items: context.engine.sources
      .list(projectOf(context, input).id)
      .toReversed()
      .map((source) => toSourceView(source, context.info.captureUrl)),
    nextCursor: null,
  })),

  create: sources.create.handler(async ({ context, input: { project, ...fields } }) => {
    const created = await context.engine.sources.create(projectOf(context, { project }).id, fields)
    return toSourceView(created, context.info.captureUrl)
  }),

  update: sources.update.handler(async ({ context, input: { id, project, ...change } }) => {
    const source = context.engine.sources.resolve(projectOf(context, { project }).id, id)
    return toSourceView(await context.engine.sources.update(source, change), context.info.captureUrl)
  }),

  delete: sources.delete.handler(async ({ context, input }) => {
    const source = context.engine.sources.resolve(projectOf(context, input).id, input.id)
    await context.engine.sources.delete(source)
    return { id: source.id }
  }),
  gaps: sources.gaps.handler(async ({ context, input }) => {
    const { engine } = context
    const source = engine.sources.resolve(projectOf(context, input).id, input.id)
    const resend = engine.providers.find(({ id }) => id === source.provider)?.resend
    const report = await engine.gaps.find(source, {
      since: input.since === undefined ? null : Date.parse(input.since),
      until: input.until === undefined ? null : Date.parse(input.until),
      places: input.sequence === undefined ? null : [placeOf(input.sequence)],
    })
    return toGapReportView(report, resend ?? null)
  }),
}

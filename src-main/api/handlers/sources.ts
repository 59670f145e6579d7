import { type ApiContext, projectOf } from '../api-context.ts'
import { placeOf } from '../input/place.ts'
import { toGapReportView } from '../views/gap-view.ts'
import { toSourceView } from '../views/source-view.ts'
import { procedures } from './procedures.ts'

const { sources } = procedures

function resolve(context: ApiContext, { project, id }: { project?: string | undefined; id: string }) {
  return context.engine.sources.resolve(projectOf(context, { project }).id, id)
}

export const sourceHandlers = {
  list: sources.list.handler(async ({ context, input }) => {
    const newestFirst = context.engine.sources.list(projectOf(context, input).id).toReversed()
    return { items: await Promise.all(newestFirst.map((source) => toSourceView(context, source))), nextCursor: null }
  }),

  create: sources.create.handler(async ({ context, input: { project, ...fields } }) =>
    toSourceView(context, await context.engine.sources.create(projectOf(context, { project }).id, fields)),
  ),

  update: sources.update.handler(async ({ context, input: { id, project, ...change } }) =>
    toSourceView(context, await context.engine.sources.update(resolve(context, { project, id }), change)),
  ),

  resetScript: sources.resetScript.handler(async ({ context, input }) =>
    toSourceView(context, await context.engine.sources.resetScript(resolve(context, input))),
  ),

  rotateIngestKey: sources.rotateIngestKey.handler(async ({ context, input }) =>
    toSourceView(context, await context.engine.sources.rotateIngestKey(resolve(context, input))),
  ),

  delete: sources.delete.handler(async ({ context, input }) => {
    const source = resolve(context, input)
    await context.engine.sources.delete(source)
    return { id: source.id }
  }),
  gaps: sources.gaps.handler(async ({ context, input }) => {
    const { engine } = context
    const source = resolve(context, input)
    const sender = engine.catalog.list(source.projectId).find(({ id }) => id === source.provider)
    const report = await engine.gaps.find(source, {
      since: input.since === undefined ? null : Date.parse(input.since),
      until: input.until === undefined ? null : Date.parse(input.until),
      places: input.sequence === undefined ? null : [placeOf(input.sequence)],
    })
    return toGapReportView(report, sender?.resend ?? null)
  }),
}

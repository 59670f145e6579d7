import { projectOf } from '../api-context.ts'
import { toEventDetail, toEventSummary } from '../views/event-view.ts'
import { composedBody } from './composed-body.ts'
import { procedures } from './procedures.ts'

const { events } = procedures

export const eventHandlers = {
  list: events.list.handler(async ({ context, input }) => {
    const { engine } = context
    const projectId = projectOf(context, input).id
    const page = await engine.events.list({
      projectId,
      limit: input.limit,
      cursor: input.cursor ?? null,
      sourceId: input.source ? engine.sources.resolve(projectId, input.source).id : null,
      type: input.type || null,
      capture: input.capture ?? null,
      verdict: input.verdict ?? null,
      text: input.q || null,
      since: input.since ? Date.parse(input.since) : null,
      until: input.until ? Date.parse(input.until) : null,
    })
    return {
      items: page.items.map((stored) => toEventSummary(engine, stored)),
      nextCursor: page.nextCursor,
    }
  }),

  get: events.get.handler(async ({ context, input }) =>
    toEventDetail(context.engine, await context.engine.events.get(projectOf(context, input).id, input.id)),
  ),

  diagnose: events.diagnose.handler(async ({ context, input }) => {
    const { engine } = context
    return engine.diagnose((await engine.events.get(projectOf(context, input).id, input.id)).event)
  }),

  create: events.create.handler(async ({ context, input }) => {
    const { engine } = context
    const composed = await engine.events.compose(projectOf(context, input).id, {
      ...composedBody(input),
      type: input.type,
      provider: input.provider ?? null,
      idempotencyKey: input.idempotencyKey ?? null,
    })
    return toEventDetail(engine, composed)
  }),

  body: events.body.handler(async ({ context, input }) => {
    const { engine } = context
    const { event } = await engine.events.get(projectOf(context, input).id, input.id)
    const bytes = await engine.events.body(event)
    return new File([new Uint8Array(bytes)], `${event.id}.bin`, { type: 'application/octet-stream' })
  }),

  delete: events.delete.handler(async ({ context, input }) => {
    const { event } = await context.engine.events.get(projectOf(context, input).id, input.id)
    return context.engine.retention.deleteEvent(event)
  }),
}

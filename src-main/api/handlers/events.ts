import { projectOf } from '../api-context.ts'
import { eventFilterOf } from '../input/event-filter.ts'
import { toEventDetail, toEventSchemaView, toEventSummary } from '../views/event-view.ts'
import { composedBody } from './composed-body.ts'
import { manyEventHandlers } from './events/many-events.ts'
import { procedures } from './procedures.ts'

const { events } = procedures

export const eventHandlers = {
  ...manyEventHandlers,

  list: events.list.handler(async ({ context, input, signal }) => {
    const { engine } = context
    const projectId = projectOf(context, input).id
    const page = await engine.events.list({
      projectId,
      filter: eventFilterOf(engine, projectId, input),
      limit: input.limit,
      cursor: input.cursor ?? null,
      signal,
    })
    const drifts = await engine.schemas.drifts(page.items.map(({ event }) => event.id))
    return {
      items: page.items.map((stored) => toEventSummary(engine, stored, drifts.get(stored.event.id))),
      nextCursor: page.nextCursor,
    }
  }),

  count: events.count.handler(async ({ context, input, signal }) => {
    const { engine } = context
    const projectId = projectOf(context, input).id
    const filter = eventFilterOf(engine, projectId, input)
    return engine.events.countFitting({ projectId, filter, most: input.most, signal })
  }),

  get: events.get.handler(async ({ context, input }) => {
    const { engine } = context
    const stored = await engine.events.get(projectOf(context, input).id, input.id)
    const drifts = await engine.schemas.drifts([stored.event.id])
    return toEventDetail(engine, stored, drifts.get(stored.event.id))
  }),

  schema: events.schema.handler(async ({ context, input }) => {
    const { engine } = context
    const { event } = await engine.events.get(projectOf(context, input).id, input.id)
    return toEventSchemaView(await engine.schemas.ofEvent(event))
  }),

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
      headers: input.headers,
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

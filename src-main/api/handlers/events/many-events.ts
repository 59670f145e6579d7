import { toInstant } from '#shared/contract/base.ts'
import type { ClearView } from '#shared/contract/events/many-events.ts'
import type { Clear } from '../../../engine/engine.ts'
import { projectOf } from '../../api-context.ts'
import { procedures } from '../procedures.ts'

const { events } = procedures

export const manyEventHandlers = {
  mark: events.mark.handler(async ({ context, input, signal }) => {
    const { engine } = context
    const { id } = projectOf(context, input)
    const { eventIds, filter = '', read } = input
    if (eventIds) return { marked: await engine.readMarks.mark(id, eventIds, read) }
    return { marked: await engine.readMarks.markFitting(id, engine.events.readFilter(id, filter), read, signal) }
  }),

  deleteNamed: events.deleteNamed.handler(({ context, input }) =>
    context.engine.clears.deleteNamed(projectOf(context, input).id, input.eventIds),
  ),

  clear: events.clear.handler(async ({ context, input }) => {
    const { engine } = context
    const { id } = projectOf(context, input)
    const fits = engine.events.readFilter(id, input.filter)
    const until = input.until === undefined ? null : Date.parse(input.until)
    return toClearView(await engine.clears.begin(id, { filter: input.filter, fits, until }))
  }),

  clearing: events.clearing.handler(({ context, input }) => {
    const clear = context.engine.clears.last(projectOf(context, input).id)
    return { clear: clear && toClearView(clear) }
  }),

  stopClear: events.stopClear.handler(async ({ context, input }) => {
    const clear = await context.engine.clears.cancel(projectOf(context, input).id)
    return { clear: clear && toClearView(clear) }
  }),

  takers: events.takers.handler(({ context, input }) => {
    const { engine } = context
    const body = Buffer.from(input.bodyBase64, 'base64')
    const { type, contentType, headers, provider = null } = input
    const event = engine.events.draft(projectOf(context, input).id, { type, body, contentType, headers, provider })
    const found = engine.events.takers(event, body)
    const { findings } = engine.schemas.judge(event, body)
    return {
      items: found.map(({ id, version, state }) => ({ id, name: version.config.name, isPaused: state === 'paused' })),
      findings: findings && [...findings],
    }
  }),
}

function toClearView(clear: Clear): ClearView {
  const { startedAt, finishedAt } = clear
  return {
    ...clear,
    startedAt: toInstant(startedAt),
    finishedAt: finishedAt === null ? null : toInstant(finishedAt),
  }
}

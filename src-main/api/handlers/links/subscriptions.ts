import { AsyncIteratorClass } from '@orpc/server'
import { toInstant } from '#shared/contract/base.ts'
import type { LinkFrame } from '#shared/model/link/frames.ts'
import type { Stream } from '../../../engine/engine.ts'
import { projectOf } from '../../api-context.ts'
import { startOf } from '../../input/start.ts'
import { toFrame } from '../../views/links/frame-view.ts'
import { toSubscriptionView } from '../../views/links/subscription-view.ts'
import { procedures } from '../procedures.ts'

const { subscriptions } = procedures

export const subscriptionHandlers = {
  list: subscriptions.list.handler(async ({ context, input }) => {
    const { engine } = context
    const projectId = projectOf(context, input).id
    const wanted = input.source === undefined ? null : engine.sources.resolve(projectId, input.source).id
    const all = await engine.subscriptions.list(projectId)
    const items = all.filter(({ source }) => wanted === null || source.id === wanted)
    return { items: items.map(toSubscriptionView), nextCursor: null }
  }),

  create: subscriptions.create.handler(async ({ context, input: { project, source, start, ...input } }) => {
    const { engine, actor } = context
    const projectId = projectOf(context, { project }).id
    const made = await engine.subscriptions.ensure(actor, projectId, {
      ...input,
      filter: input.filter,
      source: engine.sources.resolve(projectId, source),
      start: startOf(start),
    })
    return toSubscriptionView(made)
  }),

  events: subscriptions.events.handler(async ({ context, input: { project, id, subscriber = null, ...input } }) => {
    const { engine, actor, info } = context
    const projectId = projectOf(context, { project }).id
    const stream = await engine.subscriptions.follow(actor, projectId, id, { ...input, subscriber })
    return framesOf(stream, info.version)
  }),

  acknowledge: subscriptions.acknowledge.handler(({ context, input: { project, id, ...input } }) =>
    context.engine.subscriptions.acknowledge(context.actor, projectOf(context, { project }).id, id, input),
  ),

  body: subscriptions.body.handler(async ({ context, input: { project, id, ...input } }) => {
    const projectId = projectOf(context, { project }).id
    const bytes = await context.engine.subscriptions.body(context.actor, projectId, id, input)
    return new File([new Uint8Array(bytes)], `${input.eventId}.bin`, { type: 'application/octet-stream' })
  }),

  report: subscriptions.report.handler(async ({ context, input: { project, id, subscriber = null, outcomes } }) => {
    const projectId = projectOf(context, { project }).id
    await context.engine.subscriptions.report(context.actor, projectId, id, { subscriber, outcomes })
    return { told: outcomes.length }
  }),

  trail: subscriptions.trail.handler(async ({ context, input }) => {
    const { engine } = context
    const { event } = await engine.events.get(projectOf(context, input).id, input.id)
    const [relayed, outcomes] = await Promise.all([
      engine.links.relayed(event.id),
      engine.subscriptions.outcomes(event),
    ])
    return {
      relayed,
      outcomes: outcomes.map(({ eventId: _eventId, subscriptionId: _subscriptionId, at, ...outcome }) => ({
        ...outcome,
        at: toInstant(at),
      })),
    }
  }),

  delete: subscriptions.delete.handler(async ({ context, input }) => {
    const { id } = await context.engine.subscriptions.delete(projectOf(context, input).id, input.id)
    return { id }
  }),
}

/** Read at the pace at which the connection takes it. */
function framesOf(stream: Stream, version: string): AsyncIteratorClass<LinkFrame, void, void> {
  return new AsyncIteratorClass<LinkFrame, void, void>(
    async () => {
      const told = await stream.next()
      return told ? { done: false, value: toFrame(told, version) } : { done: true, value: undefined }
    },
    () => stream.leave(),
  )
}

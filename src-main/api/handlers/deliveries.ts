import { toInstant } from '#shared/contract/base.ts'
import type { Attempt } from '#shared/model/attempt.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import { EndpointId, EventId, ReplayId } from '#shared/model/ids.ts'
import type { Engine } from '../../engine/engine.ts'
import { type ApiContext, projectOf } from '../api-context.ts'
import { toAnswerView, toAttemptView } from '../views/attempt-view.ts'
import { toDeliveryView } from '../views/delivery-view.ts'
import { idFilter } from './id-filter.ts'
import { procedures } from './procedures.ts'

const { deliveries } = procedures

function deliveryOf(context: ApiContext, input: { id: string; project?: string | undefined }): Promise<Delivery> {
  return context.engine.deliveries.get(projectOf(context, input).id, input.id)
}

export const deliveryHandlers = {
  list: deliveries.list.handler(async ({ context, input, signal }) => {
    const { engine } = context
    const projectId = projectOf(context, input).id
    const page = await engine.deliveries.list({
      projectId,
      limit: input.limit,
      cursor: input.cursor ?? null,
      eventId: idFilter('eventId', EventId, input.eventId),
      endpointId: idFilter('endpointId', EndpointId, input.endpointId),
      replayId: idFilter('replayId', ReplayId, input.replayId),
      states: [input.state ?? []].flat(),
      filter: engine.deliveries.readFilter(projectId, input.filter ?? ''),
      signal,
    })
    return { items: page.items.map((delivery) => toDeliveryView(engine, delivery)), nextCursor: page.nextCursor }
  }),

  get: deliveries.get.handler(async ({ context, input }) => {
    const { engine } = context
    const delivery = await deliveryOf(context, input)
    return {
      ...toDeliveryView(engine, delivery),
      forecast: engine.deliveries.forecast(delivery).map((at) => toInstant(at)),
    }
  }),

  attempts: deliveries.attempts.handler(async ({ context, input }) => {
    const { engine } = context
    const delivery = await deliveryOf(context, input)
    const [attempts, raw] = await Promise.all([
      engine.deliveries.attempts(delivery),
      engine.rawAnswers.ofDelivery(delivery),
    ])
    const items = attempts.map((attempt) =>
      toAttemptView(attempt, { timeoutMs: timeoutOf(engine, attempt), raw: raw.get(attempt.id) }),
    )
    return { items: await Promise.all(items) }
  }),

  revealAnswer: deliveries.revealAnswer.handler(async ({ context, input }) => {
    const { engine, actor } = context
    const { answer, at, left } = await engine.rawAnswers.reveal(projectOf(context, input).id, input.id, actor)
    return { id: input.id, response: await toAnswerView(answer), revealedAt: toInstant(at), left }
  }),

  retry: deliveries.retry.handler(async ({ context, input }) => {
    const { engine } = context
    return toDeliveryView(engine, await engine.deliveries.retry(await deliveryOf(context, input)))
  }),

  cancel: deliveries.cancel.handler(async ({ context, input }) => {
    const { engine } = context
    return toDeliveryView(engine, await engine.deliveries.cancel(await deliveryOf(context, input)))
  }),
}

/** The deadline that an attempt had; null unless the version that it used is still the current one. */
function timeoutOf(engine: Engine, { projectId, endpointId, endpointVersionId }: Attempt): number | null {
  const endpoint = endpointId === null ? null : engine.endpoints.find(projectId, endpointId)
  return endpoint?.version.id === endpointVersionId ? (endpoint?.version.config.policy.timeoutMs ?? null) : null
}

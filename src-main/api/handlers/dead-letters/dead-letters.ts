import { toInstant } from '#shared/contract/base.ts'
import type { BulkRetryView } from '#shared/contract/dead-letters/dead-letters.ts'
import { doneOf, type BulkRetry, type DeadLetterFilter } from '#shared/model/bulk-retry.ts'
import { EndpointId } from '#shared/model/ids.ts'
import { type ApiContext, projectOf } from '../../api-context.ts'
import { toDeliveryView } from '../../views/delivery-view.ts'
import { idFilter } from '../id-filter.ts'
import { procedures } from '../procedures.ts'

const { deadLetters } = procedures

interface FilterInput {
  endpointId?: string | undefined
  reason?: DeadLetterFilter['failure'] | undefined
  failedSince?: string | undefined
  failedUntil?: string | undefined
}

function toFilter({ endpointId, reason, failedSince, failedUntil }: FilterInput, field: string): DeadLetterFilter {
  return {
    endpointId: endpointId === 'none' ? endpointId : idFilter(field, EndpointId, endpointId),
    failure: reason ?? null,
    failedSince: failedSince === undefined ? null : Date.parse(failedSince),
    failedUntil: failedUntil === undefined ? null : Date.parse(failedUntil),
  }
}

function toRetryView({ selection: _selection, ...retry }: BulkRetry): BulkRetryView {
  const { createdAt, finishedAt } = retry
  return {
    ...retry,
    done: doneOf(retry),
    createdAt: toInstant(createdAt),
    finishedAt: toInstant(finishedAt),
  }
}

function onRetry(verb: 'getRetry' | 'pauseRetry' | 'resumeRetry' | 'cancelRetry') {
  return async ({ context, input }: { context: ApiContext; input: { id: string; project?: string | undefined } }) =>
    toRetryView(await context.engine.deadLetters[verb](projectOf(context, input).id, input.id))
}

export const deadLetterHandlers = {
  list: deadLetters.list.handler(async ({ context, input }) => {
    const { engine } = context
    const page = await engine.deadLetters.list({
      projectId: projectOf(context, input).id,
      ...toFilter(input, 'endpointId'),
      limit: input.limit,
      cursor: input.cursor ?? null,
    })
    return { items: page.items.map((delivery) => toDeliveryView(engine, delivery)), nextCursor: page.nextCursor }
  }),

  groups: deadLetters.groups.handler(async ({ context, input }) => {
    const { engine } = context
    const { id: projectId } = projectOf(context, input)
    const groups = await engine.deadLetters.groups({ projectId, ...toFilter(input, 'endpointId') })
    return {
      items: groups.map(({ endpointId, failure, count, firstAt, lastAt }) => ({
        endpointId,
        endpointName:
          endpointId === null ? null : (engine.endpoints.find(projectId, endpointId)?.version.config.name ?? null),
        reason: failure,
        count,
        firstAt: toInstant(firstAt),
        lastAt: toInstant(lastAt),
      })),
      total: groups.reduce((sum, { count }) => sum + count, 0),
    }
  }),

  retry: deadLetters.retry.handler(async ({ context, input: { project, ids, filter, ratePerSecond } }) => {
    const { engine, actor } = context
    const selection = ids === undefined ? { filter: toFilter(filter ?? {}, 'filter.endpointId') } : { deliveryIds: ids }
    const wanted = { selection, ratePerSecond }
    return toRetryView(await engine.deadLetters.retry(projectOf(context, { project }).id, wanted, actor))
  }),

  retries: deadLetters.retries.handler(async ({ context, input }) => {
    const page = await context.engine.deadLetters.retries({
      projectId: projectOf(context, input).id,
      limit: input.limit,
      cursor: input.cursor ?? null,
    })
    return { items: page.items.map(toRetryView), nextCursor: page.nextCursor }
  }),

  getRetry: deadLetters.getRetry.handler(onRetry('getRetry')),
  pauseRetry: deadLetters.pauseRetry.handler(onRetry('pauseRetry')),
  resumeRetry: deadLetters.resumeRetry.handler(onRetry('resumeRetry')),
  cancelRetry: deadLetters.cancelRetry.handler(onRetry('cancelRetry')),
}

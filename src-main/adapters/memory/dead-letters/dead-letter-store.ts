import { doneOf, type BulkRetry, type DeadLetterFilter } from '#shared/model/bulk-retry.ts'
import { sumCounts } from '#shared/model/counts.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { DeadLetterGroup, DeadLetterStore } from '#main/engine/ports.ts'
import { newestFirst } from '../newest-first.ts'
import { settled } from '../deliveries/settle-delivery.ts'
import { storedPurpose } from '../deliveries/stored-purpose.ts'
import type { MemoryState } from '../state.ts'

export function createDeadLetterStore(state: MemoryState): DeadLetterStore {
  const all = () =>
    [...state.deliveries.values()]
      .map(({ delivery }) => delivery)
      .filter((delivery) => storedPurpose(state, delivery) !== 'test')

  function bringForward(delivery: Delivery, now: number): Delivery | null {
    const stored = state.deliveries.get(delivery.id)!
    if (stored.delivery.state !== 'failed') return null
    const wanted = { state: 'scheduled', dueAt: now, nextTrigger: 'manual', updatedAt: now } as const
    const next = settled(state, { ...stored.delivery, ...wanted })
    if (next.state === 'canceled') return null
    stored.delivery = next
    return next
  }

  /** What a retry is about, with each one's place in its order. */
  function candidatesOf({ selection, projectId, createdAt }: BulkRetry): { delivery: Delivery; place: number }[] {
    const placed = all().map((delivery, index) => ({ delivery, place: index + 1 }))
    if ('deliveryIds' in selection) {
      const ofId = new Map(placed.map(({ delivery }) => [delivery.id, delivery]))
      return selection.deliveryIds.flatMap((id, index) => {
        const delivery = ofId.get(id)
        return delivery ? [{ delivery, place: index + 1 }] : []
      })
    }
    const { filter } = selection
    return placed.filter(
      ({ delivery }) => delivery.updatedAt <= createdAt && isMeant({ ...filter, projectId }, delivery),
    )
  }

  return {
    groups: async (query) => groupsOf(all().filter((delivery) => isMeant(query, delivery))),

    list: async (query) =>
      newestFirst(
        all().filter((delivery) => isMeant(query, delivery)),
        { id: ({ id }) => id, at: () => 0 },
        query,
      ),

    async createRetry(retry) {
      const counted = { ...retry, total: candidatesOf(retry).length }
      state.bulkRetries.set(retry.id, { retry: counted, cursor: 0 })
      return counted
    },

    async nextOfRetry({ retryId, limit }) {
      const stored = state.bulkRetries.get(retryId)
      if (!stored) return { items: [], cursor: 0 }
      const next = candidatesOf(stored.retry)
        .filter(({ place }) => place > stored.cursor)
        .slice(0, limit)
      const items = next.map(({ delivery }) => ({
        delivery,
        eventAt: state.events.get(delivery.eventId)!.receivedAt,
      }))
      return { items, cursor: next.at(-1)?.place ?? stored.cursor }
    },

    async advanceRetry({ retryId, deliveryIds, refused, cursor, now }) {
      const stored = state.bulkRetries.get(retryId)
      if (stored?.retry.state !== 'running') return null
      const deliveries = deliveryIds.flatMap((id) => bringForward(state.deliveries.get(id)!.delivery, now) ?? [])
      const missed = deliveryIds.length - deliveries.length
      const { retry } = stored
      stored.cursor = cursor
      stored.retry = {
        ...retry,
        retried: retry.retried + deliveries.length,
        refused: sumCounts(sumCounts(retry.refused, refused), missed > 0 ? { delivery_not_retryable: missed } : {}),
      }
      return { retry: stored.retry, deliveries }
    },

    async moveRetry({ retryId, from, to, now }) {
      const stored = state.bulkRetries.get(retryId)
      if (!stored || !from.includes(stored.retry.state)) return null
      const { retry } = stored
      const left = to === 'finished' ? retry.total - doneOf(retry) : 0
      stored.retry = {
        ...retry,
        state: to,
        refused: left > 0 ? sumCounts(retry.refused, { delivery_not_retryable: left }) : retry.refused,
        finishedAt: to === 'finished' || to === 'canceled' ? now : null,
      }
      return stored.retry
    },

    getRetry: async (retryId) => state.bulkRetries.get(retryId)?.retry ?? null,

    listRetries: async (query) =>
      newestFirst(
        [...state.bulkRetries.values()].map(({ retry }) => retry).filter((each) => each.projectId === query.projectId),
        { id: ({ id }) => id, at: ({ createdAt }) => createdAt },
        query,
      ),

    runningRetries: async () =>
      [...state.bulkRetries.values()].map(({ retry }) => retry).filter((retry) => retry.state === 'running'),
  }
}

function isMeant(
  { projectId, endpointId, failure, failedSince, failedUntil }: DeadLetterFilter & { projectId: ProjectId },
  delivery: Delivery,
): boolean {
  return (
    delivery.projectId === projectId &&
    delivery.state === 'failed' &&
    (endpointId === null || (delivery.endpointId ?? 'none') === endpointId) &&
    (failure === null || (delivery.lastFailure ?? 'none') === failure) &&
    (failedSince === null || delivery.updatedAt >= failedSince) &&
    (failedUntil === null || delivery.updatedAt < failedUntil)
  )
}

function groupsOf(deliveries: readonly Delivery[]): DeadLetterGroup[] {
  const groups = Map.groupBy(deliveries, ({ endpointId, lastFailure }) => `${endpointId} ${lastFailure}`)
  return [...groups.values()]
    .map((members) => {
      const times = members.map(({ updatedAt }) => updatedAt)
      return {
        endpointId: members[0]!.endpointId,
        failure: members[0]!.lastFailure,
        count: members.length,
        firstAt: Math.min(...times),
        lastAt: Math.max(...times),
      }
    })
    .toSorted((a, b) => b.count - a.count || b.lastAt - a.lastAt)
}

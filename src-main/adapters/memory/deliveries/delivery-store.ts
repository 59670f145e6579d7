import { DeliveryState } from '#shared/model/delivery.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { DeliveryQuery, DeliveryStore, StateCounts } from '#main/engine/ports.ts'
import { deliveryPasses } from '#shared/model/filter/meaning/event-passes.ts'
import { testedDelivery } from '../events/event-search.ts'
import { claimDue, claimProbe, scheduledLanes } from './claim-due.ts'
import { afterProbe, conclude, recover } from './end-attempt.ts'
import { newestFirst } from '../newest-first.ts'
import { settled } from './settle-delivery.ts'
import type { MemoryState } from '../state.ts'

const NOT_FINAL: readonly DeliveryState[] = ['scheduled', 'held', 'delivering']

export function createDeliveryStore(state: MemoryState): DeliveryStore {
  const all = () => [...state.deliveries.values()].map(({ delivery }) => delivery)

  return {
    lanes: async () => scheduledLanes(state),
    claimDue: async (step) => claimDue(state, step),
    claimProbe: async (step) => claimProbe(state, step),
    conclude: async (step) => conclude(state, step),
    recover: async (step) => recover(state, step),
    get: async (deliveryId) => state.deliveries.get(deliveryId)?.delivery ?? null,
    attempts: async (deliveryId) => state.attempts.get(deliveryId) ?? [],
    requestBody: async (attemptId) => state.requestBodies.get(attemptId)?.slice() ?? null,

    async release({ deliveryId, now }) {
      const stored = state.deliveries.get(deliveryId)
      if (!stored?.lease) return
      const { delivery } = stored
      const attempts = delivery.attempts - 1
      const nextTrigger = afterProbe(delivery.nextTrigger)
      stored.lease = null
      const due = { ...delivery, state: 'scheduled', dueAt: now } as const
      stored.delivery = settled(state, { ...due, nextTrigger, attempts, updatedAt: now })
    },

    async shiftDue({ byMs, until }) {
      for (const stored of state.deliveries.values()) {
        const { delivery } = stored
        if (delivery.dueAt === null || delivery.updatedAt > until) continue
        stored.delivery = { ...delivery, dueAt: delivery.dueAt + byMs }
      }
    },

    list: async (query) =>
      newestFirst(
        all().filter((delivery) => matches(state, query, delivery)),
        { id: ({ id }) => id, at: ({ createdAt }) => createdAt },
        query,
      ),

    async bringForward({ deliveryId, from, trigger, now }) {
      const stored = state.deliveries.get(deliveryId)
      if (!stored || !from.includes(stored.delivery.state)) return null
      const wanted = { state: 'scheduled', dueAt: now, nextTrigger: trigger, updatedAt: now } as const
      const next = settled(state, { ...stored.delivery, ...wanted })
      if (next.state === 'canceled') return null
      stored.delivery = next
      return next
    },

    async cancel({ deliveryId, now }) {
      const stored = state.deliveries.get(deliveryId)
      if (!stored || !['scheduled', 'held'].includes(stored.delivery.state)) return null
      stored.delivery = { ...stored.delivery, state: 'canceled', dueAt: null, updatedAt: now }
      return stored.delivery
    },

    countWaiting: async (endpointId) =>
      all().filter((delivery) => delivery.endpointId === endpointId && NOT_FINAL.includes(delivery.state)).length,

    async countByState(projectId) {
      const counts = Object.fromEntries(DeliveryState.options.map((name) => [name, 0])) as Record<DeliveryState, number>
      for (const delivery of all()) if (delivery.projectId === projectId) counts[delivery.state]++
      return counts satisfies StateCounts
    },
  }
}

function matches(state: MemoryState, query: DeliveryQuery, delivery: Delivery): boolean {
  return (
    delivery.projectId === query.projectId &&
    (query.eventId === null || delivery.eventId === query.eventId) &&
    (query.endpointId === null || delivery.endpointId === query.endpointId) &&
    (query.replayId === null || delivery.replayId === query.replayId) &&
    (query.states.length === 0 || query.states.includes(delivery.state)) &&
    deliveryPasses(query.filter ?? [], testedDelivery(state, delivery))
  )
}

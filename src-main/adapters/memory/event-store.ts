import { EMPTY_TALLY, type DeliveryState, type DeliveryTally } from '#shared/model/delivery.ts'
import type { EventId } from '#shared/model/ids.ts'
import type { EventStore } from '#main/engine/ports.ts'
import { appendEvent } from './append-event.ts'
import { matchesQuery } from './event-search.ts'
import { newestFirst } from './newest-first.ts'
import type { MemoryState } from './state.ts'

export function createEventStore(state: MemoryState): EventStore {
  const withTally = (eventId: EventId) => {
    const event = state.events.get(eventId)
    return event ? { event, tally: tallyOf(state, eventId) } : null
  }

  return {
    append: async (entry) => appendEvent(state, entry),
    get: async (eventId) => withTally(eventId),

    async list(query) {
      const found = [...state.events.values()].filter((event) => matchesQuery(state, query, event))
      const page = newestFirst(found, { id: ({ id }) => id, at: ({ receivedAt }) => receivedAt }, query)
      return { ...page, items: page.items.map((event) => ({ event, tally: tallyOf(state, event.id) })) }
    },

    tallies: async (eventIds) =>
      new Map(eventIds.filter((id) => state.events.has(id)).map((id) => [id, tallyOf(state, id)])),

    body: async (eventId) => state.bodies.get(eventId)?.slice() ?? null,
    count: async (projectId) => [...state.events.values()].filter((event) => event.projectId === projectId).length,
  }
}

function tallyOf(state: MemoryState, eventId: EventId): DeliveryTally {
  const tally = { ...EMPTY_TALLY }
  for (const { delivery } of state.deliveries.values()) {
    if (delivery.eventId !== eventId) continue
    const column = tallyColumn(delivery.state)
    tally.total++
    if (column) tally[column]++
  }
  return tally
}

function tallyColumn(state: DeliveryState): keyof DeliveryTally | null {
  switch (state) {
    case 'scheduled':
    case 'delivering':
      return 'pending'
    case 'simulated':
      return null
    case 'succeeded':
    case 'failed':
    case 'held':
    case 'canceled':
      return state
  }
}

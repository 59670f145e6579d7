import { EMPTY_TALLY, type DeliveryState, type DeliveryTally } from '#shared/model/delivery.ts'
import type { EventId } from '#shared/model/ids.ts'
import type { AppendedEvent, AppendEvent, EventStore } from '#main/engine/ports.ts'
import { matchesQuery } from './event-search.ts'
import { newestFirst } from './newest-first.ts'
import { addDeliveries } from './deliveries/settle-delivery.ts'
import type { MemoryState } from './state.ts'

export function createEventStore(state: MemoryState): EventStore {
  const withTally = (eventId: EventId) => {
    const event = state.events.get(eventId)
    return event ? { event, tally: tallyOf(state, eventId) } : null
  }

  return {
    append: async (entry) => append(state, entry),
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

function append(state: MemoryState, { event, body, deliveries, idempotency }: AppendEvent): AppendedEvent {
  const key = idempotency && `${event.projectId} ${idempotency.key}`
  const earlier = key === null ? undefined : state.idempotency.get(key)
  if (idempotency && earlier && earlier.expiresAt > event.receivedAt) {
    if (earlier.fingerprint !== idempotency.fingerprint) return { kind: 'mismatch' }
    return { kind: 'repeated', eventId: earlier.eventId }
  }
  if (state.events.has(event.id)) throw new Error(`${event.id} is stored already`)
  const stored = addDeliveries(state, deliveries)
  state.events.set(event.id, event)
  state.bodies.set(event.id, body.slice())
  if (idempotency && key !== null) {
    const { fingerprint, expiresAt } = idempotency
    state.idempotency.set(key, { fingerprint, expiresAt, eventId: event.id })
  }
  return { kind: 'appended', deliveries: stored }
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

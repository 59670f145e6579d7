import { type DeliveryTally, tallyOf } from '#shared/model/delivery.ts'
import type { EventRecord } from '#shared/model/event.ts'
import { NO_FINDINGS } from '#shared/model/findings.ts'
import type { EventId } from '#shared/model/ids.ts'
import type { EventStore } from '#main/engine/ports.ts'
import { appendEvent, appendEvents } from './append-event.ts'
import { fittingEvents } from './event-search.ts'
import { newestFirst } from '../newest-first.ts'
import type { MemoryState } from '../state.ts'

export function createEventStore(state: MemoryState): EventStore {
  const stored = (event: EventRecord) => ({
    event,
    findings: { ...(state.findings.get(event.id) ?? NO_FINDINGS), isRead: state.read.has(event.id) },
    tally: tally(state, event.id),
  })
  const find = (eventId: EventId) => {
    const event = state.events.get(eventId)
    return event ? stored(event) : null
  }

  return {
    append: async (entry) => appendEvent(state, entry),
    appendAll: async (entries) => appendEvents(state, entries),
    get: async (eventId) => find(eventId),

    async list({ projectId, filter, signal, ...query }) {
      signal?.throwIfAborted()
      const found = fittingEvents(state, projectId, filter)
      const page = newestFirst(found, { id: ({ id }) => id, at: ({ receivedAt }) => receivedAt }, query)
      return { ...page, items: page.items.map(stored) }
    },

    async countFitting({ projectId, filter, most, signal }) {
      signal?.throwIfAborted()
      const { length } = fittingEvents(state, projectId, filter)
      return { count: Math.min(length, most), isMore: length > most }
    },

    async sightings({ sourceId, since, until, ...page }) {
      const found = [...state.events.values()]
        .filter((event) => event.sourceId === sourceId && event.receivedAt >= since && event.receivedAt < until)
        .map(({ id, receivedAt, capture }) => ({ eventId: id, receivedAt, capture }))
      return newestFirst(found, { id: ({ eventId }) => eventId, at: ({ receivedAt }) => receivedAt }, page)
    },

    tallies: async (eventIds) =>
      new Map(eventIds.filter((id) => state.events.has(id)).map((id) => [id, tally(state, id)])),

    body: async (eventId) => state.bodies.get(eventId)?.slice() ?? null,
    count: async (projectId) => [...state.events.values()].filter((event) => event.projectId === projectId).length,
  }
}

function tally(state: MemoryState, eventId: EventId): DeliveryTally {
  return tallyOf(
    [...state.deliveries.values()].flatMap(({ delivery }) => (delivery.eventId === eventId ? [delivery] : [])),
  )
}

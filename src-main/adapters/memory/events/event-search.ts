import type { EventRecord } from '#shared/model/event.ts'
import type { EventQuery } from '#main/engine/ports.ts'
import type { MemoryState } from '../state.ts'

/** How much of a body a text search reads. */
const SEARCHED_BODY_BYTES = 256 * 1024

/** Whether an event is one that the query asks for. */
export function matchesQuery(state: MemoryState, query: EventQuery, event: EventRecord): boolean {
  return (
    event.projectId === query.projectId &&
    (query.sourceId === null || event.sourceId === query.sourceId) &&
    (query.type === null || matchesType(query.type, event.type)) &&
    (query.capture === null || event.capture === query.capture) &&
    (query.since === null || event.receivedAt >= query.since) &&
    (query.until === null || event.receivedAt < query.until) &&
    (query.text === null || containsText(state, event, query.text))
  )
}

function matchesType(filter: string, type: string): boolean {
  if (filter === '*') return true
  return filter.endsWith('.*') ? type.startsWith(filter.slice(0, -1)) : type === filter
}

function containsText(state: MemoryState, event: EventRecord, text: string): boolean {
  const body = state.bodies.get(event.id)?.subarray(0, SEARCHED_BODY_BYTES)
  const places = [
    event.type,
    event.query === null ? event.path : `${event.path}?${event.query}`,
    ...event.headers.flat(),
    new TextDecoder().decode(body),
  ]
  const wanted = text.toLowerCase()
  return places.some((place) => place.toLowerCase().includes(wanted))
}

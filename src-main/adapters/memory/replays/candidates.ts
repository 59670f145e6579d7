import type { EventRecord } from '#shared/model/event.ts'
import type { EndpointId, ReplayId } from '#shared/model/ids.ts'
import type { CandidateQuery, Candidates, EventPlace, ReplayCandidate } from '#main/engine/ports.ts'
import { storedPurpose } from '../deliveries/stored-purpose.ts'
import { isBefore, placedEvents } from '../placed-events.ts'
import type { MemoryState } from '../state.ts'

/** What a replay may be about, page by page, oldest first. */
export function candidates(state: MemoryState, query: CandidateQuery): Candidates {
  const { selection } = query
  if ('eventIds' in selection) return named(state, selection.eventIds, query)
  if ('collectedBy' in selection) return collected(state, selection.collectedBy, query)
  const { since, until, endpointId } = selection.outage
  const found = placedEvents(state, query.projectId)
    .filter(({ place }) => query.after === null || isBefore(query.after, place))
    .filter(({ event: { receivedAt } }) => receivedAt >= since && receivedAt < until)
    .filter(({ event: { receivedAt } }) => receivedAt <= query.until)
    .slice(0, query.limit)
  const items = found.map(({ event, place }) => toCandidate(state, { event, place, endpointId }))
  return { items, next: items.length === query.limit ? (items.at(-1)?.place ?? null) : null }
}

function named(state: MemoryState, ids: readonly EventRecord['id'][], { after, limit }: CandidateQuery): Candidates {
  const begin = after?.key ?? 0
  const end = Math.min(begin + limit, ids.length)
  const items = ids.slice(begin, end).flatMap((id, index) => {
    const event = state.events.get(id)
    const place = { receivedAt: 0, key: begin + index + 1 }
    return event ? [toCandidate(state, { event, place, endpointId: null })] : []
  })
  return {
    items,
    next: end < ids.length ? { receivedAt: 0, key: end } : null,
  }
}

/** From the last that was found, which is the oldest. */
function collected(state: MemoryState, replayId: ReplayId, { after, limit }: CandidateQuery): Candidates {
  const all = state.replays.get(replayId)?.collected ?? []
  const end = Math.min(all.length, after === null ? all.length : after.key - 1)
  const begin = Math.max(0, end - limit)
  const items = all.slice(begin, end).map((id, index) => {
    const event = state.events.get(id)
    const place = { receivedAt: 0, key: begin + index + 1 }
    return event ? toCandidate(state, { event, place, endpointId: null }) : null
  })
  return {
    items: items.filter((item) => item !== null).toReversed(),
    next: begin > 0 ? { receivedAt: 0, key: begin + 1 } : null,
  }
}

function toCandidate(
  state: MemoryState,
  { event, place, endpointId }: { event: EventRecord; place: EventPlace; endpointId: EndpointId | null },
): ReplayCandidate {
  const { id, projectId, sourceId, type, capture, origin, receivedAt } = event
  const all = endpointId === null ? [] : [...state.deliveries.values()].map(({ delivery }) => delivery)
  const deliveries = all
    .filter((delivery) => delivery.eventId === id && delivery.endpointId === endpointId)
    .map((delivery) => ({ id: delivery.id, state: delivery.state, purpose: storedPurpose(state, delivery) }))
  return { event: { id, projectId, sourceId, type, capture, origin, receivedAt }, place, deliveries }
}

import type { DeliveryView } from '#shared/contract/deliveries.ts'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import type { EventSummary } from '#shared/contract/events.ts'
import type { FeedItem } from '#shared/contract/feed.ts'
import type { Api } from '../../connection.ts'
import { type FeedOrder, followFeed } from '../../live/follow-feed.ts'

/** What happens to what is listened to. */
export type ListenChange =
  | { type: 'event.captured'; event: EventSummary }
  | { type: 'event.repeated'; eventId: string; repeats: number }
  | { type: 'delivery.changed'; delivery: DeliveryView }
  | { type: 'endpoint.changed'; endpoint: EndpointView }
  /** The link stands, for the first time or again. */
  | { type: 'ready' }

export interface ListenPlace {
  sourceId: string
  endpointId: string
}

/** How much is read again after a cut. */
const PAGE = 200

/** Each change once, in the order in which the relay told it; what happened during a cut comes after it. */
export async function* followListen(order: FeedOrder, place: ListenPlace): AsyncGenerator<ListenChange> {
  const { connect } = order
  const begun = await connect().events.list({ source: place.sourceId, limit: 1 })
  const memory = createMemory(begun.items)
  for await (const item of followFeed(order)) {
    if (item.type === 'ready' || item.type === 'gap') {
      if (item.type === 'ready') yield { type: 'ready' }
      yield* catchUp(connect(), place, memory)
    } else {
      yield* changesOf(item, { api: connect(), place, memory })
    }
  }
}

interface Where {
  api: Api
  place: ListenPlace
  memory: ReturnType<typeof createMemory>
}

async function* changesOf(item: FeedItem, { api, place, memory }: Where): AsyncGenerator<ListenChange> {
  if (item.type === 'event.captured') {
    if (item.event.sourceId === place.sourceId && memory.isNewEvent(item.event)) yield item
  } else if (item.type === 'event.repeated') {
    if (memory.knows(item.eventId)) yield item
  } else if (item.type === 'endpoint.changed') {
    const { type, endpointId: id } = item
    if (id === place.endpointId) yield { type, endpoint: await api.endpoints.get({ id }) }
  } else if (item.type === 'delivery.changed') {
    if (item.delivery.endpointId === place.endpointId) yield* delivered(api, item.delivery, memory)
  }
}

/** An older event that is sent now, held until then or replayed, is told before its delivery. */
async function* delivered(api: Api, delivery: DeliveryView, memory: Where['memory']): AsyncGenerator<ListenChange> {
  if (!memory.isNewState(delivery)) return
  if (!memory.knows(delivery.eventId)) {
    const event = await api.events.get({ id: delivery.eventId })
    memory.isNewEvent(event)
    yield { type: 'event.captured', event }
  }
  yield { type: 'delivery.changed', delivery }
}

async function* catchUp(api: Api, place: ListenPlace, memory: Where['memory']): AsyncGenerator<ListenChange> {
  const { sourceId, endpointId } = place
  const events = await api.events.list({ source: sourceId, limit: PAGE })
  const missed = events.items.filter((event) => memory.isLater(event) && memory.isNewEvent(event))
  for (const event of missed.toReversed()) yield { type: 'event.captured', event }
  const deliveries = await api.deliveries.list({ endpointId, limit: PAGE })
  for (const delivery of deliveries.items.toReversed()) {
    if (memory.knows(delivery.eventId)) yield* delivered(api, delivery, memory)
  }
}

/** What was told already, and where telling began. */
function createMemory([last]: readonly EventSummary[]) {
  const events = new Set<string>()
  const updates = new Map<string, string>()
  return {
    knows: (eventId: string) => events.has(eventId),
    isLater: ({ id, receivedAt }: EventSummary) =>
      last === undefined || (receivedAt >= last.receivedAt && id !== last.id),
    isNewEvent({ id }: EventSummary): boolean {
      if (events.has(id)) return false
      events.add(id)
      return true
    },
    isNewState({ id, state, updatedAt }: DeliveryView): boolean {
      const told = `${updatedAt} ${state}`
      if (updates.get(id) === told) return false
      updates.set(id, told)
      return true
    },
  }
}

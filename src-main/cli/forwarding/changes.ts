import type { DeliveryView } from '#shared/contract/deliveries.ts'
import type { EndpointView } from '#shared/contract/endpoints.ts'
import type { EventSummary } from '#shared/contract/events.ts'
import type { FeedItem } from '#shared/contract/feed.ts'
import type { LinkView } from '#shared/contract/links/links.ts'
import type { Api } from '../connection.ts'
import { type FeedOrder, followFeed } from '../live/follow-feed.ts'

/** What happens to what is forwarded. */
export type ForwardChange =
  | { type: 'event.captured'; event: EventSummary }
  | { type: 'event.repeated'; eventId: string; repeats: number }
  | { type: 'delivery.changed'; delivery: DeliveryView }
  /** It was paused or goes on. */
  | { type: 'endpoint.changed'; endpoint: EndpointView }
  /** How the link to a relay stands that feeds the source: told at first, and whenever it changes. */
  | { type: 'link.changed'; link: LinkView }
  /** Forwarding was set going. */
  | ({ type: 'begun' } & Begun)
  /** The feed stands, for the first time or again. */
  | { type: 'ready' }

export interface ForwardPlace {
  sourceId: string
  endpointId: string
  /** A link feeds it. */
  isLinked?: boolean
  /** Sets forwarding going, once all that comes of it will be seen. */
  begin(): Promise<Begun>
}

export interface Begun {
  endpoint: EndpointView
  /** What was done, in sentences. */
  notes: readonly string[]
}

/** How much is read again after a cut. */
const PAGE = 200

/** Each change once, in the order in which the relay told it; what happened during a cut comes after it. */
export async function* followForwarding(order: FeedOrder, place: ForwardPlace): AsyncGenerator<ForwardChange> {
  const { connect } = order
  const begun = await connect().events.list({ source: place.sourceId, limit: 1 })
  const memory = createMemory(begun.items)
  let isBegun = false
  for await (const item of followFeed(order)) {
    if (item.type === 'ready' || item.type === 'gap') {
      if (!isBegun) {
        const begun = await place.begin()
        memory.isNewStanding(begun.endpoint)
        yield { type: 'begun', ...begun }
      }
      isBegun = true
      if (item.type === 'ready') yield { type: 'ready' }
      if (place.isLinked) yield await linkOf(connect(), place)
      yield* catchUp(connect(), place, memory)
    } else {
      yield* changesOf(item, { api: connect(), place, memory })
    }
  }
}

interface Where {
  api: Api
  place: ForwardPlace
  memory: ReturnType<typeof createMemory>
}

async function* changesOf(item: FeedItem, { api, place, memory }: Where): AsyncGenerator<ForwardChange> {
  if (item.type === 'event.captured') {
    if (item.event.sourceId === place.sourceId && memory.isNewEvent(item.event)) yield item
  } else if (item.type === 'event.repeated') {
    if (memory.knows(item.eventId)) yield item
  } else if (item.type === 'endpoint.changed') {
    const { type, endpointId: id } = item
    if (id !== place.endpointId) return
    const endpoint = await api.endpoints.get({ id })
    if (memory.isNewStanding(endpoint)) yield { type, endpoint }
  } else if (item.type === 'link.changed') {
    if (place.isLinked && item.sourceId === place.sourceId) yield await linkOf(api, place)
  } else if (item.type === 'delivery.changed') {
    if (item.delivery.endpointId === place.endpointId) yield* delivered(api, item.delivery, memory)
  }
}

async function linkOf(api: Api, { sourceId }: ForwardPlace): Promise<ForwardChange> {
  return { type: 'link.changed', link: await api.links.get({ id: sourceId }) }
}

/** An older event that is sent now, held until then or replayed, is told before its delivery. */
async function* delivered(api: Api, delivery: DeliveryView, memory: Where['memory']): AsyncGenerator<ForwardChange> {
  if (!memory.isNewState(delivery)) return
  if (!memory.knows(delivery.eventId)) {
    const event = await api.events.get({ id: delivery.eventId })
    memory.isNewEvent(event)
    yield { type: 'event.captured', event }
  }
  yield { type: 'delivery.changed', delivery }
}

async function* catchUp(api: Api, place: ForwardPlace, memory: Where['memory']): AsyncGenerator<ForwardChange> {
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
  const deliveries = new Map<string, DeliveryView>()
  let standing = ''
  return {
    knows: (eventId: string) => events.has(eventId),
    isLater: ({ id, receivedAt }: EventSummary) =>
      last === undefined || (receivedAt >= last.receivedAt && id !== last.id),
    isNewEvent({ id }: EventSummary): boolean {
      if (events.has(id)) return false
      events.add(id)
      return true
    },
    /** An endpoint changes with each failure in a row, too. */
    isNewStanding({ state, pausedReason }: EndpointView): boolean {
      const told = `${state} ${pausedReason}`
      if (standing === told) return false
      standing = told
      return true
    },
    isNewState(delivery: DeliveryView): boolean {
      const last = deliveries.get(delivery.id)
      if (last !== undefined && !isAfter(delivery, last)) return false
      deliveries.set(delivery.id, delivery)
      return true
    },
  }
}

/** What was read after a cut may be newer than what the feed tells next. An attempt is counted as it begins. */
function isAfter(one: DeliveryView, other: DeliveryView): boolean {
  if (one.attempts !== other.attempts) return one.attempts > other.attempts
  if (one.state === other.state) return one.updatedAt !== other.updatedAt
  return one.state !== 'delivering'
}

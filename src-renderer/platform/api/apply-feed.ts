import type { QueryKey } from '@tanstack/react-query'
import type { DeliveryView } from '#shared/contract/deliveries.ts'
import type { EventSummary } from '#shared/contract/events.ts'
import type { FeedItem } from '#shared/contract/feed.ts'
import type { StatusView } from '#shared/contract/system.ts'
import {
  type Asked,
  askedOf,
  hasRow,
  mapRows,
  type Pages,
  prependRows,
  wantsDelivery,
  wantsEvent,
} from './list-pages.ts'
import type { Session } from './session.ts'
import { createThrottle } from '../browser/throttle.ts'

const REFRESH_EVERY_MS = 400

function editLists<T>(session: Session, key: QueryKey, edit: (pages: Pages<T>, asked: Asked) => Pages<T>): void {
  for (const query of session.queries.getQueryCache().findAll({ queryKey: key })) {
    session.queries.setQueryData<Pages<T>>(query.queryKey, (pages) => pages && edit(pages, askedOf(query.queryKey)))
  }
}

function applyCaptured(session: Session, captured: readonly EventSummary[]): void {
  const { api, queries } = session
  const newestFirst = captured.toReversed()
  editLists<EventSummary>(session, api.events.list.key({ type: 'infinite' }), (pages, asked) => {
    // Only the engine knows which events hold a text: those lists are asked for again.
    if (asked.q !== undefined) return pages
    const wanted = newestFirst.filter((event) => wantsEvent(asked, event) && !hasRow(pages, event.id))
    return prependRows(pages, wanted)
  })
  queries.setQueriesData<StatusView>({ queryKey: api.system.status.key() }, (status) =>
    status === undefined ? status : { ...status, events: status.events + captured.length },
  )
}

function applyTallies(session: Session, items: readonly (FeedItem & { type: 'event.tally' })[]): void {
  const { api, queries } = session
  const tallies = new Map(items.map((item) => [item.eventId, item.deliveries]))
  const patch = <T extends { id: string }>(event: T): T => {
    const deliveries = tallies.get(event.id)
    return deliveries === undefined ? event : { ...event, deliveries }
  }
  editLists<EventSummary>(session, api.events.list.key({ type: 'infinite' }), (pages) => mapRows(pages, patch))
  for (const id of tallies.keys()) {
    queries.setQueryData(api.events.get.queryKey({ input: { id } }), (event) => event && patch(event))
  }
}

function applyDeliveries(session: Session, changed: readonly DeliveryView[]): void {
  const { api, queries } = session
  const latest = new Map<string, DeliveryView>(changed.map((delivery) => [delivery.id, delivery]))
  editLists<DeliveryView>(session, api.deliveries.list.key({ type: 'infinite' }), (pages, asked) => {
    const newestId = pages.pages[0]?.items[0]?.id ?? ''
    const fresh = [...latest.values()].filter((row) => row.id > newestId && wantsDelivery(asked, row))
    const kept = mapRows(pages, (row) => {
      const next = latest.get(row.id)
      return next === undefined ? row : wantsDelivery(asked, next) ? next : null
    })
    return prependRows(
      kept,
      fresh.toSorted((a, b) => (a.id < b.id ? 1 : -1)),
    )
  })
  for (const { id } of latest.values()) {
    void queries.invalidateQueries({ queryKey: api.deliveries.get.key({ input: { id } }) })
    void queries.invalidateQueries({ queryKey: api.deliveries.attempts.key({ input: { id } }) })
  }
  void queries.invalidateQueries({ queryKey: api.deliveries.list.key({ type: 'query' }) })
}

function applyRest({ api, queries }: Session, item: FeedItem): void {
  const readAgain = (queryKey: QueryKey): void => void queries.invalidateQueries({ queryKey })
  if (item.type === 'gap') void queries.invalidateQueries()
  if (item.type === 'endpoint.changed') readAgain(api.endpoints.key())
  if (item.type === 'source.changed') readAgain(api.sources.key())
  if (item.type === 'project.changed') readAgain(api.projects.key())
  if (item.type === 'replay.changed') readAgain(api.replays.get.key({ input: { id: item.replayId } }))
}

/** Keeps the query cache true to what the feed tells. */
export function createFeedApplier(session: Session): (items: readonly FeedItem[]) => void {
  const { api, queries } = session
  const refreshStatus = createThrottle(REFRESH_EVERY_MS, () =>
    queries.invalidateQueries({ queryKey: api.system.status.key() }),
  )
  const refreshSearches = createThrottle(REFRESH_EVERY_MS, () =>
    queries.invalidateQueries({
      queryKey: api.events.list.key(),
      predicate: ({ queryKey }) => askedOf(queryKey).q !== undefined,
    }),
  )
  const refreshDeliveries = createThrottle(REFRESH_EVERY_MS, () =>
    queries.invalidateQueries({ queryKey: api.deliveries.list.key() }),
  )
  return (items) => {
    const captured = items.filter((item) => item.type === 'event.captured').map((item) => item.event)
    const tallies = items.filter((item) => item.type === 'event.tally')
    const deliveries = items.filter((item) => item.type === 'delivery.changed').map((item) => item.delivery)
    if (captured.length > 0) {
      applyCaptured(session, captured)
      refreshSearches()
      // New deliveries are told with their event, as a tally only.
      if (captured.some(({ deliveries: { total } }) => total > 0)) refreshDeliveries()
    }
    if (tallies.length > 0) applyTallies(session, tallies)
    if (deliveries.length > 0) applyDeliveries(session, deliveries)
    for (const item of items) applyRest(session, item)
    refreshStatus()
  }
}

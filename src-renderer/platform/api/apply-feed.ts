import type { DeliveryView } from '#shared/contract/deliveries.ts'
import type { EventSummary } from '#shared/contract/events.ts'
import type { FeedItem } from '#shared/contract/feed.ts'
import { createThrottle } from '../browser/throttle.ts'
import { type CacheEdits, createCacheEdits } from './cache-edits.ts'
import { asksDeliveries, judgeDelivery, judgeEvent } from '../filter/judge.ts'
import { askedOf, hasRow, mapRows, type Pages, prependRows } from '../lists/list-pages.ts'
import { createUnsureRows, type UnsureRows } from '../lists/unsure-rows.ts'
import type { Session } from './session.ts'

const REFRESH_EVERY_MS = 400
/** As many rows as one answer holds. */
const MOST_ASKED = 200
/** Figures of a day move slowly. */
const FIGURES_EVERY_MS = 2_000
/** What is drawn over time is counted a moment after it happened. */
const OVERVIEW_EVERY_MS = 4_000

type Api = Session['api']

interface Cached {
  edits: CacheEdits
  unsureEvents: UnsureRows
  unsureDeliveries: UnsureRows
}

function applyCaptured(
  api: Api,
  { edits, unsureEvents, unsureDeliveries }: Cached,
  captured: readonly EventSummary[],
): void {
  const newestFirst = captured.toReversed()
  edits.edit<Pages<EventSummary>>(api.events.list.key({ type: 'infinite' }), (pages, key) => {
    const { filter = '' } = askedOf(key)
    const judged = newestFirst.map((event) => ({ event, belongs: judgeEvent(filter, event, Date.now()) }))
    // Only the engine knows which events hold a text.
    const unsure = judged.flatMap(({ event, belongs }) => (belongs === null ? event.id : []))
    if (unsure.length > 0) unsureEvents.add(key, unsure)
    const wanted = judged.filter(({ event, belongs }) => belongs === true && !hasRow(pages, event.id))
    return prependRows(
      pages,
      wanted.map(({ event }) => event),
    )
  })
  // An event tells what was made of it.
  if (captured.some(({ editedFrom }) => editedFrom !== null)) edits.readAgain(api.events.list.key({ type: 'query' }))
  // New deliveries are told with their event, as a tally only.
  const sent = captured.flatMap(({ id, deliveries }) => (deliveries.total > 0 ? id : []))
  if (sent.length > 0) addToDeliveries(api, { edits, unsureDeliveries }, sent)
}

function addToDeliveries(
  api: Api,
  { edits, unsureDeliveries }: Pick<Cached, 'edits' | 'unsureDeliveries'>,
  eventIds: readonly string[],
): void {
  edits.edit<Pages<DeliveryView>>(api.deliveries.list.key({ type: 'infinite' }), (pages, key) => {
    unsureDeliveries.add(key, eventIds)
    return pages
  })
}

interface EventChange {
  eventId: string
  change: Partial<EventSummary>
}

function eventChangesOf(item: FeedItem): EventChange[] {
  if (item.type === 'event.drifted') return [{ eventId: item.eventId, change: { drift: item.drift } }]
  if (item.type === 'event.tally') return [{ eventId: item.eventId, change: { deliveries: item.deliveries } }]
  return item.type === 'event.repeated' ? [{ eventId: item.eventId, change: { repeats: item.repeats } }] : []
}

/** Changes what is shown of events, each to the latest that is told of it. */
function applyToEvents(api: Api, { edits, unsureEvents }: Cached, told: readonly EventChange[]): void {
  const changes = new Map<string, Partial<EventSummary>>()
  for (const { eventId, change } of told) changes.set(eventId, { ...changes.get(eventId), ...change })
  const patch = <T extends { id: string }>(event: T): T => {
    const change = changes.get(event.id)
    return change === undefined ? event : { ...event, ...change }
  }
  const moved = told.flatMap(({ eventId, change }) => (change.deliveries === undefined ? [] : eventId))
  unsureEvents.note([...changes.keys()])
  edits.edit<Pages<EventSummary>>(api.events.list.key({ type: 'infinite' }), (pages, key) => {
    // Of an event it is told how many deliveries stand how, not which.
    if (moved.length > 0 && asksDeliveries(askedOf(key).filter ?? '')) unsureEvents.add(key, moved)
    return mapRows(pages, patch)
  })
  for (const id of changes.keys()) edits.edit<EventSummary>(api.events.get.key({ input: { id } }), patch)
}

function applyDeliveries(api: Api, { edits, unsureDeliveries }: Cached, changed: readonly DeliveryView[]): void {
  const latest = new Map<string, DeliveryView>(changed.map((delivery) => [delivery.id, delivery]))
  edits.edit<Pages<DeliveryView>>(api.deliveries.list.key({ type: 'infinite' }), (pages, key) => {
    const { filter = '' } = askedOf(key)
    const belongs = (row: DeliveryView) => judgeDelivery(filter, row, Date.now())
    const newestId = pages.pages[0]?.items[0]?.id ?? ''
    const added = [...latest.values()].filter((row) => belongs(row) !== false && !hasRow(pages, row.id))
    const fresh = added.filter((row) => row.id > newestId && belongs(row) === true)
    // One that came to fit has its place further down, and of some only the engine knows.
    const unsure = [...latest.values()].filter(
      (row) => belongs(row) === null || (added.includes(row) && !fresh.includes(row)),
    )
    if (filter !== '' && unsure.length > 0) {
      unsureDeliveries.add(
        key,
        unsure.map(({ eventId }) => eventId),
      )
    }
    const kept = mapRows(pages, (row) => {
      const next = latest.get(row.id)
      return next === undefined ? row : belongs(next) === false ? null : next
    })
    return prependRows(
      kept,
      fresh.toSorted((a, b) => (a.id < b.id ? 1 : -1)),
    )
  })
  unsureDeliveries.note([...latest.values()].map(({ eventId }) => eventId))
  for (const { id } of latest.values()) {
    edits.readAgain(api.deliveries.get.key({ input: { id } }))
    edits.readAgain(api.deliveries.attempts.key({ input: { id } }))
  }
}

/** Too many to be named: all that are shown. */
function applyMarkedAll(api: Api, edits: CacheEdits, isRead: boolean): void {
  const mark = <T extends EventSummary>(event: T): T => (event.isRead === isRead ? event : { ...event, isRead })
  edits.edit<Pages<EventSummary>>(api.events.list.key({ type: 'infinite' }), (pages) => mapRows(pages, mark))
  edits.edit<EventSummary>(api.events.get.key(), mark)
}

/** Whether an event was looked at changes nothing of which lists it belongs to. */
function applyMarked(api: Api, edits: CacheEdits, item: Extract<FeedItem, { type: 'events.marked' }>): void {
  const { eventIds, isRead } = item
  if (eventIds === null) return applyMarkedAll(api, edits, isRead)
  const marked = new Set<string>(eventIds)
  edits.edit<Pages<EventSummary>>(api.events.list.key({ type: 'infinite' }), (pages) =>
    mapRows(pages, (event) => (marked.has(event.id) ? { ...event, isRead } : event)),
  )
  for (const id of eventIds) {
    edits.edit<EventSummary>(api.events.get.key({ input: { id } }), (event) => ({ ...event, isRead }))
  }
}

function applyRest(api: Api, edits: CacheEdits, item: FeedItem): void {
  if (item.type === 'gap') edits.readAgain([])
  if (item.type === 'events.marked') applyMarked(api, edits, item)
  if (item.type === 'endpoint.changed') {
    edits.readAgain(api.endpoints.key())
    edits.readAgain(api.operations.key())
    edits.readAgain(api.integrations.key())
  }
  if (item.type === 'source.changed') {
    edits.readAgain(api.sources.key())
    edits.readAgain(api.links.key())
  }
  if (item.type === 'link.changed') edits.readAgain(api.links.key())
  if (item.type === 'subscriptions.changed') edits.readAgain(api.subscriptions.key())
  if (item.type === 'project.changed') {
    edits.readAgain(api.projects.key())
    edits.readAgain(api.filters.key())
  }
  // Warnings look at what an endpoint works among, and a diagnosis at the secrets of all.
  if (item.type === 'source.changed' || item.type === 'project.changed') {
    edits.readAgain(api.endpoints.warnings.key())
    edits.readAgain(api.endpoints.lint.key())
  }
  if (item.type === 'source.changed' || item.type === 'endpoint.changed') edits.readAgain(api.events.diagnose.key())
  // An alert may watch what a workflow's gate lets pass, and that is warned of.
  if (item.type === 'alerts.changed' || item.type === 'workflow.changed') edits.readAgain(api.endpoints.warnings.key())
  if (item.type === 'alert.raised' || item.type === 'alert.resolved' || item.type === 'alerts.changed')
    edits.readAgain(api.alerts.key())
  if (item.type === 'source.changed' || item.type === 'endpoint.changed') edits.readAgain(api.vault.key())
  if (item.type === 'catalog.changed') {
    edits.readAgain(api.catalog.key())
    edits.readAgain(api.events.schema.key())
  }
}

function createCached({ client, queries }: Session): Cached {
  const edits = createCacheEdits(queries)
  return {
    edits,
    unsureEvents: createUnsureRows<EventSummary>(
      { queries, edits },
      {
        ask: async (filter) => whole(await client.events.list({ filter, limit: MOST_ASKED })),
        eventOf: ({ id }) => id,
        at: ({ receivedAt }) => receivedAt,
      },
    ),
    unsureDeliveries: createUnsureRows<DeliveryView>(
      { queries, edits },
      {
        ask: async (filter) => whole(await client.deliveries.list({ filter, limit: MOST_ASKED })),
        eventOf: ({ eventId }) => eventId,
        at: ({ createdAt }) => createdAt,
      },
    ),
  }
}

function whole<T>({ items, nextCursor }: { items: T[]; nextCursor: string | null }): T[] | null {
  return nextCursor === null ? items : null
}

/** What is asked for again after a change, soon and not for each of a burst. */
function createRefreshes({ api }: Session, { edits, unsureEvents, unsureDeliveries }: Cached) {
  return {
    unsureRows: createThrottle(REFRESH_EVERY_MS, () => {
      unsureEvents.settle()
      unsureDeliveries.settle()
    }),
    workflows: createThrottle(REFRESH_EVERY_MS, () => edits.readAgain(api.workflows.key())),
    clearing: createThrottle(REFRESH_EVERY_MS, () => edits.readAgain(api.events.clearing.key())),
    status: createThrottle(REFRESH_EVERY_MS, () => edits.readAgain(api.system.status.key())),
    replays: createThrottle(REFRESH_EVERY_MS, () => edits.readAgain(api.replays.key())),
    deadLetters: createThrottle(REFRESH_EVERY_MS, () => edits.readAgain(api.deadLetters.key())),
    overview: createThrottle(OVERVIEW_EVERY_MS, () => edits.readAgain(api.overview.key())),
    endpointFigures: createThrottle(FIGURES_EVERY_MS, () => {
      edits.readAgain(api.endpoints.list.key())
      edits.readAgain(api.endpoints.stats.key())
      edits.readAgain(api.operations.health.key())
      edits.readAgain(api.integrations.webhookLogs.key())
    }),
    deliveryLists: createThrottle(REFRESH_EVERY_MS, () => edits.readAgain(api.deliveries.list.key({ type: 'query' }))),
  }
}

/** Keeps the query cache true to what the feed tells. */
export function createFeedApplier(session: Session): (items: readonly FeedItem[]) => void {
  const { api } = session
  const cached = createCached(session)
  const { edits } = cached
  const refresh = createRefreshes(session, cached)
  return (items) => {
    const captured = items.filter((item) => item.type === 'event.captured').map((item) => item.event)
    const told = items.flatMap(eventChangesOf)
    const deliveries = items.filter((item) => item.type === 'delivery.changed').map((item) => item.delivery)
    for (const item of items) applyRest(api, edits, item)
    if (captured.length > 0) {
      applyCaptured(api, cached, captured)
      if (captured.some((event) => event.deliveries.total > 0)) refresh.deliveryLists()
    }
    if (told.length > 0) applyToEvents(api, cached, told)
    if (deliveries.length > 0) {
      applyDeliveries(api, cached, deliveries)
      refresh.deliveryLists()
      refresh.endpointFigures()
      refresh.overview()
      refresh.deadLetters()
    }
    // How far a replay is, is counted from its deliveries.
    if (items.some(({ type }) => type === 'replay.changed') || deliveries.some(({ replayId }) => replayId !== null))
      refresh.replays()
    if (items.some(({ type }) => type === 'clear.changed')) refresh.clearing()
    if (items.some(({ type }) => type === 'retry.changed')) refresh.deadLetters()
    if (items.some(({ type }) => type === 'workflow.changed' || type === 'workflow_run.changed')) refresh.workflows()
    refresh.unsureRows()
    refresh.status()
  }
}

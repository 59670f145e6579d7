import type { DeliveryView } from '#shared/contract/deliveries.ts'
import type { EventSummary } from '#shared/contract/events.ts'
import type { FeedItem } from '#shared/contract/feed.ts'
import { createThrottle } from '../browser/throttle.ts'
import { type CacheEdits, createCacheEdits } from './cache-edits.ts'
import { askedOf, hasRow, mapRows, type Pages, prependRows, wantsDelivery, wantsEvent } from './list-pages.ts'
import type { Session } from './session.ts'

const REFRESH_EVERY_MS = 400
/** Figures of a day move slowly. */
const FIGURES_EVERY_MS = 2_000
/** What is drawn over time is counted a moment after it happened. */
const OVERVIEW_EVERY_MS = 4_000

type Api = Session['api']

function applyCaptured(api: Api, edits: CacheEdits, captured: readonly EventSummary[]): void {
  const newestFirst = captured.toReversed()
  edits.edit<Pages<EventSummary>>(api.events.list.key({ type: 'infinite' }), (pages, key) => {
    const asked = askedOf(key)
    // Only the engine knows which events hold a text: those lists are asked for again.
    if (asked.q !== undefined) return pages
    const wanted = newestFirst.filter((event) => wantsEvent(asked, event) && !hasRow(pages, event.id))
    return prependRows(pages, wanted)
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
function applyToEvents(api: Api, edits: CacheEdits, told: readonly EventChange[]): void {
  const changes = new Map<string, Partial<EventSummary>>()
  for (const { eventId, change } of told) changes.set(eventId, { ...changes.get(eventId), ...change })
  const patch = <T extends { id: string }>(event: T): T => {
    const change = changes.get(event.id)
    return change === undefined ? event : { ...event, ...change }
  }
  edits.edit<Pages<EventSummary>>(api.events.list.key({ type: 'infinite' }), (pages) => mapRows(pages, patch))
  for (const id of changes.keys()) edits.edit<EventSummary>(api.events.get.key({ input: { id } }), patch)
}

function applyDeliveries(api: Api, edits: CacheEdits, changed: readonly DeliveryView[]): void {
  const latest = new Map<string, DeliveryView>(changed.map((delivery) => [delivery.id, delivery]))
  edits.edit<Pages<DeliveryView>>(api.deliveries.list.key({ type: 'infinite' }), (pages, key) => {
    const asked = askedOf(key)
    // Only the engine knows what a filter takes: those lists are asked for again.
    if (asked.filter !== undefined) return mapRows(pages, (row) => latest.get(row.id) ?? row)
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
    edits.readAgain(api.deliveries.get.key({ input: { id } }))
    edits.readAgain(api.deliveries.attempts.key({ input: { id } }))
  }
}

function applyRest(api: Api, edits: CacheEdits, item: FeedItem): void {
  if (item.type === 'gap') edits.readAgain([])
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
  if (item.type === 'project.changed') edits.readAgain(api.projects.key())
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

/** What is asked for again after a change, soon and not for each of a burst. */
function createRefreshes({ api, queries }: Session, edits: CacheEdits) {
  const searches = (): Promise<void> =>
    queries.invalidateQueries({
      queryKey: api.events.list.key(),
      predicate: ({ queryKey }) => askedOf(queryKey).q !== undefined,
    })
  const filtered = (): Promise<void> =>
    queries.invalidateQueries({
      queryKey: api.deliveries.list.key(),
      predicate: ({ queryKey }) => askedOf(queryKey).filter !== undefined,
    })
  return {
    filtered: createThrottle(REFRESH_EVERY_MS, filtered),
    workflows: createThrottle(REFRESH_EVERY_MS, () => edits.readAgain(api.workflows.key())),
    status: createThrottle(REFRESH_EVERY_MS, () => edits.readAgain(api.system.status.key())),
    searches: createThrottle(REFRESH_EVERY_MS, searches),
    deliveryPages: createThrottle(REFRESH_EVERY_MS, () => edits.readAgain(api.deliveries.list.key())),
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
  const edits = createCacheEdits(session.queries)
  const refresh = createRefreshes(session, edits)
  return (items) => {
    const captured = items.filter((item) => item.type === 'event.captured').map((item) => item.event)
    const told = items.flatMap(eventChangesOf)
    const deliveries = items.filter((item) => item.type === 'delivery.changed').map((item) => item.delivery)
    for (const item of items) applyRest(api, edits, item)
    if (captured.length > 0) {
      applyCaptured(api, edits, captured)
      refresh.searches()
      // New deliveries are told with their event, as a tally only.
      if (captured.some((event) => event.deliveries.total > 0)) refresh.deliveryPages()
    }
    if (told.length > 0) applyToEvents(api, edits, told)
    if (deliveries.length > 0) {
      applyDeliveries(api, edits, deliveries)
      refresh.deliveryLists()
      refresh.filtered()
      refresh.endpointFigures()
      refresh.overview()
      refresh.deadLetters()
    }
    // How far a replay is, is counted from its deliveries.
    if (items.some(({ type }) => type === 'replay.changed') || deliveries.some(({ replayId }) => replayId !== null))
      refresh.replays()
    if (items.some(({ type }) => type === 'retry.changed')) refresh.deadLetters()
    if (items.some(({ type }) => type === 'workflow.changed' || type === 'workflow_run.changed')) refresh.workflows()
    refresh.status()
  }
}

import type { EventSummary } from '#shared/contract/events.ts'
import type { Api } from '../connection.ts'
import { type FeedOrder, followFeed } from './follow-feed.ts'

const PAGE = 200
/** How many ids are remembered, so that what is read again after a cut is not told twice. */
const REMEMBERED = 10_000

export interface EventFilter {
  filter?: string | undefined
  type?: string | undefined
  source?: string | undefined
  q?: string | undefined
}

/** The newest `latest` events, oldest first, and then each one as it comes; a cut leaves none out, and none is told twice. */
export async function* followEvents(
  order: FeedOrder & { filter: EventFilter; latest: number },
): AsyncGenerator<EventSummary> {
  const { connect, filter, latest } = order
  const told = createMemory()
  let begun = false
  for await (const item of followFeed(order)) {
    if (item.type === 'event.captured' && begun && isTold(filter)) {
      if (matches(item.event, filter)) yield* told.fresh([item.event])
    } else if (item.type === 'event.captured' || item.type === 'ready' || item.type === 'gap') {
      if (begun) yield* told.fresh(await listSince(connect(), filter, told.newestAt()))
      else {
        const { items } = await connect().events.list({ ...filter, limit: Math.max(1, latest) })
        const known = told.fresh(items.toReversed())
        if (latest > 0) yield* known
        begun = true
      }
    }
  }
}

/** Whether the feed's own word of an event is enough: text of a body is for the relay to look for. */
function isTold({ filter, type, q }: EventFilter): boolean {
  return filter === undefined && type === undefined && q === undefined
}

function matches(event: EventSummary, { source }: EventFilter): boolean {
  return source === undefined || event.source === source || event.sourceId === source
}

/** What was told already. */
function createMemory() {
  const ids = new Set<string>()
  let newestAt = ''
  return {
    newestAt: () => newestAt,
    fresh(events: readonly EventSummary[]): EventSummary[] {
      const unknown = events.filter(({ id }) => !ids.has(id))
      for (const { id, receivedAt } of unknown) {
        ids.add(id)
        if (receivedAt > newestAt) newestAt = receivedAt
      }
      for (const id of [...ids].slice(0, Math.max(0, ids.size - REMEMBERED))) ids.delete(id)
      return unknown
    },
  }
}

/** Oldest first; those of the very instant of the last one too. */
async function listSince(api: Api, filter: EventFilter, sinceAt: string): Promise<EventSummary[]> {
  const found: EventSummary[] = []
  for (let cursor: string | undefined; ;) {
    const page = await api.events.list({ ...filter, limit: PAGE, cursor })
    const unseen = page.items.filter(({ receivedAt }) => receivedAt >= sinceAt)
    found.push(...unseen)
    if (unseen.length < page.items.length || page.nextCursor === null) return found.toReversed()
    cursor = page.nextCursor
  }
}

import type { ProjectId } from '#shared/model/ids.ts'
import { readEventFilter } from '../filter/read-filter.ts'
import type { EventStore } from '../ports.ts'
import type { Registry } from '../registry.ts'
import type { ReplayCandidate } from './replay-store.ts'

export interface FindDeps {
  registry: Registry
  events: Pick<EventStore, 'list'>
}

export interface FindQuery {
  projectId: ProjectId
  /** As it is typed. */
  filter: string
  /** When it was asked, in unix ms: what came later is not meant. */
  until: number
  cursor: string | null
  limit: number
  signal?: AbortSignal | undefined
}

/** The next events that fit a filter, newest first, and where to go on. Throws `AppError` for what the filter names. */
export async function findEvents(
  { registry, events }: FindDeps,
  { projectId, filter, until, cursor, limit, signal }: FindQuery,
): Promise<{ items: readonly ReplayCandidate[]; cursor: string | null }> {
  const before = { kind: 'time', since: null, until: until + 1, negated: false } as const
  const asked = [...readEventFilter(filter, { registry, projectId, now: until }), before]
  const page = await events.list({ projectId, filter: asked, cursor, limit, signal })
  // Their places are given by the store, once they are kept.
  const items = page.items.map(({ event }) => ({
    event,
    place: { receivedAt: event.receivedAt, key: 0 },
    deliveries: [],
  }))
  return { items, cursor: page.nextCursor }
}

import type { EventFilter } from '#shared/model/filter/meaning/event-filter.ts'
import { EventId, type ProjectId } from '#shared/model/ids.ts'
import type { Change } from '../change.ts'
import type { Feed } from '../feed.ts'
import type { Clock, EventStore, ReadMarkStore } from '../ports.ts'

/** How many events are marked before others have a turn. */
const AT_ONCE = 200
/** Unread events are looked for among so many of the latest. */
const COUNTED_AMONG = 5_000
const MOST_UNREAD = 1_000

export interface ReadMarksApi {
  /** Marks named events; resolves to how many were marked otherwise. What the project does not hold is passed over. */
  mark(projectId: ProjectId, eventIds: readonly string[], isRead: boolean): Promise<number>
  /** Marks what fits a filter; without one, all that is there. Ends early, with its reason, where `signal` is aborted. */
  markFitting(projectId: ProjectId, filter: EventFilter, isRead: boolean, signal?: AbortSignal): Promise<number>
  /** How many of the latest events are unread; counted up to `MOST_UNREAD`. */
  countUnread(projectId: ProjectId): Promise<number>
}

export interface ReadMarksDeps {
  store: ReadMarkStore
  events: Pick<EventStore, 'list'>
  clock: Pick<Clock, 'after'>
  changes: Feed<Change>
}

export function createReadMarks({ store, events, clock, changes }: ReadMarksDeps): ReadMarksApi {
  async function mark(projectId: ProjectId, eventIds: readonly EventId[], isRead: boolean): Promise<number> {
    const marked = await store.mark({ projectId, eventIds, isRead })
    if (marked.length > 0) changes.publish({ type: 'events.marked', projectId, eventIds: marked, isRead })
    return marked.length
  }

  return {
    mark: (projectId, ids, isRead) =>
      mark(
        projectId,
        [...new Set(ids)].flatMap((id) => EventId.safeParse(id).data ?? []),
        isRead,
      ),

    async markFitting(projectId, filter, isRead, signal) {
      if (filter.length === 0 && isRead) {
        const unread = await store.countUnread({ projectId, among: COUNTED_AMONG, most: MOST_UNREAD })
        await store.markAll(projectId)
        changes.publish({ type: 'events.marked', projectId, eventIds: null, isRead })
        return unread
      }
      let count = 0
      for (let cursor: string | null = null, isMore = true; isMore; isMore = cursor !== null) {
        signal?.throwIfAborted()
        const page = await events.list({ projectId, filter, cursor, limit: AT_ONCE, signal })
        count += await mark(
          projectId,
          page.items.map(({ event }) => event.id),
          isRead,
        )
        cursor = page.nextCursor
        if (cursor !== null) await new Promise<void>((resolve) => void clock.after(0, resolve))
      }
      return count
    },

    countUnread: (projectId) => store.countUnread({ projectId, among: COUNTED_AMONG, most: MOST_UNREAD }),
  }
}

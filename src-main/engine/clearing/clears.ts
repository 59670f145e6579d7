import { AppError } from '#shared/model/app-error.ts'
import type { EventFilter } from '#shared/model/filter/meaning/event-filter.ts'
import { EventId, type ProjectId } from '#shared/model/ids.ts'
import type { Change } from '../change.ts'
import type { Feed } from '../feed.ts'
import type { Clock, EventStore, Log, Page, RetentionStore, StoredEvent } from '../ports.ts'
import { giveBackSpace, pause } from '../retention/sweep.ts'

/** So few are found and deleted at once that no capture and no delivery waits noticeably. */
const AT_ONCE = 50

/** Events of a filter on their way out; what is deleted stays deleted, whatever ends it. */
export interface Clear {
  /** As it was typed. */
  filter: string
  state: 'running' | 'done' | 'canceled' | 'failed'
  /** How many there were at its beginning; null where they were too many to be counted. */
  total: number | null
  deleted: number
  /** Left where they are: a delivery of each was under way. */
  kept: number
  startedAt: number
  finishedAt: number | null
}

export interface ClearsApi {
  /**
   * Deletes named events; resolves to how many, and how many were left because a delivery of each is under way. What the
   * project does not hold is passed over.
   */
  deleteNamed(projectId: ProjectId, eventIds: readonly string[]): Promise<{ deleted: number; kept: number }>
  /** Deletes what fits, as far as it came until `until` (unix ms; null is now). Throws `AppError` `clear_running`. */
  begin(projectId: ProjectId, order: { filter: string; fits: EventFilter; until: number | null }): Promise<Clear>
  /** The one under way, or the last since the start; null where there was none. */
  last(projectId: ProjectId): Clear | null
  /** Ends the one under way. */
  cancel(projectId: ProjectId): Promise<Clear | null>
  stop(): Promise<void>
}

export interface ClearsDeps {
  events: Pick<EventStore, 'get' | 'list' | 'countFitting'>
  retention: RetentionStore
  clock: Clock
  log: Log
  changes: Feed<Change>
}

interface Clearing {
  clear: Clear
  isStopped: boolean
  ended: Promise<void>
}

/** Beyond so many it is only said that there are more. */
const MOST_COUNTED = 100_000

/** Deletes what fits a filter in the background, one filter of a project at a time. It ends with the program. */
export function createClears(deps: ClearsDeps): ClearsApi {
  const { events, retention, clock, log, changes } = deps
  const clears = new Map<ProjectId, Clearing>()
  let isStopping = false

  /** Together, so that one flush of the disk is for all. One that is gone meanwhile counts for nothing. */
  async function deleteAll(eventIds: readonly EventId[]): Promise<{ deleted: number; kept: number }> {
    const deleted = await Promise.all(eventIds.map((id) => retention.deleteEvent(id)))
    const left = eventIds.filter((_, index) => deleted[index] === null)
    const kept = await Promise.all(left.map((id) => events.get(id)))
    return { deleted: eventIds.length - left.length, kept: kept.filter((event) => event !== null).length }
  }

  async function heldBy(projectId: ProjectId, ids: readonly string[]): Promise<EventId[]> {
    const parsed = [...new Set(ids)].flatMap((id) => EventId.safeParse(id).data ?? [])
    const found = await Promise.all(parsed.map((id) => events.get(id)))
    return found.flatMap((stored) => (stored?.event.projectId === projectId ? [stored.event.id] : []))
  }

  function tell(projectId: ProjectId): void {
    changes.publish({ type: 'clear.changed', projectId })
  }

  async function perform(projectId: ProjectId, clearing: Clearing, fits: EventFilter): Promise<void> {
    try {
      const pageFrom = (cursor: string | null) => events.list({ projectId, filter: fits, cursor, limit: AT_ONCE })
      let page: Page<StoredEvent> | null = clearing.isStopped ? null : await pageFrom(null)
      while (page !== null && !clearing.isStopped) {
        // The next ones are found first: a cursor leads nowhere once its event is deleted.
        const next: Page<StoredEvent> | null = page.nextCursor === null ? null : await pageFrom(page.nextCursor)
        const { deleted, kept } = await deleteAll(page.items.map(({ event }) => event.id))
        const { clear } = clearing
        clearing.clear = { ...clear, deleted: clear.deleted + deleted, kept: clear.kept + kept }
        page = next
        tell(projectId)
        await pause(clock)
      }
      if (clearing.clear.deleted > 0) await giveBackSpace({ store: retention, clock }, () => clearing.isStopped)
      end(projectId, clearing, clearing.isStopped ? 'canceled' : 'done')
    } catch (error) {
      log.error('A clear could not go on', { projectId, error: String(error) })
      end(projectId, clearing, 'failed')
    }
  }

  function end(projectId: ProjectId, clearing: Clearing, state: Clear['state']): void {
    clearing.clear = { ...clearing.clear, state, finishedAt: clock.now() }
    changes.publish({ type: 'deliveries.changed', projectId })
    tell(projectId)
  }

  return {
    last: (projectId) => clears.get(projectId)?.clear ?? null,

    async deleteNamed(projectId, ids) {
      const found = await heldBy(projectId, ids)
      let [deleted, kept] = [0, 0]
      for (let start = 0; start < found.length; start += AT_ONCE) {
        const part = await deleteAll(found.slice(start, start + AT_ONCE))
        deleted += part.deleted
        kept += part.kept
        if (start + AT_ONCE < found.length) await pause(clock)
      }
      if (deleted > 0) {
        changes.publish({ type: 'deliveries.changed', projectId })
        await giveBackSpace({ store: retention, clock }, () => isStopping)
      }
      return { deleted, kept }
    },

    async begin(projectId, { filter, fits, until }) {
      if (clears.get(projectId)?.clear.state === 'running') throw alreadyRunning()
      const before = { kind: 'time', since: null, until: (until ?? clock.now()) + 1, negated: false } as const
      const whole = [...fits, before]
      const counted = {
        filter,
        state: 'running',
        deleted: 0,
        kept: 0,
        startedAt: clock.now(),
        finishedAt: null,
      } as const
      const clearing: Clearing = { clear: { ...counted, total: null }, isStopped: false, ended: Promise.resolve() }
      clears.set(projectId, clearing)
      try {
        const { count, isMore } = await events.countFitting({ projectId, filter: whole, most: MOST_COUNTED })
        clearing.clear = { ...clearing.clear, total: isMore ? null : count }
      } catch (error) {
        clears.delete(projectId)
        throw error
      }
      clearing.ended = perform(projectId, clearing, whole)
      return clearing.clear
    },

    async cancel(projectId) {
      const clearing = clears.get(projectId)
      if (!clearing) return null
      clearing.isStopped = true
      await clearing.ended
      return clearing.clear
    },

    async stop() {
      isStopping = true
      for (const clearing of clears.values()) clearing.isStopped = true
      await Promise.all([...clears.values()].map(({ ended }) => ended))
    },
  }
}

function alreadyRunning(): AppError {
  return new AppError('clear_running', 'Events of this project are being deleted already.', {
    hint: 'Wait until it is done, or stop it.',
  })
}

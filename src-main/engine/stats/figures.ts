import type { ProjectId } from '#shared/model/ids.ts'
import type { Change } from '../engine.ts'
import type { Feed } from '../feed.ts'
import { StoreUnavailableError, type Clock, type Log } from '../ports.ts'
import type { FigureStore } from './figure-store.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** How soon after a change it is counted. */
const COUNT_AFTER_MS = 2_000
/** So many at a time: the thread that delivers stands still for as long as one batch takes. */
const BATCH = 100
/** Between two batches, for other work. */
const REST_MS = 5
const MINUTES_KEPT_MS = 2 * DAY_MS
const HOURS_KEPT_MS = 400 * DAY_MS

export interface FiguresDeps {
  store: FigureStore
  projects(): Iterable<ProjectId>
  clock: Clock
  log: Log
  changes: Feed<Change>
}

/** Keeps the figures of the overview: counts what ended and what waits, a moment after a change. */
export function createFigures({ store, projects, clock, log, changes }: FiguresDeps) {
  const changed = new Set<ProjectId>()
  let isStarted = false
  let forgotAt = Number.NEGATIVE_INFINITY
  let cancelTimer: (() => void) | null = null
  let stopListening: (() => void) | null = null
  let work: Promise<void> = Promise.resolve()

  function arm(delayMs: number): void {
    if (!isStarted || cancelTimer !== null) return
    cancelTimer = clock.after(delayMs, () => {
      cancelTimer = null
      work = work.then(step).catch((error: unknown) => {
        if (error instanceof StoreUnavailableError) return arm(COUNT_AFTER_MS)
        log.error('The figures could not be kept', { error: String(error) })
      })
    })
  }

  async function step(): Promise<void> {
    const now = clock.now()
    const projectIds = [...changed]
    if (projectIds.length > 0) await store.sample({ projectIds, now })
    for (const projectId of projectIds) changed.delete(projectId)
    const counted = await store.count({ limit: BATCH, minutesSince: now - MINUTES_KEPT_MS })
    if (now - forgotAt >= HOUR_MS) {
      await store.forget({ minutesBefore: now - MINUTES_KEPT_MS, hoursBefore: now - HOURS_KEPT_MS })
      forgotAt = now
    }
    if (counted === BATCH) arm(REST_MS)
  }

  return {
    start(): void {
      isStarted = true
      stopListening = changes.subscribe(({ type, projectId }) => {
        if (type !== 'delivery.changed' && type !== 'deliveries.changed' && type !== 'event.captured') return
        changed.add(projectId)
        arm(COUNT_AFTER_MS)
      })
      // What ended while nothing ran to count it.
      for (const projectId of projects()) changed.add(projectId)
      arm(0)
    },
    async stop(): Promise<void> {
      isStarted = false
      cancelTimer?.()
      stopListening?.()
      await work
    },
  }
}

import type { ProjectId } from '#shared/model/ids.ts'
import { addCounts, NOTHING_SWEPT, type SweepCounts } from '#shared/model/retention.ts'
import type { Clock } from '../ports.ts'
import type { EventPlace, RetentionStore, SweepStep } from './retention-store.ts'

const DAY_MS = 86_400_000
/** A batch is so small, and the pause behind it so long, that no capture and no delivery waits noticeably. */
const BATCH_EVENTS = 100
const BATCH_BYTES = 4 * 1024 * 1024
const PAUSE_MS = 20
/** Counting changes nothing, so that a turn for other work in between is enough. */
const COUNTED_AT_ONCE = 500
const PAGES_AT_ONCE = 256

export interface SweepOrder {
  projectId: ProjectId
  before: EventPlace
  undelivered: SweepStep['undelivered']
  /** Until when canceled deliveries have been there to be seen; by default until a day ago. */
  seenUntil?: number
  onProgress?(counts: SweepCounts): void
  isStopped?(): boolean
}

interface SweepDeps {
  store: RetentionStore
  clock: Clock
}

/** Resolves after a pause in which other work has its turn. */
export function pause(clock: Clock, ms = PAUSE_MS): Promise<void> {
  return new Promise((resolve) => void clock.after(ms, resolve))
}

/** Deletes what came before a place, in small batches, until there is no more or it is stopped. */
export async function sweep({ store, clock }: SweepDeps, order: SweepOrder): Promise<SweepCounts> {
  const { projectId, before, undelivered, seenUntil, onProgress, isStopped } = order
  let counts = NOTHING_SWEPT
  for (let after: EventPlace | null = null; !isStopped?.(); await pause(clock)) {
    const now = clock.now()
    const swept = await store.sweep({
      projectId,
      after,
      before,
      undelivered,
      now,
      dryRun: false,
      seenUntil: seenUntil ?? now - DAY_MS,
      limit: BATCH_EVENTS,
      maxBytes: BATCH_BYTES,
    })
    counts = addCounts(counts, swept.counts)
    onProgress?.(counts)
    if (swept.next === null) break
    after = swept.next
  }
  return counts
}

/** What a sweep would take, without taking it. */
export async function countSweep({ store, clock }: SweepDeps, order: SweepOrder): Promise<SweepCounts> {
  const { projectId, before, undelivered } = order
  const now = clock.now()
  let counts = NOTHING_SWEPT
  for (let after: EventPlace | null = null; ;) {
    const swept = await store.sweep({
      projectId,
      after,
      before,
      undelivered,
      now,
      dryRun: true,
      seenUntil: now - DAY_MS,
      limit: COUNTED_AT_ONCE,
      maxBytes: Number.POSITIVE_INFINITY,
    })
    counts = addCounts(counts, swept.counts)
    if (swept.next === null) return counts
    after = swept.next
    await pause(clock, 0)
  }
}

/** Gives free space back to the disk, and leaves nothing deleted in the log. */
export async function giveBackSpace(
  { store, clock }: SweepDeps,
  isStopped: () => boolean = () => false,
): Promise<void> {
  while ((await store.giveBack(PAGES_AT_ONCE)) > 0 && !isStopped()) await pause(clock)
  await store.emptyLog()
}

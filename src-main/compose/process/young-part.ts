import { performance } from 'node:perf_hooks'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'
import type { Clock } from '#main/engine/ports.ts'

/**
 * Both halves of the young part of the heap, once there is work. At 2 MiB, a collection comes every ten deliveries, and each
 * carries the attempts in flight along: a sixth of the main thread's time under load. From 8 MiB on, little more is gained,
 * and one collection takes so long that what is delivered beside thousands of slow endpoints feels it.
 */
export const YOUNG_BYTES = 4 * 1024 * 1024
/** Of the time; a program that does less gains nothing, and V8 gives its young part back while it rests. */
const BUSY_SHARE = 0.05
/** V8 doubles the part each time, and not more than once within this: it is to stop in time. */
const GROWING_LOOK_MS = 50
const LOOK_MS = 1_000

/** The young part of the heap, and what shows whether more of it would help. */
export interface YoungPart {
  bytes(): number
  /** How busy the thread has been since this was last asked, from 0 to 1. */
  busyShare(): number
  /** Whether V8 may double it when more lives in it than it holds. */
  allowGrowth(isAllowed: boolean): void
}

/** Lets the young part grow to its size under load, again after each rest, and no further; answers what ends that. */
export function tendYoungPart(part: YoungPart, { after }: Pick<Clock, 'after'>): () => void {
  let cancel = (): void => {}
  function look(): void {
    const grows = part.busyShare() > BUSY_SHARE && part.bytes() < YOUNG_BYTES
    part.allowGrowth(grows)
    cancel = after(grows ? GROWING_LOOK_MS : LOOK_MS, look)
  }
  look()
  return () => {
    cancel()
    part.allowGrowth(false)
  }
}

/** That of this process. */
export function youngPart(): YoungPart {
  let before = performance.eventLoopUtilization()
  return {
    bytes: () =>
      getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? YOUNG_BYTES,
    busyShare() {
      const now = performance.eventLoopUtilization()
      const { utilization } = performance.eventLoopUtilization(now, before)
      before = now
      return utilization
    },
    allowGrowth: (isAllowed) => setFlagsFromString(`--semi-space-growth-factor=${isAllowed ? 2 : 1}`),
  }
}

import type { Clock } from '../../ports/system.ts'

/** How far the wall clock may stand behind the expected time before it counts as set back. */
const SET_BACK_MS = 1_000

/**
 * The time by which deliveries fall due, in unix ms. It is the wall clock's, but where that is set back it goes on as if
 * nothing had happened, so that no wait grows. A leap forward is taken over: after sleep, what is due is due.
 */
export function createDueClock(clock: Pick<Clock, 'now' | 'monotonic'>): () => number {
  let shown = clock.now()
  let readAt = clock.monotonic()
  return () => {
    const monotonic = clock.monotonic()
    const expected = shown + (monotonic - readAt)
    const wall = clock.now()
    readAt = monotonic
    shown = wall < expected - SET_BACK_MS ? expected : wall
    return shown
  }
}

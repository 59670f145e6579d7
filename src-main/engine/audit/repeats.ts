import type { Clock } from '../ports.ts'

const WINDOW_MS = 60_000
/** More than any installation has callers at odds with it; beyond, the oldest is told anew. */
const MOST_KEPT = 1_000

/** Tells whether the same was said within the last minute. */
export function createRepeats(clock: Pick<Clock, 'now'>): (what: string) => boolean {
  const saidAt = new Map<string, number>()
  return (what) => {
    const now = clock.now()
    const before = saidAt.get(what)
    // A clock that was set back must not silence for long.
    if (before !== undefined && Math.abs(now - before) < WINDOW_MS) return true
    saidAt.delete(what)
    saidAt.set(what, now)
    if (saidAt.size > MOST_KEPT) saidAt.delete(saidAt.keys().next().value!)
    return false
  }
}

import type { Clock } from '../../../ports/system.ts'

/** How far two clocks may come apart before one of them counts as set, or the machine as having slept. */
const TOLERANCE_MS = 2_000

/** The wall clock was set: what was stored up to `until` by the old time is due `byMs` later by the new one. */
export interface ClockSet {
  byMs: number
  until: number
}

/** Tells a clock that was set apart from a machine that slept; waits outlive the first and not the second. */
export interface TimeWatch {
  /** What the wall clock was set by since this was last asked; null for nothing. */
  takeSet(): ClockSet | null
  /** How many sleeps there were; an attempt that sees this change was cut by one. */
  sleeps(): number
  /** Says that the machine slept, where its host is told so. */
  noteSleep(): void
}

export function createTimeWatch(clock: Pick<Clock, 'now' | 'monotonic' | 'uptime'>, onSleep: () => void): TimeWatch {
  const read = () => ({ wall: clock.now(), monotonic: clock.monotonic() })
  let last = read()
  // Time asleep so far: the one clock counts it and the other does not, so that their distance grows by it.
  let asleepMs = clock.uptime() - clock.monotonic()
  let set: ClockSet | null = null
  let sleeps = 0

  function noteSleep(): void {
    sleeps += 1
    last = read()
    asleepMs = clock.uptime() - clock.monotonic()
    onSleep()
  }

  function look(): void {
    const now = read()
    const expected = last.wall + (now.monotonic - last.monotonic)
    const leaptMs = now.wall - expected
    last = now
    if (Math.abs(leaptMs) <= TOLERANCE_MS) return
    const sleptMs = clock.uptime() - clock.monotonic() - asleepMs
    const slept = sleptMs > TOLERANCE_MS
    const setByMs = slept ? leaptMs - sleptMs : leaptMs
    if (Math.abs(setByMs) > TOLERANCE_MS) {
      const byMs = Math.round(setByMs)
      set = { byMs: byMs + (set?.byMs ?? 0), until: Math.ceil(set?.until ?? now.wall - byMs) }
    }
    if (slept) noteSleep()
  }

  return {
    takeSet() {
      look()
      const taken = set
      set = null
      return taken
    },
    sleeps() {
      look()
      return sleeps
    },
    noteSleep,
  }
}

import type { Clock, Log } from '../../engine/ports.ts'

/** Connections that were not kept, since the start. */
export interface ConnectionCounts {
  /** Took too long for a head, or fell silent in a body. */
  slow: number
  /** Idle ones that were closed for the sake of new ones. */
  displaced: number
  /** New ones for which there was no place. */
  turnedAway: number
}

export interface ConnectionTally {
  readonly counts: ConnectionCounts
  count(kind: keyof ConnectionCounts): void
}

const REPORT_EVERY_MS = 60_000

/** Counts, and says so in the log: at the first, then once a minute while more come. */
export function createConnectionTally(clock: Clock, log: Log): ConnectionTally {
  const counts: ConnectionCounts = { slow: 0, displaced: 0, turnedAway: 0 }
  let reportedAt = -Infinity
  return {
    counts,
    count(kind) {
      counts[kind] += 1
      if (clock.monotonic() - reportedAt < REPORT_EVERY_MS) return
      reportedAt = clock.monotonic()
      log.warn('The capture port drops connections; counted since the start', { ...counts })
    },
  }
}

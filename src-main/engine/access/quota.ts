const SECOND_MS = 1_000
const WINDOW_SECONDS = 60

/** Counts by the second, so that it stays small for any limit: what counts against it leaves at most a second late. */
export interface Quota {
  /** Takes one request at `now` (ms, never going back); 0, or where the limit is reached the ms until one is free. */
  take(limit: number, now: number): number
}

/** At most `limit` requests in any 60 s. */
export function createQuota(): Quota {
  let counts: { second: number; count: number }[] = []

  return {
    take(limit, now) {
      const second = Math.floor(now / SECOND_MS)
      counts = counts.filter((each) => each.second >= second - WINDOW_SECONDS)
      let taken = counts.reduce((sum, { count }) => sum + count, 0)
      if (taken < limit) {
        const last = counts.at(-1)
        if (last?.second === second) last.count += 1
        else counts.push({ second, count: 1 })
        return 0
      }
      // A limit that was lowered may ask for more than the oldest second to pass.
      for (const each of counts) {
        taken -= each.count
        if (taken < limit) return (each.second + WINDOW_SECONDS + 1) * SECOND_MS - now
      }
      return WINDOW_SECONDS * SECOND_MS
    },
  }
}

/** How often a rate is dealt out in a second, at most. */
const STEPS_PER_SECOND = 10

/** How many to take in one step, so that a rate is dealt out smoothly; `most` where there is none. */
export function shareOf(ratePerSecond: number | null, most: number): number {
  if (ratePerSecond === null) return most
  return Math.min(most, Math.max(1, Math.floor(ratePerSecond / STEPS_PER_SECOND)))
}

/** How long until the next step after one that dealt out `count`, in ms. */
export function waitAfter(ratePerSecond: number | null, count: number): number {
  return ratePerSecond === null ? 0 : (count * 1_000) / ratePerSecond
}

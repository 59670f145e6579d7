/** How far some work was at a moment; `at` in unix ms. */
export interface Sample {
  at: number
  done: number
}

/** Long enough to even out bursts, short enough to follow a change of pace. */
const WINDOW_MS = 20_000
const SHORTEST_MS = 2_000

/** The samples with one more; those that say nothing of the pace of now are dropped. */
export function withSample(samples: readonly Sample[], next: Sample): readonly Sample[] {
  return [...samples.filter(({ at }) => at >= next.at - WINDOW_MS), next]
}

/** How many were done in a second; null where that cannot be told yet, or nothing moves. */
export function paceOf(samples: readonly Sample[]): number | null {
  const [first, last] = [samples[0], samples.at(-1)]
  if (first === undefined || last === undefined || last.at - first.at < SHORTEST_MS || last.done <= first.done)
    return null
  return ((last.done - first.done) / (last.at - first.at)) * 1_000
}

/** `2/s`, `0.4/s`, `140/s`. */
export function formatPace(perSecond: number): string {
  const rounded = perSecond < 10 ? Number(perSecond.toFixed(perSecond < 1 ? 2 : 1)) : Math.round(perSecond)
  return `${rounded.toLocaleString('en-US')}/s`
}

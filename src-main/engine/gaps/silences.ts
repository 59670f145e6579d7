/** A stretch of time, in unix ms. */
export interface Stretch {
  since: number
  until: number
}

/** How a source is usually silent. */
export interface Rhythm {
  /** The longest silence that it has kept as often as a habit takes. */
  usualMs: number
  /** A longer silence than this one is unusual. */
  unusualAfterMs: number
}

export interface Silences {
  /** Null where too little came to know one. */
  rhythm: Rhythm | null
  unusual: Stretch[]
  /** Silences as long that may yet be a habit: too little time is known before them. */
  unjudged: Stretch[]
}

/** With fewer silences, chance alone makes one of them four times as long as the third. */
const MIN_SILENCES = 30
/** A silence is a habit once it was kept so often; so that many outages do not make themselves usual. */
const HABIT = 3
const UNUSUAL_FACTOR = 4
/** Senders stutter; nothing shorter is worth a look. */
const SHORTEST_MS = 60_000
/** A night is known for a habit after some days, a weekend after some weeks. */
const KNOWN_FACTOR = 10
const DAY_MS = 86_400_000
/** By then every habit of the week has shown itself often enough. */
const ENOUGH_MS = 28 * DAY_MS

/**
 * Judges the silences between arrivals against the source's own habits: unusual is one four times as long as any that
 * the source has kept three times, where ten times its length was watched before it. So bursts, nights and weekends
 * raise no alarm once they have come three times; what the source does rarely cannot be told from a loss.
 *
 * `arrivals` in ascending order, unix ms; the time from the last of them to `until` counts as a silence too. Silences
 * while the program was `away` say nothing of the source: they set no habit, and need no time before them.
 */
export function findSilences(
  arrivals: readonly number[],
  { until, away }: { until: number; away: readonly Stretch[] },
): Silences {
  const ends = [...arrivals.slice(1), ...(arrivals.length > 0 && arrivals.at(-1)! < until ? [until] : [])]
  const silences = ends.map((end, at) => ({ since: arrivals[at]!, until: end }))
  const isWatched = (silence: Stretch) => !away.some((stretch) => overlaps(stretch, silence))
  const rhythm = readRhythm(silences.filter(isWatched).map(lengthOf))
  if (!rhythm) return { rhythm, unusual: [], unjudged: [] }
  const long = silences.filter((silence) => lengthOf(silence) > rhythm.unusualAfterMs)
  const isKnown = (silence: Stretch) =>
    !isWatched(silence) || silence.since - arrivals[0]! >= Math.min(ENOUGH_MS, KNOWN_FACTOR * lengthOf(silence))
  return { rhythm, unusual: long.filter(isKnown), unjudged: long.filter((silence) => !isKnown(silence)) }
}

function readRhythm(lengthsMs: readonly number[]): Rhythm | null {
  if (lengthsMs.length < MIN_SILENCES) return null
  const usualMs = lengthsMs.toSorted((a, b) => b - a)[HABIT - 1]!
  return { usualMs, unusualAfterMs: Math.max(SHORTEST_MS, UNUSUAL_FACTOR * usualMs) }
}

export function lengthOf({ since, until }: Stretch): number {
  return until - since
}

export function overlaps(a: Stretch, b: Stretch): boolean {
  return a.since < b.until && b.since < a.until
}

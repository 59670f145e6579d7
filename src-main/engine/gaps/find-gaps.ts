import { findNumberGaps, type Numbered, type NumberGap, type Numbering } from './number-gaps.ts'
import { findSilences, lengthOf, overlaps, type Rhythm, type Stretch } from './silences.ts'

/** What came by a source. */
export interface Seen {
  /** Unix ms. */
  at: number
  isWhole: boolean
  /** The sender's own number of it; null where it has none, or none that could be read. */
  number: number | null
}

/** A stretch in which messages are missing. */
export interface Gap extends Stretch {
  /** Nothing at all came in it. */
  isSilent: boolean
  /** Numbers that never came; null where only the silence tells. */
  missing: { first: number; last: number; count: number } | null
  /** How many messages came in it that were partial, malformed or refused: they may be what is missing. */
  notWhole: number
  /** For how much of it the program did not run. */
  awayMs: number
}

export interface Gaps {
  /** Newest first, the latest of many. */
  gaps: Gap[]
  /** Of all gaps, those beyond the listed ones too. */
  total: { gaps: number; missing: number }
  numbering: Numbering
  rhythm: Rhythm | null
  /** Long silences that may yet be a habit. */
  unjudged: number
}

/** More gaps than these are no list to read. */
const MOST_GAPS = 200

/**
 * Finds the stretches in which messages of a source are missing: holes in its sender's numbers, and silences that are
 * unusual for it. `seen` are in order of arrival, and may reach back before `since` to show the source's habits.
 */
export function findGaps(seen: readonly Seen[], { since, until, away }: Stretch & { away: readonly Stretch[] }): Gaps {
  const asked = { since, until }
  const isAsked = (stretch: Stretch) => overlaps({ ...stretch, until: stretch.until + 1 }, asked)
  const numbers = findNumberGaps(seen.filter((each): each is Seen & Numbered => each.number !== null))
  const arrivals = seen.map(({ at }) => at)
  const { rhythm, unusual, unjudged } = findSilences(arrivals, { until, away })
  const found = merge(numbers.gaps.filter(isAsked), unusual.filter(isAsked))
  return {
    gaps: found.slice(0, MOST_GAPS).map((gap) => explained(gap, seen, away)),
    total: { gaps: found.length, missing: found.reduce((sum, { missing }) => sum + (missing?.count ?? 0), 0) },
    numbering: numbers.numbering,
    rhythm,
    unjudged: unjudged.filter(isAsked).length,
  }
}

type Found = Stretch & Pick<Gap, 'missing'>

/** A silence in which numbers are missing is one gap, not two. Newest first. */
function merge(numberGaps: readonly NumberGap[], silences: readonly Stretch[]): Found[] {
  const ofNumbers = numberGaps.map(({ since, until, first, last }) => ({
    since,
    until,
    missing: { first, last, count: last - first + 1 },
  }))
  const isTold = (silence: Stretch) =>
    ofNumbers.some((gap) => gap.since === silence.since && gap.until === silence.until)
  const others = silences.filter((silence) => !isTold(silence)).map((silence) => ({ ...silence, missing: null }))
  return [...ofNumbers, ...others].toSorted((a, b) => b.until - a.until || b.since - a.since)
}

function explained(gap: Found, seen: readonly Seen[], away: readonly Stretch[]): Gap {
  const within = seen.filter(({ at }) => at >= gap.since && at <= gap.until)
  return {
    ...gap,
    isSilent: !within.some(({ at }) => at > gap.since && at < gap.until),
    notWhole: within.filter(({ isWhole }) => !isWhole).length,
    awayMs: away.reduce((sum, stretch) => sum + sharedMs(stretch, gap), 0),
  }
}

function sharedMs(a: Stretch, b: Stretch): number {
  return Math.max(0, lengthOf({ since: Math.max(a.since, b.since), until: Math.min(a.until, b.until) }))
}

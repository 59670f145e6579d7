import type { EventIndex, KeyRange } from './event-index.ts'
import { matchOf } from './match.ts'

/** So many events that a clause names tell how many it names in all. */
const SAMPLE = 64
/** A clause that names more than this share of all events costs more to read than it saves. */
const MOST_SHARE = 0.5
const MOST_CLAUSES = 8

/**
 * What to ask an index of the clauses of a filter: those that name the fewest events. Whoever it names is looked at anyway,
 * and each clause that nearly every event fits is read through to the end.
 */
export function narrowing(index: EventIndex, clauses: readonly string[], range: Omit<KeyRange, 'limit'>): string {
  if (clauses.length < 2) return matchOf(clauses)
  const shares = clauses.map((clause) => ({ clause, share: shareOf(index, clause, range) }))
  const [rarest, ...others] = shares.toSorted((a, b) => a.share - b.share)
  const helpful = others.filter(({ share }) => share < MOST_SHARE)
  return matchOf([rarest!, ...helpful].slice(0, MOST_CLAUSES).map(({ clause }) => clause))
}

/** As the newest that it names lie: how many of all there are, from 0 to 1. */
function shareOf(index: EventIndex, clause: string, range: Omit<KeyRange, 'limit'>): number {
  const keys = index.candidates(clause, { ...range, limit: SAMPLE })
  return keys.length < SAMPLE ? 0 : SAMPLE / (range.below - keys.at(-1)!)
}

import type { EventIndex, KeyRange } from './event-index.ts'
import { matchOf } from './match.ts'

/** So many events that a clause names tell how many it names in all. */
const SAMPLE = 64
/** A clause that names more than this share of all events costs more to read than it saves. */
const MOST_SHARE = 0.5
const MOST_CLAUSES = 8
/** So many places of a clause are read in the time in which one event is looked at. */
const READ_PER_LOOK = 500

type Range = Omit<KeyRange, 'limit'>

/**
 * What to ask an index of the clauses of a filter: the one that names the fewest events, and others while reading where they
 * lie costs less than looking at the events that they rule out. Whoever is named is looked at anyway.
 */
export function narrowing(index: EventIndex, clauses: readonly string[], range: Range): string {
  if (clauses.length < 2) return matchOf(clauses)
  const named: { clause: string; count: number }[] = []
  for (const clause of clauses) {
    const count = countOf(index, clause, range)
    if (count === 0) return clause
    named.push({ clause, count })
  }
  const [rarest, ...others] = named.toSorted((a, b) => a.count - b.count)
  const chosen = [rarest!.clause]
  let left = rarest!.count
  const span = range.below - range.from
  for (const { clause, count } of others.slice(0, MOST_CLAUSES - 1)) {
    const share = count / span
    if (share >= MOST_SHARE || count >= left * (1 - share) * READ_PER_LOOK) break
    chosen.push(clause)
    // Counted and not reckoned: letters that stand beside each other come together more often than by chance.
    left = countOf(index, matchOf(chosen), range)
    if (left < SAMPLE) break
  }
  return matchOf(chosen)
}

/** How many events a clause names, as its newest lie. */
function countOf(index: EventIndex, clause: string, range: Range): number {
  const keys = index.candidates(clause, { ...range, limit: SAMPLE })
  if (keys.length < SAMPLE) return keys.length
  return (SAMPLE * (range.below - range.from)) / (range.below - keys.at(-1)!)
}

import type { EventIndex, KeyRange } from './event-index.ts'
import { matchOf } from './match.ts'

/** So many events that a clause names tell how many it names in all. */
const SAMPLE = 64
/** A clause that names more than this share of all events costs more to read than it saves. */
const MOST_SHARE = 0.5
const MOST_CLAUSES = 8
/** A clause that leaves more than this share of what is left rules too little out. */
const WORTH_IT = 0.8
/** So many places of a clause are read in the time in which one event is looked at. */
const READ_PER_LOOK = 500
/** Shares that are remembered, and for how long: until somebody has typed a filter. */
const MOST_SHARES = 2_000
const REMEMBER_MS = 10_000

type Range = Omit<KeyRange, 'limit'>

/** Keys that may fit, highest first; `isEnd` where none are below them. */
export interface Some {
  keys: readonly number[]
  isEnd: boolean
}

/** Tells the next keys below one, some `limit` of them. */
export type Candidates = (below: number, limit: number) => Some

export type Narrowing = (clauses: readonly string[], range: Range) => Candidates

/** How many events a clause names in a range, and the highest of them, where they were looked up. */
interface Named {
  count: number
  highest: Some | null
}

/**
 * What to ask an index of the clauses of a filter: the one that names the fewest events, and others while reading where they
 * lie costs less than looking at the events that they rule out. Whoever is named is looked at anyway. `now` is monotonic, in ms.
 */
export function prepareNarrowing(index: EventIndex, now: () => number = () => performance.now()): Narrowing {
  /** What share of the events a clause named where it was asked: the next letter that is typed asks for most of the same ones. */
  const shares = new Map<string, number>()
  let sharesSince = now()

  function namedBy(clause: string, range: Range): Named {
    const keys = index.candidates(clause, { ...range, limit: SAMPLE })
    if (keys.length < SAMPLE) return { count: keys.length, highest: { keys, isEnd: true } }
    const count = (SAMPLE * spanOf(range)) / (range.below - keys.at(-1)!)
    return { count, highest: { keys, isEnd: false } }
  }

  function namedByOne(clause: string, range: Range): Named {
    const known = shares.get(clause)
    if (known !== undefined) return { count: known * spanOf(range), highest: null }
    const named = namedBy(clause, range)
    // What is rare is asked for each time: that it has none ends a search at once.
    if (!named.highest?.isEnd && shares.size < MOST_SHARES) shares.set(clause, named.count / spanOf(range))
    return named
  }

  function forgetWhatIsOld(): void {
    if (shares.size < MOST_SHARES && now() - sharesSince <= REMEMBER_MS) return
    shares.clear()
    sharesSince = now()
  }

  /** What was looked up already comes first. */
  function candidates(match: string, highest: Some | null, { below: top, from }: Range): Candidates {
    return (below, limit) => {
      if (highest && below === top) return highest
      const keys = index.candidates(match, { below, from, limit })
      return { keys, isEnd: keys.length < limit }
    }
  }

  return (clauses, range) => {
    forgetWhatIsOld()
    const named: (Named & { clause: string })[] = []
    for (const clause of clauses) {
      const one = namedByOne(clause, range)
      if (one.highest?.isEnd) return candidates(clause, one.highest, range)
      named.push({ clause, ...one })
    }
    const [rarest, ...others] = named.toSorted((a, b) => a.count - b.count)
    const chosen = [rarest!.clause]
    let { count: left, highest } = rarest!
    for (const { clause, count } of others.slice(0, MOST_CLAUSES - 1)) {
      const share = count / spanOf(range)
      if (share >= MOST_SHARE || count >= left * (1 - share) * READ_PER_LOOK) break
      // Counted and not reckoned: letters that stand beside each other come together more often than by chance.
      const together = namedBy(matchOf([...chosen, clause]), range)
      const isAll = together.highest?.isEnd === true
      if (together.count > left * WORTH_IT && !isAll) continue
      chosen.push(clause)
      left = together.count
      highest = together.highest
      if (isAll) break
    }
    return candidates(matchOf(chosen), highest, range)
  }
}

function spanOf({ below, from }: Range): number {
  return below - from
}

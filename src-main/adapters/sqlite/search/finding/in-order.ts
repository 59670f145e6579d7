import type { Place } from '../../cursor.ts'
import { isAfter, newestFirst, type Step } from './step.ts'

/** Fewer are not worth a step. */
const FEWEST = 40
/** So much more than what would do: what comes next is not quite as what came. */
const SPARE = 1.2

/** Keys of events that may fit; none of those that are told later was received after `reached`, which is null at the end. */
export interface MoreKeys {
  keys: readonly number[]
  reached: Place | null
}

export interface KeysToRead {
  /** The next keys, some `limit` of them. */
  next(limit: number): MoreKeys
  /** How many events will be asked for, and how many keys are looked at at a time, at most. */
  wanted: number
  most: number
  /** The events of some keys that fit, in no order. */
  read(keys: readonly number[]): readonly Place[]
  /** Where the search begins, exclusive. */
  before: Place
}

/** The events of keys that are told nearly in order, in the order in which they were received. */
export function* inOrder(asked: KeysToRead): Generator<Step, void> {
  let [limit, looked, fitted, given] = [Math.min(asked.most, Math.max(FEWEST, looks(asked.wanted, 1))), 0, 0, 0]
  let waiting: Place[] = []
  for (;;) {
    const { keys, reached } = asked.next(limit)
    const fitting = asked.read(keys).filter((place) => isAfter(place, asked.before))
    waiting = newestFirst([...waiting, ...fitting])
    looked += keys.length
    fitted += fitting.length
    const ready = reached === null ? waiting : waiting.filter((place) => !isAfter(place, reached))
    waiting = waiting.slice(ready.length)
    given += ready.length
    const missing = asked.wanted - given - waiting.length
    // Where all that fits must wait for what is told later, as after a clock was set back, it is to come soon.
    const fewest = ready.length === 0 ? limit * 2 : FEWEST
    limit = Math.min(asked.most, Math.max(fewest, looks(missing, looked === 0 ? 1 : fitted / looked)))
    yield { found: ready, reached }
    if (reached === null) return
  }
}

/** How many keys to look at for so many events, where such a share of them fits. */
function looks(wanted: number, share: number): number {
  return Math.round((wanted / Math.max(share, 0.001)) * SPARE)
}

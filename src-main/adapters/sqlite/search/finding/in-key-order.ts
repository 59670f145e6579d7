import type { Place } from '../../cursor.ts'
import type { EventIndex } from '../index/event-index.ts'
import type { Candidates } from '../index/narrowing.ts'
import { isAfter, newestFirst, type Step } from './step.ts'

/** Fewer are not worth a step. */
const FEWEST = 40
/** So much more than what would do: what comes next is not quite as what came. */
const SPARE = 1.2

export interface KeysInOrder {
  blocks: EventIndex['blocks']
  /** The next keys, each lower than all before and than this. */
  next: Candidates
  /** How many events will be asked for, and how many keys are looked at at a time, at most. */
  wanted: number
  most: number
  /** The events of some keys that fit, in no order. */
  read(keys: readonly number[]): readonly Place[]
  /** Where the search begins, exclusive, and the key below which that is. */
  before: Place
  below: number
}

/** The events of keys that are told highest first, in the order in which they were received. */
export function* inKeyOrder(asked: KeysInOrder): Generator<Step, void> {
  let { below } = asked
  let [limit, looked, fitted, given] = [Math.min(asked.most, Math.max(FEWEST, looks(asked.wanted, 1))), 0, 0, 0]
  let waiting: Place[] = []
  for (;;) {
    const { keys, isEnd } = asked.next(below, limit)
    below = keys.at(-1) ?? 0
    const fitting = asked.read(keys).filter((place) => isAfter(place, asked.before))
    waiting = newestFirst([...waiting, ...fitting])
    looked += keys.length
    fitted += fitting.length
    // What comes with lower keys may have been received later than some of these.
    const reached = isEnd ? null : { at: asked.blocks.ceiling(below - 1) + 1, key: 0 }
    const ready = reached === null ? waiting : waiting.filter((place) => !isAfter(place, reached))
    waiting = waiting.slice(ready.length)
    given += ready.length
    const missing = asked.wanted - given - waiting.length
    // Where all that fits must wait for what comes with lower keys, as after a clock was set back, it is to come soon.
    const fewest = ready.length === 0 ? limit * 2 : FEWEST
    limit = Math.min(asked.most, Math.max(fewest, looks(missing, fitted / looked)))
    yield { found: ready, reached }
    if (reached === null) return
  }
}

/** How many keys to look at for so many events, where such a share of them fits. */
function looks(wanted: number, share: number): number {
  return Math.round((wanted / Math.max(share, 0.001)) * SPARE)
}

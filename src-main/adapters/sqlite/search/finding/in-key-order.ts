import type { Place } from '../../cursor.ts'
import type { EventIndex } from '../index/event-index.ts'
import { isAfter, newestFirst, type Step } from './step.ts'

export interface KeysInOrder<T extends Place> {
  blocks: EventIndex['blocks']
  /** The next keys, each lower than all before and than this; fewer than `limit` once there are no more. */
  next(below: number, limit: number): readonly number[]
  /** How many are looked at first, and then at a time. */
  first: number
  step: number
  /** The events of some keys that fit, in no order. */
  read(keys: readonly number[]): readonly T[]
  /** Where the search begins, exclusive, and the key below which that is. */
  before: Place
  below: number
}

/** The events of keys that are told highest first, in the order in which they were received. */
export function* inKeyOrder<T extends Place>(asked: KeysInOrder<T>): Generator<Step<T>, void> {
  let { below, first: limit } = asked
  let waiting: T[] = []
  for (;;) {
    const keys = asked.next(below, limit)
    const isEnd = keys.length < limit
    limit = asked.step
    below = keys.at(-1) ?? 0
    waiting = newestFirst([...waiting, ...asked.read(keys).filter((place) => isAfter(place, asked.before))])
    // What comes with lower keys may have been received later than some of these.
    const reached = isEnd ? null : { at: asked.blocks.ceiling(below - 1) + 1, key: 0 }
    const ready = reached === null ? waiting : waiting.filter((place) => !isAfter(place, reached))
    waiting = waiting.slice(ready.length)
    yield { found: ready, reached }
    if (reached === null) return
  }
}

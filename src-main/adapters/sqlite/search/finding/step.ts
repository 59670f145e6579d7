import type { Place } from '../../cursor.ts'

/** What one step of a search found, newest first, and the place down to which it looked; null once there is nothing more. */
export interface Step<T extends Place = Place> {
  found: readonly T[]
  reached: Place | null
}

/** Bounded in time, each step; whoever runs a search gives others a turn between them. */
export type Steps<T extends Place = Place> = Iterable<Step<T>>

export function isAfter(one: Place, other: Place): boolean {
  return one.at < other.at || (one.at === other.at && one.key < other.key)
}

export function newestFirst<T extends Place>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => b.at - a.at || b.key - a.key)
}

/**
 * The next rows of stretches that each tell their own newest first, up to `limit` of them at a time; `reached` is the place
 * down to which all are known, null at the end of all.
 */
export function nextOf<T extends Place>(
  stretches: readonly ((start: Place, limit: number) => T[])[],
  start: Place,
  limit: number,
): { rows: T[]; reached: Place | null } {
  const read = stretches.map((next) => next(start, limit))
  // Beyond the end of one that was cut off, no more is known of it.
  const ends = read.flatMap((rows) => (rows.length === limit ? rows.at(-1)! : []))
  const reached = ends.length === 0 ? null : newestFirst(ends)[0]!
  return { rows: read.flat().filter((row) => reached === null || !isAfter(row, reached)), reached }
}

/** Of two searches over different rows, one over all of them, in order. */
export function* merged<T extends Place>(searches: readonly Steps<T>[]): Generator<Step<T>, void> {
  const open = searches.map((steps) => ({ steps: steps[Symbol.iterator](), reached: START_OF_ALL as Place | null }))
  let waiting: T[] = []
  for (;;) {
    // The one that is behind holds up what the others found.
    const behind = open
      .filter((each) => each.reached !== null)
      .toSorted((a, b) => b.reached!.at - a.reached!.at || b.reached!.key - a.reached!.key)[0]
    if (!behind) break
    const next = behind.steps.next()
    behind.reached = next.done ? null : next.value.reached
    if (!next.done) waiting = newestFirst([...waiting, ...next.value.found])
    const floor = open.reduce<Place | null>(
      (highest, { reached }) => (reached && (!highest || isAfter(highest, reached)) ? reached : highest),
      null,
    )
    const held = floor === null ? waiting.length : waiting.findIndex((item) => isAfter(item, floor))
    const count = held < 0 ? waiting.length : held
    yield { found: waiting.slice(0, count), reached: floor }
    waiting = waiting.slice(count)
    if (floor === null) return
  }
}

const START_OF_ALL: Place = { at: Number.MAX_SAFE_INTEGER, key: Number.MAX_SAFE_INTEGER }

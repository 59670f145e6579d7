import type { Database } from 'better-sqlite3'
import type { Place } from '../../cursor.ts'
import type { EventIndex } from '../index/event-index.ts'
import { clausesOf, hasShortText } from '../index/match.ts'
import { prepareNarrowing, type Candidates, type Narrowing } from '../index/narrowing.ts'
import { eventsOfDeliveries } from './delivery-leads.ts'
import { prepareFittingEvents, type EventSearch } from './fitting-events.ts'
import { inKeyOrder } from './in-key-order.ts'
import { scanEvents, STEP_BODIES } from './scan-events.ts'
import { prepareNamedEvents } from './named-events.ts'
import { isAfter, merged, newestFirst, type Step, type Steps } from './step.ts'

/** So many events are looked at by one step of a search that knows which ones, at most. */
const STEP_KEYS = 300
/** Up to so many events that are not in the index yet are looked at one by one. */
const MOST_UNINDEXED = 5_000
/** For a very short text, so many of the newest events are looked at, and on while one of so many fits. */
const LOOKED_AT_FIRST = 500
const ENOUGH_OF = 30

/** Finds the events that fit a filter, newest first, by the way on which the fewest have to be looked at. */
export function prepareFindEvents(db: Database, index: EventIndex | null): (search: EventSearch) => Steps {
  const fitting = prepareFittingEvents(db)
  const placesOf = db.prepare<[string], Place>(
    'SELECT e.received_at AS at, e.key FROM json_each(?) k CROSS JOIN events e ON e.key = k.value',
  )
  const unindexedKeys = db
    .prepare<[number], number>(`SELECT key FROM events WHERE key > ? ORDER BY key LIMIT ${MOST_UNINDEXED + 1}`)
    .pluck()

  const keysNamed = prepareNamedEvents(db)
  const narrowing = index && { ...index, candidatesOf: prepareNarrowing(index) }

  /** These events and no others. */
  function* lookAt(keys: readonly number[], search: EventSearch): Generator<Step, void> {
    const places = newestFirst(placesOf.all(JSON.stringify(keys)).filter((place) => isAfter(place, search.before)))
    for (let start = 0; start < places.length; start += STEP_KEYS) {
      const some = places.slice(start, start + STEP_KEYS)
      const found = newestFirst(
        fitting.among(
          some.map(({ key }) => key),
          search,
        ),
      )
      yield { found, reached: start + STEP_KEYS < places.length ? some.at(-1)! : null }
    }
  }

  /** Those of the keys that `next` tells that the index is sure of, in order. */
  function inOrder(known: EventIndex, { unsure, below }: Standing, next: Candidates, search: EventSearch): Steps {
    const read = (keys: readonly number[]): Place[] =>
      fitting.among(
        keys.filter((key) => !unsure.has(key)),
        search,
      )
    return inKeyOrder({
      blocks: known.blocks,
      next,
      wanted: search.wanted,
      most: STEP_KEYS,
      read,
      before: search.before,
      below,
    })
  }

  /** These events and no others, without having to put all of them in order first. */
  function lookAtMany(known: EventIndex, keys: readonly number[], search: EventSearch): Steps {
    const standing = standingOf(known, search)
    const { indexedTo, unsure, below } = standing
    const sure = keys.filter((key) => key < below).toSorted((a, b) => b - a)
    let taken = 0
    const next: Candidates = (_, limit) => ({
      keys: sure.slice(taken, (taken += limit)),
      isEnd: taken >= sure.length,
    })
    const others = keys.filter((key) => key > indexedTo || unsure.has(key))
    return merged([lookAt(others, search), inOrder(known, standing, next, search)])
  }

  /** Of these events, those that the index cannot rule out. */
  function narrowed(known: NarrowingIndex, clauses: readonly string[], keys: readonly number[]): readonly number[] {
    const range = { below: known.indexedTo() + 1, from: 0 }
    const next = known.candidatesOf(clauses, range)
    const kept = new Set(known.unsure())
    for (let some = next(range.below, keys.length); ; some = next(some.keys.at(-1)!, keys.length)) {
      for (const key of some.keys) kept.add(key)
      if (kept.size >= keys.length) return keys
      if (some.isEnd) break
    }
    return keys.filter((key) => key >= range.below || kept.has(key))
  }

  function lookAtFew(keys: readonly number[], clauses: readonly string[] | null, search: EventSearch) {
    if (!narrowing || keys.length <= STEP_KEYS) return lookAt(keys, search)
    return lookAtMany(narrowing, clauses ? narrowed(narrowing, clauses, keys) : keys, search)
  }

  /** The index takes in more while a search runs: what was in it at the beginning is asked of it, all else looked at. */
  function findByIndex(known: NarrowingIndex, clauses: readonly string[], search: EventSearch): Steps {
    const standing = standingOf(known, search)
    const { indexedTo, unsure } = standing
    const indexed = inOrder(known, standing, known.candidatesOf(clauses, standing), search)
    const unindexed = unindexedKeys.all(indexedTo)
    return unindexed.length > MOST_UNINDEXED
      ? merged([scanEvents(fitting, { ...search, above: indexedTo }), lookAt([...unsure], search), indexed])
      : merged([lookAt([...unindexed, ...unsure], search), indexed])
  }

  return function* find(search) {
    const { projectId, filter } = search
    const named = keysNamed(filter)
    if (named) return yield* lookAt(named, search)
    const clauses = narrowing && clausesOf(projectId, filter)
    const few = eventsOfDeliveries(db, projectId, filter)
    if (few) return yield* lookAtFew(few, clauses, search)
    if (!narrowing || !clauses) return yield* scanEvents(fitting, search)
    let { before } = search
    if (hasShortText(filter)) {
      let [looked, passed] = [0, 0]
      for (const step of scanEvents(fitting, search)) {
        yield step
        if (step.reached === null) return
        before = step.reached
        passed += step.found.length
        if ((looked += STEP_BODIES) >= LOOKED_AT_FIRST && passed * ENOUGH_OF < looked) break
      }
    }
    yield* findByIndex(narrowing, clauses, { ...search, before })
  }
}

/** An index that tells what the clauses of a filter name. */
interface NarrowingIndex extends EventIndex {
  candidatesOf: Narrowing
}

/** How far an index can answer a search when that begins: up to `indexedTo`, for keys below `below` and from `from` on. */
interface Standing {
  indexedTo: number
  unsure: ReadonlySet<number>
  below: number
  from: number
}

function standingOf(known: EventIndex, { filter, before }: EventSearch): Standing {
  const indexedTo = known.indexedTo()
  const since = filter.map((test) => (test.kind === 'time' && !test.negated ? (test.since ?? -1) : -1))
  return {
    indexedTo,
    unsure: new Set(known.unsure()),
    below: Math.min(indexedTo + 1, known.blocks.keyAfter(before.at)),
    from: known.blocks.keyFrom(Math.max(-1, ...since)),
  }
}

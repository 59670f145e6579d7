import type { Database } from 'better-sqlite3'
import type { Place } from '../../cursor.ts'
import type { EventIndex } from '../index/event-index.ts'
import { clausesOf, hasShortText } from '../index/match.ts'
import { narrowing } from '../index/narrowing.ts'
import { eventsOfDeliveries } from './delivery-leads.ts'
import { prepareEventRows, type EventSearch, type FoundEvent } from './event-rows.ts'
import { inKeyOrder } from './in-key-order.ts'
import { scanEvents, STEP_BODIES } from './scan-events.ts'
import { prepareNamedEvents } from './named-events.ts'
import { isAfter, merged, newestFirst, type Step, type Steps } from './step.ts'

/** So many events are looked at by one step of a search that knows which ones. */
const STEP_KEYS = 300
/** And so many by its first, which are a page where each of them fits. */
const FIRST_KEYS = 120
/** Up to so many events that are not in the index yet are looked at one by one. */
const MOST_UNINDEXED = 5_000
/** For a very short text, so many of the newest events are looked at, and on while one of so many fits. */
const LOOKED_AT_FIRST = 500
const ENOUGH_OF = 30

/** Finds the events that fit a filter, newest first, by the way on which the fewest have to be looked at. */
export function prepareFindEvents(db: Database, index: EventIndex | null): (search: EventSearch) => Steps<FoundEvent> {
  const rows = prepareEventRows(db)
  const placesOf = db.prepare<[string], Place>(
    'SELECT e.received_at AS at, e.key FROM json_each(?) k CROSS JOIN events e ON e.key = k.value',
  )
  const unindexedKeys = db
    .prepare<[number], number>(`SELECT key FROM events WHERE key > ? ORDER BY key LIMIT ${MOST_UNINDEXED + 1}`)
    .pluck()

  const keysNamed = prepareNamedEvents(db)

  /** These events and no others. */
  function* lookAt(keys: readonly number[], search: EventSearch): Generator<Step<FoundEvent>, void> {
    const places = newestFirst(placesOf.all(JSON.stringify(keys)).filter((place) => isAfter(place, search.before)))
    for (let start = 0; start < places.length; start += STEP_KEYS) {
      const some = places.slice(start, start + STEP_KEYS)
      const found = newestFirst(
        rows.among(
          some.map(({ key }) => key),
          search,
        ),
      )
      yield { found, reached: start + STEP_KEYS < places.length ? some.at(-1)! : null }
    }
  }

  /** Those of the keys that `next` tells that the index is sure of, in order. */
  function inOrder(known: EventIndex, { unsure, below }: Standing, next: Next, search: EventSearch): Steps<FoundEvent> {
    const read = (keys: readonly number[]): FoundEvent[] =>
      rows.among(
        keys.filter((key) => !unsure.has(key)),
        search,
      )
    return inKeyOrder({
      blocks: known.blocks,
      next,
      first: FIRST_KEYS,
      step: STEP_KEYS,
      read,
      before: search.before,
      below,
    })
  }

  /** These events and no others, without having to put all of them in order first. */
  function lookAtMany(known: EventIndex, keys: readonly number[], search: EventSearch): Steps<FoundEvent> {
    const standing = standingOf(known, search)
    const { indexedTo, unsure, below } = standing
    const sure = keys.filter((key) => key < below).toSorted((a, b) => b - a)
    let taken = 0
    const next: Next = (_, limit) => sure.slice(taken, (taken += limit))
    const others = keys.filter((key) => key > indexedTo || unsure.has(key))
    return merged([lookAt(others, search), inOrder(known, standing, next, search)])
  }

  /** Of these events, those that the index cannot rule out. */
  function narrowed(known: EventIndex, clauses: readonly string[], keys: readonly number[]): readonly number[] {
    const range = { below: known.indexedTo() + 1, from: 0 }
    const named = known.candidates(narrowing(known, clauses, range), { ...range, limit: keys.length })
    if (named.length === keys.length) return keys
    const kept = new Set([...named, ...known.unsure()])
    return keys.filter((key) => key >= range.below || kept.has(key))
  }

  function lookAtFew(keys: readonly number[], clauses: readonly string[] | null, search: EventSearch) {
    if (!index || keys.length <= STEP_KEYS) return lookAt(keys, search)
    return lookAtMany(index, clauses ? narrowed(index, clauses, keys) : keys, search)
  }

  /** The index takes in more while a search runs: what was in it at the beginning is asked of it, all else looked at. */
  function findByIndex(known: EventIndex, clauses: readonly string[], search: EventSearch): Steps<FoundEvent> {
    const standing = standingOf(known, search)
    const { indexedTo, unsure, from } = standing
    const match = narrowing(known, clauses, standing)
    const next: Next = (below, limit) => known.candidates(match, { below, from, limit })
    const indexed = inOrder(known, standing, next, search)
    const unindexed = unindexedKeys.all(indexedTo)
    return unindexed.length > MOST_UNINDEXED
      ? merged([scanEvents(db, rows, { ...search, above: indexedTo }), lookAt([...unsure], search), indexed])
      : merged([lookAt([...unindexed, ...unsure], search), indexed])
  }

  return function* find(search) {
    const { projectId, filter } = search
    const named = keysNamed(filter)
    if (named) return yield* lookAt(named, search)
    const clauses = index && clausesOf(projectId, filter)
    const few = eventsOfDeliveries(db, projectId, filter)
    if (few) return yield* lookAtFew(few, clauses, search)
    if (!index || clauses === null) return yield* scanEvents(db, rows, search)
    let { before } = search
    if (hasShortText(filter)) {
      let [looked, fitting] = [0, 0]
      for (const step of scanEvents(db, rows, search)) {
        yield step
        if (step.reached === null) return
        before = step.reached
        fitting += step.found.length
        if ((looked += STEP_BODIES) >= LOOKED_AT_FIRST && fitting * ENOUGH_OF < looked) break
      }
    }
    yield* findByIndex(index, clauses, { ...search, before })
  }
}

/** Keys below one, highest first; fewer than `limit` of them once there are no more. */
type Next = (below: number, limit: number) => readonly number[]

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

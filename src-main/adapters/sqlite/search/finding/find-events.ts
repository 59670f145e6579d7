import type { Database } from 'better-sqlite3'
import type { Place } from '../../cursor.ts'
import type { EventIndex } from '../index/event-index.ts'
import { hasShortText, matchOf } from '../index/match.ts'
import { eventsOfDeliveries } from './delivery-leads.ts'
import { prepareEventRows, type EventSearch, type FoundEvent } from './event-rows.ts'
import { scanEvents } from './scan-events.ts'
import { isAfter, merged, newestFirst, type Step, type Steps } from './step.ts'

/** So many events are looked at by one step of a search that knows which ones. */
const STEP_KEYS = 300
/** Up to so many events that are not in the index yet are looked at one by one. */
const MOST_UNINDEXED = 5_000
/** For a very short text, so many of the newest events are looked at before the index is asked. */
const LOOKED_AT_FIRST = 3_000

/** Finds the events that fit a filter, newest first, by the way on which the fewest have to be looked at. */
export function prepareFindEvents(db: Database, index: EventIndex | null): (search: EventSearch) => Steps<FoundEvent> {
  const rows = prepareEventRows(db)
  const placesOf = db.prepare<[string], Place>(
    'SELECT e.received_at AS at, e.key FROM json_each(?) k CROSS JOIN events e ON e.key = k.value',
  )
  const unindexedKeys = db
    .prepare<[number], number>(`SELECT key FROM events WHERE key > ? ORDER BY key LIMIT ${MOST_UNINDEXED + 1}`)
    .pluck()

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

  /** Those that the index names, of the ones that it had when the search began. */
  function* askIndex(
    known: EventIndex,
    { match, indexedTo, unsure }: { match: string; indexedTo: number; unsure: ReadonlySet<number> },
    search: EventSearch,
  ): Generator<Step<FoundEvent>, void> {
    const { blocks } = known
    const { since } = boundsOf(search)
    const from = blocks.keyFrom(since)
    let below = Math.min(indexedTo + 1, blocks.keyAfter(search.before.at))
    let waiting: FoundEvent[] = []
    for (;;) {
      const keys = known.candidates(match, { below, from, limit: STEP_KEYS })
      const isEnd = keys.length < STEP_KEYS
      below = keys.at(-1) ?? 0
      const found = rows.among(
        keys.filter((key) => !unsure.has(key)),
        search,
      )
      waiting = newestFirst([...waiting, ...found.filter((place) => isAfter(place, search.before))])
      // What comes with lower keys may have been received later than some of these.
      const reached = isEnd ? null : { at: blocks.ceiling(below - 1) + 1, key: 0 }
      const ready = reached === null ? waiting : waiting.filter((place) => !isAfter(place, reached))
      waiting = waiting.slice(ready.length)
      yield { found: ready, reached }
      if (reached === null) return
    }
  }

  /** Of these events, those that the index cannot rule out. */
  function narrowed(known: EventIndex, match: string, keys: readonly number[]): readonly number[] {
    if (keys.length <= STEP_KEYS) return keys
    const indexedTo = known.indexedTo()
    const named = known.candidates(match, { below: indexedTo + 1, from: 0, limit: keys.length })
    if (named.length === keys.length) return keys
    const kept = new Set([...named, ...known.unsure()])
    return keys.filter((key) => key > indexedTo || kept.has(key))
  }

  /** The index takes in more while a search runs: what was in it at the beginning is asked of it, all else looked at. */
  function findByIndex(known: EventIndex, match: string, search: EventSearch): Steps<FoundEvent> {
    const indexedTo = known.indexedTo()
    const unsure = new Set(known.unsure())
    const indexed = askIndex(known, { match, indexedTo, unsure }, search)
    const unindexed = unindexedKeys.all(indexedTo)
    return unindexed.length > MOST_UNINDEXED
      ? merged([scanEvents(db, rows, { ...search, above: indexedTo }), lookAt([...unsure], search), indexed])
      : merged([lookAt([...unindexed, ...unsure], search), indexed])
  }

  return function* find(search) {
    const { projectId, filter } = search
    const match = index && matchOf(projectId, filter)
    const few = eventsOfDeliveries(db, projectId, filter)
    if (few) return yield* lookAt(index && match ? narrowed(index, match, few) : few, search)
    if (!index || match === null) return yield* scanEvents(db, rows, search)
    let { before } = search
    if (hasShortText(filter)) {
      let looked = 0
      for (const step of scanEvents(db, rows, search)) {
        yield step
        if (step.reached === null) return
        before = step.reached
        if ((looked += STEP_KEYS) >= LOOKED_AT_FIRST) break
      }
    }
    yield* findByIndex(index, match, { ...search, before })
  }
}

function boundsOf({ filter }: EventSearch): { since: number } {
  const since = filter.map((test) => (test.kind === 'time' && !test.negated ? (test.since ?? -1) : -1))
  return { since: Math.max(-1, ...since) }
}

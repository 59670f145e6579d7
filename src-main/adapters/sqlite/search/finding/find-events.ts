import type { Database } from 'better-sqlite3'
import { type Place, START } from '../../cursor.ts'
import type { EventIndex } from '../index/event-index.ts'
import type { KeyRun } from '../index/time-blocks.ts'
import { clausesOf, hasShortText } from '../index/match.ts'
import { prepareNarrowing, type Candidates, type Narrowing } from '../index/narrowing.ts'
import { sinceOf } from './course.ts'
import { type FewDeliveries, prepareFewDeliveries, type Stretch } from './delivery-leads.ts'
import { prepareFittingEvents, type EventSearch } from './fitting-events.ts'
import { inOrder, type MoreKeys } from './in-order.ts'
import { scanEvents, STEP_BODIES } from './scan-events.ts'
import { prepareNamedEvents } from './named-events.ts'
import { isAfter, merged, newestFirst, nextOf, type Step, type Steps } from './step.ts'

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
  const fewDeliveries = prepareFewDeliveries(db)

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

  /** Those of a run's keys that the index is sure of and its candidates name, in order; asked once their time has come. */
  function* sureOfRun(run: KeyRun, { unsure }: Standing, name: () => Candidates, search: EventSearch) {
    // What comes with lower keys may have been received later than what was read.
    const ceilingBelow = (key: number): Place => ({ at: run.ceiling(key - 1) + 1, key: 0 })
    let { below } = run
    yield { found: [], reached: ceilingBelow(below) }
    const candidates = name()
    yield* readInOrder((limit) => {
      const { keys, isEnd } = candidates(below, limit)
      below = keys.at(-1) ?? run.from
      return { keys: keys.filter((key) => !unsure.has(key)), reached: isEnd ? null : ceilingBelow(below) }
    }, search)
  }

  /** By their deliveries, newest first: an event is never younger than one of these. */
  function alongDeliveries(stretches: readonly Stretch[], search: EventSearch): Steps {
    const isAhead = narrowing ? aheadOf(standingOf(narrowing, search)) : () => true
    const seen = new Set<number>()
    let start = START
    return readInOrder((limit) => {
      const { rows, reached } = nextOf(stretches, start, limit)
      if (reached !== null) start = reached
      const keys = [...new Set(rows.map(({ eventKey }) => eventKey))].filter((key) => !seen.has(key) && isAhead(key))
      for (const key of keys) seen.add(key)
      return { keys, reached: reached && { at: reached.at + 1, key: 0 } }
    }, search)
  }

  function readInOrder(next: (limit: number) => MoreKeys, search: EventSearch): Steps {
    const { wanted, before } = search
    return inOrder({ next, wanted, most: STEP_KEYS, read: (keys) => fitting.among(keys, search), before })
  }

  /** These events and no others, without having to put all of them in order first. */
  function lookAtMany(known: EventIndex, keys: readonly number[], search: EventSearch): Steps {
    const standing = standingOf(known, search)
    const { indexedTo, unsure, runs } = standing
    const namedIn = (run: KeyRun) => (): Candidates => {
      const named = keys.filter((key) => isIn(run, key)).toSorted((a, b) => b - a)
      let taken = 0
      return (_, limit) => ({ keys: named.slice(taken, (taken += limit)), isEnd: taken >= named.length })
    }
    const others = keys.filter((key) => key > indexedTo || unsure.has(key))
    return merged([lookAt(others, search), ...runs.map((run) => sureOfRun(run, standing, namedIn(run), search))])
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

  /** Null where nothing is asked of a delivery, or too many may pass. */
  function fewOf({ projectId, filter }: EventSearch): FewDeliveries | null {
    const asked = filter.find((test) => test.kind === 'delivery' && !test.negated)
    return asked?.kind === 'delivery'
      ? fewDeliveries({ projectId, filter: asked.filter, since: sinceOf(filter) })
      : null
  }

  function lookAtFew(few: FewDeliveries, clauses: readonly string[] | null, search: EventSearch): Steps {
    if (!clauses && few.stretches) return alongDeliveries(few.stretches, search)
    const keys = few.keys('d.event_key')
    if (!narrowing || keys.length <= STEP_KEYS) return lookAt(keys, search)
    return lookAtMany(narrowing, clauses ? narrowed(narrowing, clauses, keys) : keys, search)
  }

  /** The index takes in more while a search runs: what was in it at the beginning is asked of it, all else looked at. */
  function findByIndex(known: NarrowingIndex, clauses: readonly string[], search: EventSearch): Steps {
    const standing = standingOf(known, search)
    const { indexedTo, unsure, runs } = standing
    const indexed = runs.map((run) => sureOfRun(run, standing, () => known.candidatesOf(clauses, run), search))
    const unindexed = unindexedKeys.all(indexedTo)
    return unindexed.length > MOST_UNINDEXED
      ? merged([scanEvents(fitting, { ...search, above: indexedTo }), lookAt([...unsure], search), ...indexed])
      : merged([lookAt([...unindexed, ...unsure], search), ...indexed])
  }

  return function* find(search) {
    const { projectId, filter } = search
    const named = keysNamed(filter)
    if (named) return yield* lookAt(named, search)
    const clauses = narrowing && clausesOf(projectId, filter)
    const few = fewOf(search)
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

/** How far an index can answer a search when that begins: up to `indexedTo`, for keys in these runs. */
interface Standing {
  indexedTo: number
  unsure: ReadonlySet<number>
  runs: readonly KeyRun[]
}

/** Tells of a key whether its event may lie after the place where the search begins. */
function aheadOf({ indexedTo, unsure, runs }: Standing): (key: number) => boolean {
  return (key) => runs.some((run) => isIn(run, key)) || key > indexedTo || unsure.has(key)
}

function isIn({ from, below }: KeyRun, key: number): boolean {
  return key >= from && key < below
}

function standingOf(known: EventIndex, { filter, before }: EventSearch): Standing {
  const indexedTo = known.indexedTo()
  return {
    indexedTo,
    unsure: new Set(known.unsure()),
    runs: known.blocks
      .runs({ since: sinceOf(filter), until: before.at })
      .map((run) => ({ ...run, below: Math.min(run.below, indexedTo + 1) })),
  }
}

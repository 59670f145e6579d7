import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { DeliveryFilter } from '#shared/model/filter/meaning/delivery-filter.ts'
import type { EventFilter, EventTest } from '#shared/model/filter/meaning/event-filter.ts'
import { contentPasses, isContentTest } from '#shared/model/filter/meaning/event-passes.ts'
import { readJsonPath } from '#shared/model/filter/language/json-path.ts'
import { START } from '#main/adapters/sqlite/cursor.ts'
import { createConnection } from '#main/adapters/sqlite/connection.ts'
import { openDatabase } from '#main/adapters/sqlite/opening/open-database.ts'
import { clausesOf, matchOf } from '#main/adapters/sqlite/search/index/match.ts'
import { openEventIndex } from '#main/adapters/sqlite/search/index/open-event-index.ts'
import { prepareFindEvents } from '#main/adapters/sqlite/search/finding/find-events.ts'
import type { EventSearch } from '#main/adapters/sqlite/search/finding/fitting-events.ts'
import { createLocalSearcher } from '#main/adapters/sqlite/search/searcher.ts'
import { createSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { newDelivery, newReplay, NOW } from '#test/conformance/store/records.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { tempDirectory } from './temp-directory.ts'

const BELOW_ALL = { below: Number.MAX_SAFE_INTEGER, from: 0, limit: 10_000 }

/** A database with its index at hand, which takes in what is new only when it is told to. */
async function setUp() {
  const path = join(tempDirectory(), 'hookloop.db')
  const log = createFakeLog()
  const db = openDatabase({ path, log })
  const index = openEventIndex(db, path)
  const store = createSqliteStore(createConnection(db, log, { searcher: createLocalSearcher(db, index) }))
  onTestFinished(() => index.close())
  onTestFinished(() => store.close())
  const world = await createWorld(store)
  const keyOf = db.prepare<[string], number>('SELECT key FROM events WHERE id = ?').pluck()
  const projectId = world.project.id

  return {
    db,
    index,
    store,
    projectId,
    add: async (text: string, change: Partial<EventRecord> = {}, to: readonly Endpoint[] = []) =>
      (await world.addEvent({ body: new TextEncoder().encode(text), event: change, to: [...to] })).event,
    addPaused: () => world.addEndpoint({ state: 'paused', pausedReason: 'manual', pausedAt: NOW }),
    takeIn() {
      while (index.advance()) continue
    },
    keyOf: (id: string) => keyOf.get(id)!,
    /** The keys that the index names for a filter. */
    named: (filter: EventFilter) => new Set(index.candidates(matchOf(clausesOf(projectId, filter)!), BELOW_ALL)),
    async found(filter: EventFilter): Promise<string[]> {
      const ids: string[] = []
      let cursor: string | null = null
      do {
        if (ids.length > 1_000) throw new Error('the same events are found over and over')
        const page = await store.events.list({ projectId, filter, limit: 60, cursor })
        ids.push(...page.items.map(({ event }) => event.id))
        cursor = page.nextCursor
      } while (cursor !== null)
      return ids
    },
  }
}

const holds = (text: string): EventTest => ({ kind: 'text', text, negated: false })

/** The index may name more than fit, and never fewer: whoever it leaves out is not looked at. */
async function expectNoneLeftOut(bodies: readonly string[], filters: readonly EventFilter[]): Promise<void> {
  const { add, takeIn, named, keyOf } = await setUp()
  const events: { event: EventRecord; body: string }[] = []
  for (const body of bodies) events.push({ event: await add(body), body })
  takeIn()
  for (const filter of filters) {
    const keys = named(filter)
    const fits = ({ event, body }: (typeof events)[number]) =>
      contentPasses(filter.filter(isContentTest), event, () => new TextEncoder().encode(body))
    const leftOut = events.filter((each) => fits(each) && !keys.has(keyOf(each.event.id)))
    expect(
      leftOut.map(({ body }) => body),
      JSON.stringify(filter),
    ).toEqual([])
  }
}

it('RPL-4 the index names every event that holds a text of one or two letters, wherever it stands', async () => {
  const bodies = ['ab', 'xaby', 'b', 'zz a', 'grün', '订单', '{"k":"qj"}', 'a\tb', 'wx', 'é', 'end of it: vw']
  const texts = new Set(
    bodies.flatMap((body) =>
      Array.from({ length: body.length }).flatMap((_, at) => [body.slice(at, at + 1), body.slice(at, at + 2)]),
    ),
  )
  await expectNoneLeftOut(
    bodies,
    [...texts].filter((text) => text.trim() !== '').map((text) => [holds(text)]),
  )
})

it('RPL-4 the index names a number however it is written, in the body and in the filter', async () => {
  const bodies = ['42', '42.0', '4.2e1', '"42"', '"42.0"', '-1', '-1.0', '1e21', '1000000000000000000000', '0.50', '.5']
  const written = ['42', '42.0', '4.2e1', '-1', '-1.00', '1e21', '1000000000000000000000', '0.5', '5e-1']
  const filters = written.flatMap((text) =>
    [true, false].map((isQuoted): EventFilter => {
      const test = { comparison: '=' as const, operand: { text, isQuoted } }
      return [{ kind: 'json', path: readJsonPath('$.n')!, test, negated: false }]
    }),
  )
  await expectNoneLeftOut(
    bodies.map((value) => `{"n":${value}}`),
    filters,
  )
})

it('RPL-4 the index names every number and text that compares as asked', async () => {
  const numbers = ['0', '-0', '1', '-1', '15.99', '16', '1e-300', '1e300', '-1e300', '998', '999.5', '1e999', '-7.25']
  const texts = ['2026-01-31', '2026-02-01T00:00:00Z', '1999-12-31 x', '2026-13-01', '', 'a', '9', '2039-12-31']
  const bodies = [...numbers, ...texts.map((text) => `"${text}"`), 'null', 'true'].map((value) => `{"n":[${value}]}`)
  const filters = [...numbers, ...texts].flatMap((text) =>
    (['>', '>=', '<', '<='] as const).flatMap((comparison) =>
      [true, false].map((isQuoted): EventFilter => {
        const test = { comparison, operand: { text, isQuoted } }
        return [{ kind: 'json', path: readJsonPath('$.n[*]')!, test, negated: false }]
      }),
    ),
  )
  await expectNoneLeftOut(bodies, filters)
})

it('RPL-4 the index names few of the numbers that do not compare as asked', async () => {
  const { add, takeIn, named } = await setUp()
  await Promise.all(Array.from({ length: 200 }, (_, amount) => add(`{"amount":${amount}}`)))
  takeIn()
  const path = readJsonPath('$.amount')!
  const asked = (comparison: '>' | '<', text: string) =>
    named([{ kind: 'json', path, test: { comparison, operand: { text, isQuoted: false } }, negated: false }]).size
  expect(asked('>', '190')).toBeLessThanOrEqual(10)
  expect(asked('<', '10')).toBeLessThanOrEqual(11)
  expect(asked('>', '500')).toBe(0)
})

it('RPL-4 lists what came in another order than it was received by when it was received, over many steps of a search', async () => {
  const { add, takeIn, found, addPaused } = await setUp()
  const to = [await addPaused()]
  const places = Array.from({ length: 700 }, (_, place) => place)
  const expected = await Promise.all(
    places.map(async (place) => {
      // Some came late, as an import does; some by a clock that was ahead.
      const at = NOW + place + (place % 9 === 4 ? -500 : place % 13 === 6 ? 400 : 0)
      const { id } = await add('a needle', { receivedAt: at }, to)
      return { id, at, place }
    }),
  )
  takeIn()
  const order = expected.toSorted((a, b) => b.at - a.at || b.place - a.place).map(({ id }) => id)
  expect(await found([holds('needle')])).toEqual(order)
  const held: DeliveryFilter = [{ kind: 'state', states: ['held'], negated: false }]
  const waits: EventTest = { kind: 'delivery', filter: held, negated: false }
  expect(await found([waits])).toEqual(order)
  expect(await found([waits, holds('needle')])).toEqual(order)
})

it('RPL-4 DA10 begins at the newest where an archive of older events was read after them', async () => {
  const { db, index, projectId, add, takeIn, keyOf } = await setUp()
  const newest = await Promise.all(
    Array.from({ length: 300 }, (_, place) => add('a needle', { receivedAt: NOW + place })),
  )
  await Promise.all(Array.from({ length: 4_000 }, (_, place) => add('a needle', { receivedAt: NOW - 9_000 + place })))
  takeIn()
  const search: EventSearch = { projectId, filter: [holds('needle')], before: START, wanted: 61 }
  let steps = 0
  const first: number[] = []
  for (const step of prepareFindEvents(db, index)(search)) {
    steps += 1
    first.push(...step.found.map(({ key }) => key))
    if (first.length >= search.wanted) break
  }
  expect(first.slice(0, 61)).toEqual(
    newest
      .toReversed()
      .slice(0, 61)
      .map(({ id }) => keyOf(id)),
  )
  // To look at all of the archive takes thirteen more.
  expect(steps).toBeLessThan(10)
})

it('RPL-4 lists the events of deliveries in their own order, page by page, where old ones were sent again', async () => {
  const { store, add, takeIn, found, addPaused } = await setUp()
  const to = [await addPaused()]
  const events: EventRecord[] = []
  for (let place = 0; place < 300; place += 1) {
    // Every third goes nowhere at first.
    events.push(await add('x', { receivedAt: NOW + place }, place % 3 === 0 ? [] : to))
    // An older one is sent again, so that its newest delivery is younger than what came since.
    const again = place % 5 === 4 ? events[Math.floor(place / 2)]! : null
    if (again === null) continue
    const replay = newReplay(again.projectId, { createdAt: NOW + place })
    const made = { endpointId: to[0]!.id, replayId: replay.id, state: 'held' as const, dueAt: null }
    await store.replays.create(replay, [newDelivery(again, { ...made, createdAt: NOW + place })], null)
  }
  const places = events.map((_, place) => place)
  const replayed = new Set(places.filter((place) => place % 5 === 4).map((place) => Math.floor(place / 2)))
  const sent = places.filter((place) => place % 3 !== 0 || replayed.has(place))
  const idsOf = (some: readonly number[]) => some.toSorted((a, b) => b - a).map((place) => events[place]!.id)
  const deliveries = (filter: DeliveryFilter): EventTest => ({ kind: 'delivery', filter, negated: false })
  const held = deliveries([{ kind: 'state', states: ['succeeded', 'held'], negated: false }])
  const toEndpoint = deliveries([{ kind: 'endpoint', endpointIds: [to[0]!.id], negated: false }])
  const since: EventTest = { kind: 'time', since: NOW + 200, until: null, negated: false }
  for (const step of [() => {}, takeIn]) {
    step()
    expect(await found([held])).toEqual(idsOf(sent))
    expect(await found([toEndpoint])).toEqual(idsOf(sent))
    expect(await found([held, since])).toEqual(idsOf(sent.filter((place) => place >= 200)))
  }
})

it('RPL-4 finds an event that was given the key of a deleted one, before the index has heard of it and after', async () => {
  const { index, store, add, takeIn, keyOf, found } = await setUp()
  const old = await add('an old word')
  takeIn()
  const key = keyOf(old.id)
  await store.retention.deleteEvent(old.id)
  index.noteRemoved([key])
  const fresh = await add('something new')
  expect(keyOf(fresh.id)).toBe(key)
  for (const step of [() => {}, takeIn]) {
    step()
    expect(await found([holds('something')])).toEqual([fresh.id])
    expect(await found([holds('old word')])).toEqual([])
  }
})

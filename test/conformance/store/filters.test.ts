import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DeliveryState } from '#shared/model/delivery.ts'
import type { DeliveryFilter, DeliveryTest } from '#shared/model/filter/meaning/delivery-filter.ts'
import type { EventFilter, EventTest } from '#shared/model/filter/meaning/event-filter.ts'
import { deliveryPasses, eventPasses } from '#shared/model/filter/meaning/event-passes.ts'
import { parseJson } from '#shared/model/parse-json.ts'
import type { JsonPath } from '#shared/model/filter/language/json-path.ts'
import type { Page, PageRequest } from '#main/engine/ports.ts'
import { openFilterWorld, STATUSES, TYPES, WORDS, type FilterWorld } from './filter-world.ts'
import { NOW } from './records.ts'

const negated = fc.boolean()
const some = <T>(values: readonly T[]) => fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 2 })
const instant = fc.option(fc.integer({ min: NOW - 5, max: NOW + 45 }), { nil: null })
const types = some([...TYPES, 'audit.*', 'audit.page.*', '*', 'none'])
const statuses = fc.array(
  fc.constantFrom(
    ...STATUSES.map((status) => ({ from: status, to: status })),
    { from: 500, to: 599 },
    { from: 200, to: 299 },
  ),
  { minLength: 1, maxLength: 2 },
)

const operand = fc.record({
  text: fc.constantFrom(...WORDS, '42.0', '-1', 'true', '1e21', ''),
  isQuoted: fc.boolean(),
})
const comparison = fc.oneof(
  { weight: 3, arbitrary: fc.constant('=' as const) },
  { weight: 2, arbitrary: fc.constantFrom('!=' as const, '>' as const, '>=' as const, '<' as const, '<=' as const) },
)
const text = fc.constantFrom(...WORDS, 'eed', 'e', 'ab ', 'x', 'audit', '/in/inbox', 'Stripe', '"id"', 'X-TOPIC')

/** Paths that lead somewhere, and what stands there. */
function places({ kept }: FilterWorld): { path: JsonPath; value: unknown }[] {
  const found: { path: JsonPath; value: unknown }[] = []
  function visit(value: unknown, path: JsonPath): void {
    found.push({ path, value })
    if (Array.isArray(value)) {
      for (const [index, each] of value.entries()) {
        visit(each, [...path, { kind: 'index', index }])
        visit(each, [...path, { kind: 'every' }])
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) visit(each, [...path, { kind: 'key', key }])
    }
  }
  for (const { body } of kept) visit(parseJson(body), [])
  return found
}

function jsonTest(world: FilterWorld): fc.Arbitrary<EventTest> {
  return fc
    .record({ place: fc.constantFrom(...places(world)), comparison, other: fc.option(operand), isQuoted: fc.boolean() })
    .map(({ place: { path, value }, comparison: sign, other, isQuoted }) => {
      const isScalar = typeof value !== 'object' || value === null
      const asked = other ?? (isScalar ? { text: `${value as string | number | boolean | null}`, isQuoted } : null)
      return { kind: 'json', path, test: asked && { comparison: sign, operand: asked }, negated: false }
    })
}

/** Three to eight letters of some body, or of none. */
function textTest({ kept }: FilterWorld): fc.Arbitrary<EventTest> {
  const texts = kept.map(({ body }) => new TextDecoder().decode(body)).filter((body) => body.length > 8)
  return fc
    .record({
      body: fc.constantFrom(...texts),
      start: fc.nat(40),
      length: fc.integer({ min: 1, max: 8 }),
      word: text,
      negated,
    })
    .map(({ body, start, length, word, negated: isNegated }) => {
      const part = body.slice(start, start + length).trim()
      return { kind: 'text', text: part === '' ? word : part, negated: isNegated }
    })
}

function deliveryTest({ endpointIds }: FilterWorld): fc.Arbitrary<DeliveryTest> {
  return fc.oneof(
    fc.record({ kind: fc.constant('state' as const), states: some(DeliveryState.options), negated }),
    fc.record({ kind: fc.constant('endpoint' as const), endpointIds: some([...endpointIds, null]), negated }),
    fc.record({ kind: fc.constant('status' as const), statuses, negated }),
    fc.record({
      kind: fc.constant('reason' as const),
      reasons: some(['server_error' as const, 'gone' as const]),
      negated,
    }),
  )
}

function eventTest(world: FilterWorld): fc.Arbitrary<EventTest> {
  const { sourceIds, kept } = world
  return fc.oneof(
    fc.record({ kind: fc.constant('text' as const), text, negated }),
    fc.record({ kind: fc.constant('type' as const), types, negated }),
    fc.record({ kind: fc.constant('source' as const), sourceIds: some(sourceIds), negated }),
    fc.record({ kind: fc.constant('provider' as const), providers: some(['stripe', 'github', 'none']), negated }),
    fc.record({
      kind: fc.constant('origin' as const),
      origins: some(['captured' as const, 'composed' as const]),
      negated,
    }),
    fc.record({
      kind: fc.constant('capture' as const),
      captures: some(['complete' as const, 'partial' as const]),
      negated,
    }),
    fc.record({
      kind: fc.constant('verdict' as const),
      verdicts: some(['valid' as const, 'invalid' as const]),
      negated,
    }),
    fc.record({
      kind: fc.constantFrom('event' as const, 'edited' as const),
      eventIds: some(kept.map(({ event }) => event.id)),
      negated,
    }),
    fc.record({ kind: fc.constant('time' as const), since: instant, until: instant, negated: fc.constant(false) }),
    fc.record({
      kind: fc.constant('header' as const),
      name: fc.constantFrom('x-topic', 'etag', 'host'),
      value: fc.option(fc.constantFrom(...WORDS.slice(0, 4)), { nil: null }),
      negated,
    }),
    { weight: 3, arbitrary: jsonTest(world) },
    jsonTest(world).map((test) => ({ ...test, negated: true })),
    { weight: 3, arbitrary: textTest(world) },
    fc.record({
      kind: fc.constant('delivery' as const),
      filter: fc.array(deliveryTest(world), { minLength: 1, maxLength: 2 }),
      negated,
    }),
  )
}

async function allPages<T>(read: (page: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const found: T[] = []
  let cursor: string | null = null
  do {
    const page: Page<T> = await read({ limit: 60, cursor })
    found.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return found
}

it('RPL-4 any filter finds just the events that pass it, newest first, with the index, without it and while it is behind', async () => {
  const world = await openFilterWorld()
  const { projectId, indexed, plain } = world
  const order = (filter: EventFilter) =>
    world.kept
      .map((tested, place) => ({ tested, place }))
      .filter(({ tested }) => tested.event.projectId === projectId && eventPasses(filter, tested))
      .toSorted((a, b) => b.tested.event.receivedAt - a.tested.event.receivedAt || b.place - a.place)
      .map(({ tested }) => tested.event.id)
  await fc.assert(
    fc.asyncProperty(fc.array(eventTest(world), { maxLength: 3 }), async (filter) => {
      const expected = order(filter)
      for (const { events } of [indexed, plain]) {
        const found = await allPages((page) => events.list({ projectId, filter, ...page }))
        expect(found.map(({ event }) => event.id)).toEqual(expected)
        const count = await events.countFitting({ projectId, filter, most: 100 })
        expect(count).toEqual({ count: Math.min(expected.length, 100), isMore: expected.length > 100 })
      }
    }),
    { numRuns: 150 },
  )
})

it('RPL-4 any filter finds just the deliveries that pass it, newest first', async () => {
  const world = await openFilterWorld()
  const { projectId, indexed } = world
  const all = world.kept.flatMap(({ deliveries }) => deliveries)
  const test = fc.oneof(
    deliveryTest(world),
    fc.record({ kind: fc.constant('type' as const), types, negated }),
    fc.record({ kind: fc.constant('event' as const), eventIds: some(all.map(({ eventId }) => eventId)), negated }),
    fc.record({ kind: fc.constant('time' as const), since: instant, until: instant, negated: fc.constant(false) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(test, { maxLength: 3 }), async (filter: DeliveryFilter) => {
      const query = { projectId, eventId: null, endpointId: null, replayId: null, states: [], filter }
      const found = await allPages((page) => indexed.deliveries.list({ ...query, ...page }))
      const expected = all.filter((delivery) => deliveryPasses(filter, delivery))
      expect(found.map(({ id }) => id).toSorted()).toEqual(expected.map(({ id }) => id).toSorted())
      expect(found.map(({ createdAt }) => createdAt)).toEqual(
        found.map(({ createdAt }) => createdAt).toSorted((a, b) => b - a),
      )
    }),
    { numRuns: 150 },
  )
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatFilter } from '#shared/model/filter/language/format-filter.ts'
import type { FilterTerm } from '#shared/model/filter/language/filter-term.ts'
import { parseFilter } from '#shared/model/filter/language/parse-filter.ts'

const read = (text: string) => parseFilter(text, 'events').terms
const problem = (text: string, subject: 'events' | 'deliveries' = 'events') => parseFilter(text, subject).problem

describe('RPL-4 The language of filters', () => {
  it('reads named parts, a path into the body and text, all of which must hold', () => {
    expect(read('type:audit.* state:failed,held $.data.id=42 "some text" word -source:inbox')).toEqual([
      { kind: 'named', key: 'type', values: ['audit.*'], negated: false },
      { kind: 'named', key: 'state', values: ['failed', 'held'], negated: false },
      {
        kind: 'json',
        path: [
          { kind: 'key', key: 'data' },
          { kind: 'key', key: 'id' },
        ],
        test: { comparison: '=', operand: { text: '42', isQuoted: false } },
        negated: false,
      },
      { kind: 'text', text: 'some text', negated: false },
      { kind: 'text', text: 'word', negated: false },
      { kind: 'named', key: 'source', values: ['inbox'], negated: true },
    ])
  })

  it.each([
    ['$.a', []],
    ['$.a = "x y"', [['=', 'x y', true]]],
    ['$.a!=1', [['!=', '1', false]]],
    ['$["odd key"][0][*].b >= -1.5', [['>=', '-1.5', false]]],
    ['$.domain="example-protocol.io"', [['=', 'example-protocol.io', true]]],
  ])('reads %s as one part', (text, expected) => {
    const [term, ...rest] = read(text)
    expect(rest).toEqual([])
    expect(term).toMatchObject({ kind: 'json' })
    const test = term?.kind === 'json' ? term.test : null
    expect(test === null ? [] : [[test.comparison, test.operand.text, test.operand.isQuoted]]).toEqual(expected)
  })

  it.each([
    ['status:500', { from: 500, to: 500 }],
    ['status:5xx', { from: 500, to: 599 }],
  ])('reads %s', (text, range) => {
    expect(read(text)).toEqual([{ kind: 'status', statuses: [range], negated: false }])
  })

  it('reads times before now, days and instants, and asks whose clock a time without a zone is meant by', () => {
    const time = (text: string, zone: 'utc' | 'local' = 'utc') => parseFilter(text, 'events', zone).terms[0]
    expect(time('since:2h')).toMatchObject({ key: 'since', time: { kind: 'ago', ms: 7_200_000 } })
    expect(time('until:2026-11-25')).toMatchObject({ time: { kind: 'at', at: Date.UTC(2026, 10, 25) } })
    expect(time('since:2026-11-25T10:02')).toMatchObject({ time: { at: Date.UTC(2026, 10, 25, 10, 2) } })
    expect(time('since:2026-11-25T10:02', 'local')).toMatchObject({
      time: { at: new Date(2026, 10, 25, 10, 2).getTime() },
    })
    expect(time('since:2026-11-25T10:02+02:00')).toMatchObject({ time: { at: Date.UTC(2026, 10, 25, 8, 2) } })
  })

  it.each(['http://x.example/a', 'urn:a:b', 'a:b,c', 'not-negated', '10:30', 'foo:"a b"'])(
    'takes “%s”, which begins with no key, as text',
    (text) => {
      expect(read(text)).toEqual([{ kind: 'text', text, negated: false }])
    },
  )

  it.each([
    ['state:lost', 'lost', 'scheduled'],
    ['type:', 'type:', 'type:audit.*'],
    ['statu:failed', 'statu:', 'state:'],
    ['since:soon', 'soon', '15m'],
    ['-since:2h', '-since:2h', 'until:2h'],
    ['status:0', 'status:0', '5xx'],
    ['$.a[=1', '$.a[', '$.data.items[0].id'],
    ['$5', '$5', '$.data.items[0].id'],
    ['$.a=', '$.a=', '""'],
    ['header:', 'header:', 'header:name'],
    ['replay:rpl_1', 'replay:rpl_1', 'Deliveries'],
    ['""', '""', 'Write what to find'],
  ])('names the part of “%s” that is wrong and what to write instead', (text, named, fix) => {
    expect(problem(`"ok" ${text}`)).toMatchObject({ start: 5, message: expect.stringContaining(named) })
    expect(problem(text)?.hint).toContain(fix)
  })

  it('lets deliveries be narrowed by what they have', () => {
    expect(problem('state:failed type:a.* endpoint:x status:5xx since:1d reason:timed_out', 'deliveries')).toBeNull()
    for (const text of ['verdict:valid', 'source:x', '$.a=1', 'header:a', 'word']) {
      expect(problem(text, 'deliveries')?.hint).toContain('Inbox')
    }
  })

  it('bounds how long a filter is, and of how many parts', () => {
    expect(problem('a '.repeat(33))?.message).toContain('32 parts')
    expect(problem('a'.repeat(2_001))?.message).toContain('2000 characters')
  })

  it('reads whatever is typed without failing, and marks each part where it stands', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'a b " : - $ . [ ] = , * \\ 1 é'.split(' '), ' '), maxLength: 30 }),
        (text) => {
          const { tokens } = parseFilter(text, 'events')
          let end = 0
          for (const token of tokens) {
            expect(token.start).toBeGreaterThanOrEqual(end)
            expect(token.end).toBeGreaterThan(token.start)
            end = token.end
          }
          expect(tokens.map(({ written }) => written.replaceAll(/\s/g, '')).join('')).toBe(text.replaceAll(/\s/g, ''))
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('writes terms so that they are read as the same', () => {
    fc.assert(
      fc.property(fc.array(anyTerm, { maxLength: 5 }), (terms) => {
        expect(read(formatFilter(terms))).toEqual(terms)
      }),
      { numRuns: 1_000 },
    )
  })
})

const word = fc.string({
  unit: fc.constantFrom(...'a b _ " : , - $ . * \\ é'.split(' '), ' '),
  minLength: 1,
  maxLength: 8,
})
const negated = fc.boolean()
const time = fc.oneof(
  fc.record({ kind: fc.constant('ago' as const), ms: fc.integer({ min: 1, max: 90_000 }).map((s) => s * 1_000) }),
  fc.record({ kind: fc.constant('at' as const), at: fc.integer({ min: 0, max: 4e12 }) }),
)
const range = fc.oneof(
  fc.integer({ min: 100, max: 999 }).map((from) => ({ from, to: from })),
  fc.integer({ min: 1, max: 9 }).map((hundreds) => ({ from: hundreds * 100, to: hundreds * 100 + 99 })),
)
const step = fc.oneof(
  word.map((key) => ({ kind: 'key' as const, key })),
  fc.nat(99).map((index) => ({ kind: 'index' as const, index })),
  fc.constant({ kind: 'every' as const }),
)
const comparison = fc.constantFrom(
  '=' as const,
  '!=' as const,
  '>' as const,
  '>=' as const,
  '<' as const,
  '<=' as const,
)
const operand = fc.oneof(
  word.map((text) => ({ text, isQuoted: true })),
  fc.constantFrom('42', 'true', 'a_b', '-1.5').map((text) => ({ text, isQuoted: false })),
)
const values = fc.array(word, { minLength: 1, maxLength: 3 })

const anyTerm: fc.Arbitrary<FilterTerm> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: word.filter((text) => text.trim() !== ''), negated }),
  fc.record({
    kind: fc.constant('named' as const),
    key: fc.constantFrom('type' as const, 'source' as const),
    values,
    negated,
  }),
  fc.record({
    kind: fc.constant('status' as const),
    statuses: fc.array(range, { minLength: 1, maxLength: 2 }),
    negated,
  }),
  fc.record({
    kind: fc.constant('time' as const),
    key: fc.constantFrom('since' as const, 'until' as const),
    time,
    negated: fc.constant(false),
  }),
  fc.record({
    kind: fc.constant('header' as const),
    name: fc.constantFrom('x-topic', 'etag'),
    value: fc.option(word, { nil: null }),
    negated,
  }),
  fc.record({
    kind: fc.constant('json' as const),
    path: fc.array(step, { maxLength: 3 }),
    test: fc.option(fc.record({ comparison, operand }), { nil: null }),
    negated,
  }),
)

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextChange, shownRows } from '../../src-renderer/ui/diff/diff-rows.ts'
import { compareBodies } from '../../src-renderer/ui/diff/values/compare-bodies.ts'
import { fieldChanges } from '../../src-renderer/ui/diff/values/field-changes.ts'
import { plainLines } from '../../src-renderer/ui/diff/values/json-value.ts'
import { diffLines } from '../../src-renderer/ui/diff/values/line-diff.ts'
import { pairHeaders } from '../../src-renderer/ui/diff/values/pairs-diff.ts'

const body = (value: string | Uint8Array, contentType: string | null = 'application/json') => ({
  bytes: typeof value === 'string' ? new TextEncoder().encode(value) : value,
  contentType,
})

describe('RPL-3 two JSON values', () => {
  it('RPL-3 differ by path: what was added, removed and changed', () => {
    const left = { id: 1, 'a b': true, items: [{ id: 1 }, { id: 2 }], gone: null }
    const right = { items: [{ id: 1 }, { id: 3 }, 'x'], id: '1', 'a b': true }
    expect(fieldChanges(left, right)).toEqual([
      { kind: 'changed', path: '$.id', left: '1', right: '"1"' },
      { kind: 'changed', path: '$.items[1].id', left: '2', right: '3' },
      { kind: 'added', path: '$.items[2]', left: null, right: '"x"' },
      { kind: 'removed', path: '$.gone', left: 'null', right: null },
    ])
  })

  it('RPL-3 find the elements of a list again that moved up or down', () => {
    expect(fieldChanges([1, 2, 3, 4], [0, 1, 2, 4])).toEqual([
      { kind: 'added', path: '$[0]', left: null, right: '0' },
      { kind: 'removed', path: '$[2]', left: '3', right: null },
    ])
  })

  it('RPL-3 have no differing field only where they are the same value, whatever they are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
        expect(fieldChanges(left, left)).toEqual([])
        const isSame = JSON.stringify(plainLines(left)) === JSON.stringify(plainLines(right))
        expect(fieldChanges(left, right).length === 0).toBe(isSame)
      }),
    )
  })

  it('RPL-3 differ where a number has more digits than JavaScript keeps', () => {
    const compared = compareBodies({
      left: body('{"n":12345678901234567890}'),
      right: body('{"n":12345678901234567891}'),
    })
    expect(compared).toMatchObject({ fields: [{ left: '12345678901234567890', right: '12345678901234567891' }] })
  })

  it('RPL-3 that are the same are shown as they are written where that differs', () => {
    const compared = compareBodies({ left: body('{"a":1,"b":2}'), right: body('{"b": 2, "a": 1}') })
    expect(compared).toMatchObject({ kind: 'text', fields: [], lines: { changes: 1 } })
  })

  it('RPL-3 with 100,000 levels are compared as text', () => {
    const deep = '['.repeat(100_000)
    const compared = compareBodies({ left: body(`${deep}1`), right: body(`${deep}2`) })
    expect(compared).toMatchObject({ kind: 'text', fields: null })
    const closed = (value: number) => body(`${'['.repeat(1_000)}${value}${']'.repeat(1_000)}`)
    expect(compareBodies({ left: closed(1), right: closed(2) })).toMatchObject({ fields: null })
  })
})

describe('RPL-3 two texts', () => {
  it('RPL-3 stand line by line, a changed line beside what it was', () => {
    const { rows, changes } = diffLines(['a', 'b', 'c'], ['a', 'B', 'c', 'd'])
    expect(rows.map(({ kind, left, right }) => [kind, left?.number, right?.number])).toEqual([
      ['same', 1, 1],
      ['changed', 2, 2],
      ['same', 3, 3],
      ['added', undefined, 4],
    ])
    expect(changes).toBe(2)
  })

  it('RPL-3 can be put together again from either side', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''))
    fc.assert(
      fc.property(lines, lines, (left, right) => {
        const { rows } = diffLines(left, right)
        expect(rows.flatMap((row) => (row.left === null ? [] : [row.left.text]))).toEqual(left)
        expect(rows.flatMap((row) => (row.right === null ? [] : [row.right.text]))).toEqual(right)
        const same = rows.filter(({ kind }) => kind === 'same')
        expect(same.map((row) => row.left?.text)).toEqual(same.map((row) => row.right?.text))
      }),
    )
  })

  it('RPL-3 that differ too much are told apart without being matched', () => {
    const many = (word: string) => Array.from({ length: 5_000 }, (_, at) => `${word} ${at * 7}`)
    const { isMatched, rows } = diffLines(['same', ...many('a')], ['same', ...many('b')], { timeout: 0 })
    expect(isMatched).toBe(false)
    expect(rows).toHaveLength(5_001)
  })

  it('RPL-3 show only what is near a change, and the rest when it is asked for', () => {
    const left = Array.from({ length: 100 }, (_, at) => `line ${at}`)
    const { rows } = diffLines(left, left.with(50, 'other'))
    const shown = shownRows(rows, new Set())
    expect(shown.filter(({ kind }) => kind === 'hidden')).toEqual([
      { kind: 'hidden', from: 0, count: 47 },
      { kind: 'hidden', from: 54, count: 46 },
    ])
    expect(shownRows(rows, new Set([0]))).toHaveLength(47 + shown.length - 1)
    const place = nextChange(shown, -1, 1)
    expect(shown[place!]).toMatchObject({ row: { kind: 'changed' } })
    expect(nextChange(shown, place!, 1)).toBeNull()
    expect(nextChange(shown, shown.length, -1)).toBe(place)
  })
})

describe('RPL-3 two bodies', () => {
  it('RPL-3 are the same, or part at a byte where one is no text', () => {
    expect(compareBodies({ left: body('x'), right: body('x') })).toEqual({ kind: 'same' })
    const bytes = (...values: number[]) => body(Uint8Array.from(values), null)
    expect(compareBodies({ left: bytes(0, 1, 2), right: bytes(0, 1, 3) })).toEqual({ kind: 'bytes', offset: 2 })
    expect(compareBodies({ left: bytes(0, 1), right: bytes(0, 1, 3) })).toEqual({ kind: 'bytes', offset: null })
  })

  it('RPL-3 of more than 2 MiB are compared as far as that, and said to be', () => {
    const text = `{"a":"${'x'.repeat(2_200_000)}"}`
    expect(compareBodies({ left: body(text), right: body(`${text} `) })).toMatchObject({ isCut: true, fields: null })
  })
})

it('RPL-3 pairs headers by name whatever its case, duplicates in their order', () => {
  const left = [
    ['A', '1'],
    ['x-b', '2'],
    ['X-B', '3'],
  ] as const
  const right = [
    ['X-b', '2'],
    ['c', '4'],
    ['a', '5'],
  ] as const
  expect(
    pairHeaders(
      left.map(([n, v]) => [n, v]),
      right.map(([n, v]) => [n, v]),
    ),
  ).toEqual([
    { name: 'A', left: '1', right: '5' },
    { name: 'x-b', left: '2', right: '2' },
    { name: 'X-B', left: '3', right: null },
    { name: 'c', left: null, right: '4' },
  ])
})

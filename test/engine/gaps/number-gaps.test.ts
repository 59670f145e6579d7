import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findNumberGaps, type Numbered } from '#main/engine/gaps/number-gaps.ts'

/** Numbers that came one second apart, from second 0 on. */
const arrived = (...numbers: number[]): Numbered[] => numbers.map((number, at) => ({ at: at * 1_000, number }))
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => first + at)
const holes = (numbered: readonly Numbered[]) => findNumberGaps(numbered).gaps.map(({ first, last }) => [first, last])

it('CAP-9 finds which numbers are missing, and between which arrivals', () => {
  expect(findNumberGaps(arrived(...range(1_000, 1_041), ...range(1_079, 1_090)))).toEqual({
    numbering: 'dense',
    gaps: [{ since: 41_000, until: 42_000, first: 1_042, last: 1_078 }],
  })
})

it('CAP-9 minds neither the order of arrival nor repeats', () => {
  expect(holes(arrived(3, 1, 2, 2, 5, 4, 7, 6, 1, 8))).toEqual([])
  expect(holes(arrived(3, 1, 2, 2, 7, 4, 6, 8, 9))).toEqual([[5, 5]])
})

it('CAP-9 counts as missing no more what was sent again later', () => {
  const lost = [...range(1, 50), ...range(88, 120)]
  expect(holes(arrived(...lost, ...range(51, 87)))).toEqual([])
  expect(findNumberGaps(arrived(...lost, ...range(51, 60))).gaps).toEqual([
    { since: 49_000, until: 50_000, first: 61, last: 87 },
  ])
})

it('CAP-9 takes a numbering that starts over for no loss', () => {
  expect(holes(arrived(...range(5_000, 5_100), ...range(1, 50)))).toEqual([])
  expect(holes(arrived(...range(1, 100), ...range(1, 60)))).toEqual([])
  expect(holes(arrived(...range(500, 510), ...range(1, 5), ...range(9, 12)))).toEqual([[6, 8]])
})

it('CAP-9 says nothing of numbers that skip as a rule, nor of a handful', () => {
  expect(findNumberGaps(arrived(10, 40, 41, 77, 130, 131, 190))).toEqual({ numbering: 'sparse', gaps: [] })
  expect(findNumberGaps(arrived(1, 2, 9, 10))).toEqual({ numbering: 'too_few', gaps: [] })
  expect(findNumberGaps([])).toEqual({ numbering: 'too_few', gaps: [] })
})

it('CAP-9 finds exactly what was taken out of a run, however the rest was shuffled', () => {
  const run = fc.record({
    lost: fc.uniqueArray(fc.integer({ min: 1, max: 98 }), { maxLength: 20 }),
    seed: fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 100, maxLength: 100 }),
  })
  fc.assert(
    fc.property(run, ({ lost, seed }) => {
      // Each comes up to three places too late.
      const numbers = range(0, 99)
        .filter((number) => !lost.includes(number))
        .toSorted((a, b) => a + seed[a]! - (b + seed[b]!))
      const { numbering, gaps } = findNumberGaps(arrived(...numbers))
      expect(numbering).toBe('dense')
      expect(gaps.flatMap(({ first, last }) => range(first, last))).toEqual(lost.toSorted((a, b) => a - b))
      for (const { since, until } of gaps) expect(since).toBeLessThanOrEqual(until)
    }),
  )
})

it('CAP-9 calls no number missing that came, whatever came in whatever order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 60 })), (numbers) => {
      for (const { first, last, since, until } of findNumberGaps(arrived(...numbers)).gaps) {
        expect(numbers.filter((number) => number >= first && number <= last)).toEqual([])
        expect(since).toBeLessThanOrEqual(until)
      }
    }),
  )
})

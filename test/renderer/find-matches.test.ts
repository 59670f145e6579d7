import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  findMatches,
  findPattern,
  type Matches,
  MOST_MATCHES,
} from '../../src-renderer/ui/payload/lines/find-matches.ts'
import { lastNotAbove } from '../../src-renderer/ui/payload/lines/numbers.ts'
import { layOutText } from '../../src-renderer/ui/payload/text/text-layout.ts'

function find(text: string, typed: string, isExact = false): Matches & { steps: number } {
  const run = findMatches(text, findPattern(typed, isExact))
  for (let steps = 1; ; steps++) {
    const { done, value } = run.next()
    if (done === true) return { ...value, steps }
  }
}

const placesOf = (text: string, typed: string, isExact = false) => [...find(text, typed, isExact).starts]

it('RPL-3 finds text whatever its case, or in just that case', () => {
  expect(placesOf('Order order ORDER', 'order')).toEqual([0, 6, 12])
  expect(placesOf('Order order ORDER', 'order', true)).toEqual([6])
  expect(placesOf('a.b*c (x) [y] \\d-', '.b*c (x) [y] \\d-')).toEqual([1])
})

it('RPL-3 finds a key with its value however many spaces stand between them', () => {
  expect(placesOf('{"id":42} {"id" : 42}', '"id": 42')).toEqual([1, 11])
})

it('RPL-3 finds what a plain search finds, in any text', () => {
  const word = fc.stringMatching(/^[ab.]{1,3}$/)
  fc.assert(
    fc.property(
      fc.array(word).map((parts) => parts.join('')),
      word,
      (text, typed) => {
        const expected: number[] = []
        for (let at = text.indexOf(typed); at >= 0; at = text.indexOf(typed, at + typed.length)) expected.push(at)
        expect(placesOf(text, typed)).toEqual(expected)
      },
    ),
  )
})

it('RPL-3 looks through ten megabytes in small steps, also across their borders, and stops at 10,000 matches', () => {
  const text = `${'x'.repeat(399_998)}needle${'x'.repeat(9_000_000)}needle`
  const found = find(text, 'NEEDLE')
  expect([...found.starts]).toEqual([399_998, 9_400_004])
  expect(found.steps).toBeGreaterThan(20)
  const many = find('ab'.repeat(20_000), 'a')
  expect({ count: many.starts.length, isCut: many.isCut }).toEqual({ count: MOST_MATCHES, isCut: true })
})

it('RPL-3 knows which line a place of a text is in, whatever ends its lines', () => {
  const { starts, ends, widest } = layOutText('a\r\nbc\rd\n')
  expect([[...starts], [...ends]]).toEqual([
    [0, 3, 6, 8],
    [1, 5, 7, 8],
  ])
  expect(widest).toBe(2)
  expect([0, 2, 4, 7, 8].map((place) => lastNotAbove(starts, place))).toEqual([0, 0, 1, 2, 3])
})

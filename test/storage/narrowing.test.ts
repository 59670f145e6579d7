import { expect, it } from 'vitest'
import type { EventIndex } from '#main/adapters/sqlite/search/index/event-index.ts'
import { prepareNarrowing } from '#main/adapters/sqlite/search/index/narrowing.ts'
import { TimeBlocks } from '#main/adapters/sqlite/search/index/time-blocks.ts'

/** An index whose clauses name every so many events, and that notes what it is asked. */
function indexOf(named: Readonly<Record<string, number>>, events = 10_000) {
  const asked: string[] = []
  const index: EventIndex = {
    indexedTo: () => events,
    unsure: () => [],
    blocks: new TimeBlocks([]),
    candidates(match, { below, from, limit }) {
      asked.push(match)
      const clauses = match.split(' AND ')
      const keys: number[] = []
      for (let key = below - 1; key >= from && keys.length < limit; key--)
        if (clauses.every((clause) => key % named[clause]! === 0)) keys.push(key)
      return keys
    },
  }
  const range = () => ({ below: events + 1, from: 1 })
  return { index, asked, range }
}

/** All keys that are told, a step of 50 after the other. */
function allOf(next: ReturnType<ReturnType<typeof prepareNarrowing>>, below: number): number[] {
  const { keys, isEnd } = next(below, 50)
  return isEnd ? [...keys] : [...keys, ...allOf(next, keys.at(-1)!)]
}

it('RPL-4 tells every event that all clauses name, each once, highest first', () => {
  const { index, range } = indexOf({ project: 1, type: 4, word: 100, letters: 7 })
  const keys = allOf(prepareNarrowing(index)(['project', 'type', 'word', 'letters'], range()), range().below)
  expect(keys).toEqual(keys.toSorted((a, b) => b - a))
  expect(new Set(keys).size).toBe(keys.length)
  const fitting = Array.from({ length: 14 }, (_, place) => 700 * (place + 1))
  expect(keys).toEqual(expect.arrayContaining(fitting))
})

it('RPL-4 a clause that names no event ends a search, whatever the others name', () => {
  const { index, asked, range } = indexOf({ project: 1, word: 1_000_000, type: 4 })
  const next = prepareNarrowing(index)(['project', 'word', 'type'], range())
  expect(next(range().below, 50)).toEqual({ keys: [], isEnd: true })
  expect(asked).toEqual(['project', 'word'])
})

it('RPL-4 remembers how common a clause is while somebody types, and no longer', () => {
  const { index, asked, range } = indexOf({ project: 1, type: 4, word: 50 })
  let now = 0
  const narrow = prepareNarrowing(index, () => now)
  const asksFor = (): number => {
    asked.length = 0
    narrow(['project', 'type', 'word'], range())
    return asked.filter((match) => match === 'project').length
  }
  expect([asksFor(), asksFor()]).toEqual([1, 0])
  now = 10_000
  expect(asksFor()).toBe(0)
  now = 10_001
  expect(asksFor()).toBe(1)
})

it('RPL-4 leaves out a clause that rules nothing out, and asks along one that does', () => {
  const { index, asked, range } = indexOf({ first: 50, 'same events': 25, 'fewer of them': 9 })
  const next = prepareNarrowing(index)(['first', 'same events', 'fewer of them'], range())
  next(5_000, 50)
  expect(asked.at(-1)).toBe('first AND fewer of them')
})

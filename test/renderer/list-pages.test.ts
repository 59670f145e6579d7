import { expect, it } from 'vitest'
import {
  mapRows,
  matchesType,
  type Pages,
  prependRows,
  wantsEvent,
} from '../../src-renderer/platform/api/list-pages.ts'

interface Row {
  id: string
  state: string
}

function pages(...ids: string[][]): Pages<Row> {
  return {
    pages: ids.map((page) => ({ items: page.map((id) => ({ id, state: 'due' })), nextCursor: null })),
    pageParams: ids.map(() => undefined),
  }
}

const idsOf = (list: Pages<Row>): string[][] => list.pages.map(({ items }) => items.map(({ id }) => id))

it('puts new rows on top of the first page only', () => {
  expect(idsOf(prependRows(pages(['b', 'a'], ['z']), [{ id: 'c', state: 'due' }]))).toEqual([['c', 'b', 'a'], ['z']])
})

it('changes and drops rows, and keeps pages that are untouched', () => {
  const before = pages(['b', 'a'], ['z'])
  const after = mapRows(before, (row) => (row.id === 'b' ? { ...row, state: 'done' } : row.id === 'a' ? null : row))
  expect(idsOf(after)).toEqual([['b'], ['z']])
  expect(after.pages[0]?.items[0]?.state).toBe('done')
  expect(after.pages[1]).toBe(before.pages[1])
  expect(mapRows(before, (row) => row)).toBe(before)
})

it('matches event types as endpoints do', () => {
  expect(matchesType('audit.completed.late', 'audit.*')).toBe(true)
  expect(matchesType('audit', 'audit.*')).toBe(false)
  expect(matchesType('audits.completed', 'audit.*')).toBe(false)
  expect(matchesType('anything', '*')).toBe(true)
})

it('CAP-5 puts a new event only into lists that ask for its verdict', () => {
  const event = { type: 'push', verdict: { verdict: 'invalid' } } as Parameters<typeof wantsEvent>[1]
  expect(wantsEvent({ verdict: 'invalid' }, event)).toBe(true)
  expect(wantsEvent({ verdict: 'valid' }, event)).toBe(false)
  expect(wantsEvent({ verdict: 'valid' }, { ...event, verdict: null })).toBe(false)
})

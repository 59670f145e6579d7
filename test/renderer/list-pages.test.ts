import { expect, it } from 'vitest'
import { mapRows, type Pages, prependRows } from '../../src-renderer/platform/lists/list-pages.ts'

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

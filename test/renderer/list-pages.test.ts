import { expect, it } from 'vitest'
import { mapRows, type Pages, placeRows, prependRows } from '../../src-renderer/platform/lists/list-pages.ts'

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

it('puts rows that were found where they belong, drops those that were not, and leaves what lies below what was read', () => {
  const order = { at: ({ id }: Row) => id }
  const place = (list: Pages<Row>, found: string[], asked: string[]) =>
    idsOf(
      placeRows(list, {
        order,
        found: found.map((id) => ({ id, state: 'due' })),
        isAsked: ({ id }) => asked.includes(id),
      }),
    )
  const list = pages(['h', 'f'], ['d', 'b'])
  expect(place(list, ['i', 'g', 'c', 'a'], ['i', 'g', 'f', 'c', 'a'])).toEqual([
    ['i', 'h'],
    ['g', 'd', 'c', 'b', 'a'],
  ])
  expect(place(list, ['f'], ['f', 'x'])).toEqual([
    ['h', 'f'],
    ['d', 'b'],
  ])
  const more = { ...list, pages: list.pages.map((page) => ({ ...page, nextCursor: 'more' })) }
  expect(place(more, ['e', 'a'], ['e', 'a'])).toEqual([
    ['h', 'f'],
    ['e', 'd', 'b'],
  ])
  expect(place(pages([]), ['a'], ['a'])).toEqual([['a']])
})

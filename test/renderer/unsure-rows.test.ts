import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, it, onTestFinished } from 'vitest'
import { createCacheEdits } from '../../src-renderer/platform/api/cache-edits.ts'
import type { Pages } from '../../src-renderer/platform/lists/list-pages.ts'
import { createUnsureRows } from '../../src-renderer/platform/lists/unsure-rows.ts'

interface Row {
  id: string
}
const key = (filter: string) => [['events', 'list'], { input: { filter }, type: 'infinite' }]
const turn = () => new Promise((resolve) => setImmediate(resolve))

/** Lists that are shown, how often each was read as a whole, and what was asked, to be answered by hand. */
function setUp(ids: string[], filters: readonly string[]) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } })
  const reads = new Map<string, number>()
  const asked: { filter: string; answer(rows: string[] | null): Promise<unknown> }[] = []
  const rows = createUnsureRows<Row>(
    { queries, edits: createCacheEdits(queries) },
    {
      ask: (filter) =>
        new Promise((resolve) => {
          const answer = (found: string[] | null) => (resolve(found?.map((id) => ({ id })) ?? null), turn())
          asked.push({ filter, answer })
        }),
      eventOf: ({ id }) => id,
      at: ({ id }) => id,
    },
  )
  for (const filter of filters) {
    const data: Pages<Row> = { pages: [{ items: ids.map((id) => ({ id })), nextCursor: null }], pageParams: [null] }
    queries.setQueryData(key(filter), data)
    const queryFn = () => (reads.set(filter, (reads.get(filter) ?? 0) + 1), data)
    onTestFinished(new QueryObserver(queries, { queryKey: key(filter), queryFn }).subscribe(() => {}))
  }
  const shown = (filter: string) =>
    queries.getQueryData<Pages<Row>>(key(filter))!.pages.flatMap(({ items }) => items.map(({ id }) => id))
  return { rows, asked, reads, shown }
}

it('RPL-4 asks about the rows of which it is unsure, and reads no list again', async () => {
  const { rows, asked, reads, shown } = setUp(['d', 'b'], ['needle'])
  rows.add(key('needle'), ['e', 'c'])
  rows.add(key('needle'), ['b', 'c'])
  rows.settle()
  expect(asked.map(({ filter }) => filter)).toEqual(['needle event:e,c,b'])
  await asked[0]!.answer(['e', 'c'])
  expect(shown('needle')).toEqual(['e', 'd', 'c'])
  expect(reads.size).toBe(0)
})

it('RPL-4 asks again about rows that changed while their answer was on its way', async () => {
  const { rows, asked, shown } = setUp(['b'], ['needle'])
  rows.add(key('needle'), ['c'])
  rows.settle()
  rows.note(['c'])
  rows.settle()
  expect(asked).toHaveLength(1)
  await asked[0]!.answer(['c'])
  expect(asked.map(({ filter }) => filter)).toEqual(['needle event:c', 'needle event:c'])
  await asked[1]!.answer([])
  expect(shown('needle')).toEqual(['b'])
})

it('RPL-4 parts what is asked so that each filter can be read, and reads the list again where there is too much', async () => {
  const { rows, asked, reads } = setUp([], ['needle', 'hay'])
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `evt_${String(index).padStart(26, '0')}`)
  rows.add(key('needle'), ids(150))
  rows.add(key('hay'), ids(301))
  rows.settle()
  expect(asked).toHaveLength(3)
  for (const { filter } of asked) expect(filter.length).toBeLessThanOrEqual(2_000)
  await turn()
  expect([...reads]).toEqual([['hay', 1]])
})

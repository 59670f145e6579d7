import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { beforeEach, expect, it } from 'vitest'
import { createCacheEdits } from '../../src-renderer/platform/api/cache-edits.ts'

const KEY = ['events']
let queries: QueryClient

beforeEach(() => {
  queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
})

/** A query whose answers are given by hand. */
function askedByHand() {
  const answers: ((rows: string[]) => void)[] = []
  const queryFn = (): Promise<string[]> => new Promise((resolve) => answers.push(resolve))
  const observer = new QueryObserver(queries, { queryKey: KEY, queryFn })
  const settled = (): Promise<unknown> =>
    new Promise((resolve) => {
      const stop = queries.getQueryCache().subscribe(({ query }) => {
        if (query.state.fetchStatus !== 'idle') return
        stop()
        resolve(null)
      })
    })
  return { answers, observer, settled }
}

function put(row: string): (rows: string[]) => string[] {
  return (rows) => (rows.includes(row) ? rows : [row, ...rows])
}

it('edits what is cached at once', () => {
  queries.setQueryData(KEY, ['old'])
  createCacheEdits(queries).edit(KEY, put('new'))
  expect(queries.getQueryData(KEY)).toEqual(['new', 'old'])
})

it('holds an edit against an answer that was made before it', async () => {
  const { answers, observer, settled } = askedByHand()
  const edits = createCacheEdits(queries)
  const stop = observer.subscribe(() => {})
  edits.edit(KEY, put('captured meanwhile'))
  const done = settled()
  answers[0]?.(['old'])
  await done
  expect(queries.getQueryData(KEY)).toEqual(['captured meanwhile', 'old'])
  stop()
})

it('asks a second time where the first answer was already on its way', async () => {
  const { answers, observer, settled } = askedByHand()
  const edits = createCacheEdits(queries)
  const stop = observer.subscribe(() => {})
  edits.readAgain(KEY)
  expect(answers).toHaveLength(1)
  const done = settled()
  answers[0]?.(['old'])
  await done
  expect(answers).toHaveLength(2)
  const again = settled()
  answers[1]?.(['new', 'old'])
  await again
  expect(queries.getQueryData(KEY)).toEqual(['new', 'old'])
  stop()
})

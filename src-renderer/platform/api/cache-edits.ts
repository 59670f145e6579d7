import type { QueryClient, QueryKey } from '@tanstack/react-query'

/** Changes to what is cached that also hold against an answer on its way: it may be older than they are. */
export interface CacheEdits {
  /** Applies `change` to every cached answer under a key. It may run twice, so it must not mind. */
  edit<T>(key: QueryKey, change: (cached: T, key: QueryKey) => T): void
  /** Asks again for everything under a key. */
  readAgain(key: QueryKey): void
}

export function createCacheEdits(queries: QueryClient): CacheEdits {
  const cache = queries.getQueryCache()
  const late = new Map<string, (() => void)[]>()

  function whenAnswered(hash: string, edit: () => void): void {
    late.set(hash, [...(late.get(hash) ?? []), edit])
  }

  cache.subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success' || event.action.manual === true) return
    const edits = late.get(event.query.queryHash) ?? []
    late.delete(event.query.queryHash)
    for (const edit of edits) edit()
  })

  return {
    edit<T>(key: QueryKey, change: (cached: T, key: QueryKey) => T) {
      for (const { queryKey, queryHash, state } of cache.findAll({ queryKey: key })) {
        const apply = (): void => void queries.setQueryData<T>(queryKey, (cached) => cached && change(cached, queryKey))
        apply()
        if (state.fetchStatus !== 'idle') whenAnswered(queryHash, apply)
      }
    },
    readAgain(key) {
      for (const { queryKey, queryHash, state } of cache.findAll({ queryKey: key })) {
        // A first answer on its way is not asked for a second time by an invalidation.
        if (state.fetchStatus === 'idle' || state.data !== undefined) continue
        whenAnswered(queryHash, () => void queries.invalidateQueries({ queryKey, exact: true }))
      }
      void queries.invalidateQueries({ queryKey: key })
    },
  }
}

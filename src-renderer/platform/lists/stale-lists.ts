import type { QueryClient, QueryKey } from '@tanstack/react-query'

/** Lists of which the window cannot tell what a change made of them: they are asked for again. */
export interface StaleLists {
  add(key: QueryKey): void
  /** Asks for those again that were added since. */
  readAgain(): void
}

export function createStaleLists(queries: QueryClient): StaleLists {
  const keys = new Map<string, QueryKey>()
  return {
    add: (key) => void keys.set(JSON.stringify(key), key),
    readAgain() {
      for (const queryKey of keys.values()) void queries.invalidateQueries({ queryKey, exact: true })
      keys.clear()
    },
  }
}

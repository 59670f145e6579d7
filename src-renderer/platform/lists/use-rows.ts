import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { isRefusal } from '../api/refusal.ts'

interface Rows<T> {
  /** Undefined before the first were read. */
  rows: readonly T[] | undefined
  /** What these rows were asked for: while a newer filter is read, or where it is refused, the one before. */
  of: string
  /** Whether nothing was found so far, and older rows are still looked through. */
  isLooking: boolean
}

/** The rows of a filtered list. Each filter replaces the one before it, and nothing blinks in between. */
export function useRows<T>(list: UseInfiniteQueryResult<readonly T[]>, asked: string): Rows<T> {
  const { data, error, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage } = list
  const [last, setLast] = useState<{ rows: readonly T[] | undefined; of: string }>({ rows: undefined, of: asked })
  const isTheirs = data !== undefined && !isPlaceholderData
  if (isTheirs && (data !== last.rows || asked !== last.of)) setLast({ rows: data, of: asked })

  // A search may give up after a while and say from where to go on.
  const isLooking = isTheirs && data.length === 0 && hasNextPage
  useEffect(() => {
    if (isLooking && !isFetchingNextPage) void fetchNextPage()
  }, [isLooking, isFetchingNextPage, fetchNextPage])
  return { rows: data ?? (isRefusal(error) ? last.rows : undefined), of: last.of, isLooking }
}

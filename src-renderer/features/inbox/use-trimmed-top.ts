import { useEffect } from 'react'
import { useSession } from '../../platform/api/session.ts'
import { type InboxFilter } from './filter/inbox-filter.ts'
import { eventListOptions, PAGE_SIZE } from './queries.ts'

const MOST_ON_TOP = PAGE_SIZE * 30

/** A window left open for days must not hold every event that came: past a limit it starts over with one page. */
export function useTrimmedTop(filter: InboxFilter, shown: number): void {
  const { api, queries } = useSession()
  const { queryKey } = eventListOptions(api, filter)
  const pages = queries.getQueryData(queryKey)?.pages
  const isTooMuch = shown > MOST_ON_TOP && pages?.length === 1
  useEffect(() => {
    if (isTooMuch) void queries.resetQueries({ queryKey, exact: true })
    // The key is the filter, which is compared by what it holds.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isTooMuch, queries])
}

import { keepPreviousData } from '@tanstack/react-query'
import type { Session } from '../../platform/api/session.ts'

/** The deliveries that a filter takes, newest first; an empty one takes all. */
export function deliveryListOptions(api: Session['api'], filter: string) {
  return api.deliveries.list.infiniteOptions({
    input: (cursor: string | undefined) => ({
      ...(filter !== '' && { filter }),
      limit: 100,
      ...(cursor !== undefined && { cursor }),
    }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
    placeholderData: keepPreviousData,
  })
}

import { keepPreviousData } from '@tanstack/react-query'
import type { Session } from '../../platform/api/session.ts'

type Api = Session['api']

const PAGE_SIZE = 100

/** The events that a filter takes, newest first; an empty one takes all. */
export function eventListOptions(api: Api, filter: string) {
  return api.events.list.infiniteOptions({
    input: (cursor: string | undefined) => ({
      ...(filter !== '' && { filter }),
      limit: PAGE_SIZE,
      ...(cursor !== undefined && { cursor }),
    }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
    placeholderData: keepPreviousData,
  })
}

export function eventOptions(api: Api, id: string) {
  return api.events.get.queryOptions({ input: { id } })
}

import { keepPreviousData } from '@tanstack/react-query'
import type { Session } from '../../platform/api/session.ts'
import { type InboxFilter, toQuery } from './filter/inbox-filter.ts'

type Api = Session['api']

export const PAGE_SIZE = 100

export function eventListOptions(api: Api, filter: InboxFilter) {
  return api.events.list.infiniteOptions({
    input: (cursor: string | undefined) => ({
      ...toQuery(filter),
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

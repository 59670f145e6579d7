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

/** The bytes of a body, which never change. */
export function bodyOptions(api: Api, id: string) {
  return {
    queryKey: [...api.events.body.queryKey({ input: { id } }), 'bytes'],
    queryFn: async ({ signal }: { signal: AbortSignal }) => {
      const file = await api.events.body.call({ id }, { signal })
      return new Uint8Array(await file.arrayBuffer())
    },
    // A body may be large: let it go soon after its pane closes.
    gcTime: 30_000,
  }
}

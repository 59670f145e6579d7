import type { Session } from '../../../platform/api/session.ts'

export function replayListOptions(api: Session['api']) {
  return api.replays.list.infiniteOptions({
    input: (cursor: string | undefined) => ({ limit: 50, ...(cursor !== undefined && { cursor }) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
  })
}

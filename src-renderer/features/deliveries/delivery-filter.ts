import { keepPreviousData } from '@tanstack/react-query'
import type { DeliveryState } from '#shared/model/delivery.ts'
import type { Session } from '../../platform/api/session.ts'

/** The list's filter as it stands in the address. */
export interface DeliveryFilter {
  /** A group of `STATE_GROUPS`. */
  state?: string | undefined
  endpoint?: string | undefined
  replay?: string | undefined
  event?: string | undefined
  /** In the language of filters. */
  filter?: string | undefined
}

/** States as people ask for them. */
export const STATE_GROUPS: Readonly<Record<string, readonly DeliveryState[]>> = {
  delivered: ['succeeded'],
  due: ['scheduled', 'delivering'],
  failed: ['failed'],
  held: ['held'],
  canceled: ['canceled'],
}

export function isFiltered({ state, endpoint, replay, event, filter }: DeliveryFilter): boolean {
  return [state, endpoint, replay, event, filter].some((part) => part !== undefined)
}

function toQuery({ state, endpoint, replay, event, filter }: DeliveryFilter) {
  const states = state === undefined ? undefined : STATE_GROUPS[state]
  return {
    ...(states !== undefined && { state: [...states] }),
    ...(endpoint !== undefined && { endpointId: endpoint }),
    ...(replay !== undefined && { replayId: replay }),
    ...(event !== undefined && { eventId: event }),
    ...(filter !== undefined && { filter }),
  }
}

export function deliveryListOptions(api: Session['api'], filter: DeliveryFilter) {
  return api.deliveries.list.infiniteOptions({
    input: (cursor: string | undefined) => ({
      ...toQuery(filter),
      limit: 100,
      ...(cursor !== undefined && { cursor }),
    }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
    placeholderData: keepPreviousData,
  })
}

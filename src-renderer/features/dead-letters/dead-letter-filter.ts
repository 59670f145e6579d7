import { FailureCode } from '#shared/model/failure.ts'
import type { DeadLetterGroupView } from '#shared/contract/dead-letters/dead-letters.ts'
import type { Session } from '../../platform/api/session.ts'

/** The filter as it stands in the address. */
export interface DeadLetterSearch {
  endpoint?: string | undefined
  reason?: string | undefined
  /** One of `TIMES`. */
  since?: string | undefined
}

/** How far back, in ms. */
export const TIMES: Readonly<Record<string, { words: string; ms: number }>> = {
  hour: { words: 'the last hour', ms: 3_600_000 },
  day: { words: 'the last 24 hours', ms: 86_400_000 },
  week: { words: 'the last 7 days', ms: 7 * 86_400_000 },
}

/** What the API is asked for; `failedSince` is an instant. */
export interface DeadLetterQuery {
  endpointId?: string
  reason?: FailureCode | 'none'
  failedSince?: string
}

export function toQuery({ endpoint, reason, since }: DeadLetterSearch, nowAt: number): DeadLetterQuery {
  const code = reason === 'none' ? reason : FailureCode.safeParse(reason).data
  const time = since === undefined ? undefined : TIMES[since]
  return {
    ...(endpoint !== undefined && { endpointId: endpoint }),
    ...(code !== undefined && { reason: code }),
    ...(time !== undefined && { failedSince: new Date(nowAt - time.ms).toISOString() }),
  }
}

export type Group = DeadLetterGroupView & { id: string }

/** A group with an id for the address. */
export function withId(group: DeadLetterGroupView): Group {
  return { ...group, id: `${group.endpointId ?? 'none'}~${group.reason ?? 'none'}` }
}

/** The query that finds one group within another. */
export function queryOfGroup({ endpointId, reason }: Group, query: DeadLetterQuery): DeadLetterQuery {
  return { ...query, endpointId: endpointId ?? 'none', reason: reason ?? 'none' }
}

export function deadLetterListOptions(api: Session['api'], query: DeadLetterQuery) {
  return api.deadLetters.list.infiniteOptions({
    input: (cursor: string | undefined) => ({ ...query, limit: 100, ...(cursor !== undefined && { cursor }) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    select: (data) => data.pages.flatMap((page) => page.items),
  })
}

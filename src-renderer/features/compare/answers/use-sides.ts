import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import type { AttemptView, DeliveryView } from '#shared/contract/deliveries.ts'
import { useApi } from '../../../platform/api/session.ts'
import { earlierDelivery } from './earlier-delivery.ts'

export interface Side {
  delivery: DeliveryView
  /** Undefined until they are read. */
  attempts: readonly AttemptView[] | undefined
  /** The one shown; undefined where it was not tried yet. */
  attempt: AttemptView | undefined
}

function numbered(attempts: readonly AttemptView[] | undefined, number: string | undefined): AttemptView | undefined {
  return attempts?.find((attempt) => String(attempt.number) === number)
}

/** The last attempt, but of the very delivery that stands on the other side the one before what is shown there. */
function attemptBefore(attempts: readonly AttemptView[] | undefined, after: AttemptView | undefined, isSame: boolean) {
  if (!isSame || after === undefined) return attempts?.at(-1)
  return attempts?.findLast(({ number }) => number < after.number) ?? attempts?.at(-1)
}

/** What stands on either side, as the address says, and where it does not, what is best held against each other. */
export function useSides(
  right: DeliveryView,
  ofEvent: readonly DeliveryView[],
): { before: Side; after: Side } | 'only-once' {
  const api = useApi()
  const { left: leftId, leftAttempt, rightAttempt } = useSearch({ from: '/compare/answers' })
  const earlier = right.replayId === null && right.attempts > 1 ? right : earlierDelivery(right, ofEvent)
  const left = ofEvent.find(({ id }) => id === leftId) ?? earlier
  const newer = useQuery(api.deliveries.attempts.queryOptions({ input: { id: right.id } })).data?.items
  const older = useQuery(
    api.deliveries.attempts.queryOptions({ input: { id: left?.id ?? '' }, enabled: left !== null }),
  ).data?.items
  if (left === null) return 'only-once'
  const after = numbered(newer, rightAttempt) ?? newer?.at(-1)
  const before = numbered(older, leftAttempt) ?? attemptBefore(older, after, left.id === right.id)
  return {
    before: { delivery: left, attempts: older, attempt: before },
    after: { delivery: right, attempts: newer, attempt: after },
  }
}

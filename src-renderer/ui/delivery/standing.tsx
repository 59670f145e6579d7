import type { AttemptView, DeliveryView } from '#shared/contract/deliveries.ts'
import { formatTook, relativeTime } from '../format/time.ts'
import { useNow } from '../format/use-now.ts'
import { lookOf } from './delivery-words.ts'
import { StateMark } from './state-mark.tsx'

/** How a delivery stands, in a phrase: `delivered in 41 ms`, `attempt 4 in 21 min`. */
export function Standing({ delivery, lastAttempt }: { delivery: DeliveryView; lastAttempt: AttemptView | undefined }) {
  const nowAt = useNow()
  const look = lookOf(delivery)
  return <StateMark look={{ ...look, word: phrase(delivery, lastAttempt, nowAt) ?? look.word }} />
}

function phrase(delivery: DeliveryView, lastAttempt: AttemptView | undefined, nowAt: number): string | null {
  const { state, attempts, dueAt } = delivery
  if (state === 'succeeded' && lastAttempt !== undefined)
    return `delivered in ${formatTook(lastAttempt.timings.totalMs)}`
  if (state === 'scheduled' && dueAt !== null) {
    return Date.parse(dueAt) <= nowAt
      ? `attempt ${attempts + 1} is due`
      : `attempt ${attempts + 1} ${relativeTime(dueAt, nowAt)}`
  }
  if (state === 'failed' && attempts > 0) return `failed after ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`
  return null
}

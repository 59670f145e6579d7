import type { SweepCounts } from '#shared/model/retention.ts'
import { formatBytes, plural } from '../../../ui/format/size.ts'

/** What a sweep takes: `3 events with 2 deliveries and 4 attempts, 1.2 MB, and cancel 1 delivery as expired`. */
export function countWords({ events, deliveries, attempts, bytes, expired }: SweepCounts): string {
  const hanging = `${plural(deliveries, 'delivery', 'deliveries')} and ${plural(attempts, 'attempt')}`
  const taken = `${plural(events, 'event')} with ${hanging}, ${formatBytes(bytes)}`
  return expired === 0 ? taken : `${taken}, and cancel ${plural(expired, 'delivery', 'deliveries')} as expired`
}

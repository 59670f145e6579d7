import type { DeliveryView } from '#shared/contract/deliveries.ts'

type Sent = Pick<DeliveryView, 'id' | 'endpointId' | 'url' | 'attempts' | 'createdAt'>

/**
 * Which delivery of the same event a replay is best held against: the latest one before it that was tried, to the same
 * place where there is one. Null where the event was not sent before.
 */
export function earlierDelivery<T extends Sent>(delivery: Sent, ofEvent: readonly T[]): T | null {
  const before = ofEvent
    .filter(({ id, attempts, createdAt }) => id !== delivery.id && attempts > 0 && createdAt <= delivery.createdAt)
    .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
  const isSamePlace = (other: Sent): boolean =>
    delivery.endpointId === null ? other.url === delivery.url : other.endpointId === delivery.endpointId
  return before.find(isSamePlace) ?? before[0] ?? null
}

import { purposeOf, type Delivery, type DeliveryPurpose } from '#shared/model/delivery.ts'
import type { MemoryState } from '../state.ts'

/** What a delivery was made for; a test that is tried again by hand stays one. */
export function storedPurpose({ attempts }: MemoryState, delivery: Delivery): DeliveryPurpose {
  const isTest = attempts.get(delivery.id)?.some(({ trigger }) => trigger === 'test') ?? false
  return isTest ? 'test' : purposeOf(delivery)
}

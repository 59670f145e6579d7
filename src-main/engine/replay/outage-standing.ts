import type { Delivery } from '#shared/model/delivery.ts'
import type { LeftOut, OutageReason } from '#shared/model/replay.ts'

/**
 * How an event stands at an endpoint by its deliveries there, oldest first: one that arrived makes all others past, one that
 * is on its way is waited for, and otherwise the last one tells. Null where there is none.
 */
export function standingOf(
  deliveries: readonly Pick<Delivery, 'state'>[],
): OutageReason | Extract<LeftOut, 'delivered' | 'on_its_way'> | null {
  if (deliveries.some(({ state }) => state === 'succeeded')) return 'delivered'
  if (deliveries.some(({ state }) => state === 'scheduled' || state === 'delivering')) return 'on_its_way'
  const last = deliveries.at(-1)
  return last ? reasonOf(last.state) : null
}

function reasonOf(state: Delivery['state']): OutageReason {
  switch (state) {
    case 'failed':
    case 'held':
    case 'canceled':
    case 'simulated':
      return state
    case 'succeeded':
    case 'scheduled':
    case 'delivering':
      throw new Error(`a delivery that is ${state} is no reason`)
  }
}

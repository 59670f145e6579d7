import type { Delivery } from '#shared/model/delivery.ts'
import type { EndpointId } from '#shared/model/ids.ts'
import type { MemoryState } from '../state.ts'

/** A delivery that wants to be `scheduled`, as its endpoint allows: `held` where paused, `canceled` where deleted. */
export function settled(state: MemoryState, delivery: Delivery): Delivery {
  if (delivery.state !== 'scheduled') return { ...delivery, dueAt: null }
  if (delivery.endpointId === null) return delivery
  const endpoint = state.endpoints.get(delivery.endpointId)
  if (!endpoint) return { ...delivery, state: 'canceled', dueAt: null }
  return endpoint.state === 'paused' ? { ...delivery, state: 'held', dueAt: null } : delivery
}

/** Keeps new deliveries, all or none, leaving out those of deleted endpoints; answers them as stored. */
export function addDeliveries(state: MemoryState, deliveries: readonly Delivery[]): Delivery[] {
  const added = deliveries
    .filter(({ endpointId }) => endpointId === null || state.endpoints.has(endpointId))
    .map((delivery) => settled(state, delivery))
  const targets = new Set(added.map(targetOf))
  if (targets.size < added.length || [...targets].some((target) => state.targets.has(target))) {
    throw new Error('An event goes to one endpoint, or one URL, once for each replay')
  }
  for (const delivery of added) {
    state.targets.add(targetOf(delivery))
    state.deliveries.set(delivery.id, { delivery, lease: null })
  }
  return added
}

/** Gives every delivery of an endpoint that is in one of `from` a new state; answers how many. */
export function moveAll(
  state: MemoryState,
  endpointId: EndpointId,
  move: { from: readonly Delivery['state'][]; to: 'scheduled' | 'held' | 'canceled'; now: number },
): number {
  let moved = 0
  for (const stored of state.deliveries.values()) {
    const { delivery } = stored
    if (delivery.endpointId !== endpointId || !move.from.includes(delivery.state)) continue
    const dueAt = move.to === 'scheduled' ? move.now : null
    stored.delivery = { ...delivery, state: move.to, dueAt, updatedAt: move.now }
    moved++
  }
  return moved
}

function targetOf({ eventId, endpointId, targetUrl, replayId }: Delivery): string {
  return [eventId, endpointId ?? targetUrl, replayId].join(' ')
}

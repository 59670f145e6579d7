import type { EndpointId } from '#shared/model/ids.ts'
import type { Trouble } from '#main/engine/ports.ts'
import { storedPurpose } from '../deliveries/stored-purpose.ts'
import type { MemoryState } from '../state.ts'

/** What an endpoint did not get, for finding its outages. */
export function troubles(
  state: MemoryState,
  { endpointId, limit }: { endpointId: EndpointId; limit: number },
): Trouble[] {
  const all = [...state.deliveries.values()].map(({ delivery }) => delivery)
  const own = all.filter((delivery) => delivery.endpointId === endpointId)
  const arrived = new Set(own.filter((delivery) => delivery.state === 'succeeded').map(({ eventId }) => eventId))
  const meant = own
    .filter(({ eventId, replayId }) => replayId === null && !arrived.has(eventId))
    .filter((delivery) => storedPurpose(state, delivery) !== 'test')
    .toSorted((a, b) => b.createdAt - a.createdAt)
  return (['failed', 'held'] as const).flatMap((wanted) =>
    meant
      .filter((delivery) => delivery.state === wanted)
      .slice(0, limit)
      .map(({ eventId, createdAt }) => ({ at: state.events.get(eventId)?.receivedAt ?? createdAt, state: wanted })),
  )
}

import type { Delivery } from '#shared/model/delivery.ts'
import type { EndpointId } from '#shared/model/ids.ts'
import type { Lane } from '../../ports/delivery-store.ts'
import { freeSlots } from '../breaker.ts'
import { TARGET_POLICY } from '../policies.ts'
import type { LaneDirectory } from './deps.ts'
import type { RoomOf } from './lane-table.ts'

/** Attempts that each endpoint may run however many others are busy, so that dead ones never block it. */
const SURE_PER_ENDPOINT = 4

export function laneOf({ id, endpointId }: Delivery): Lane {
  return endpointId ?? id
}

/** How many attempts a lane may start by its policy and breaker; none while its endpoint is paused or gone. */
export function roomIn(directory: Pick<LaneDirectory, 'endpoint'>): RoomOf {
  return (lane, inFlight) => {
    if (!isEndpointLane(lane)) return { sure: 0, more: freeSlots(TARGET_POLICY, 0, inFlight) }
    const endpoint = directory.endpoint(lane)
    if (endpoint?.state !== 'active') return null
    const free = freeSlots(endpoint.version.config.policy, endpoint.consecutiveFailures, inFlight)
    const sure = Math.min(free, Math.max(0, SURE_PER_ENDPOINT - inFlight))
    return { sure, more: free - sure }
  }
}

function isEndpointLane(lane: Lane): lane is EndpointId {
  return lane.startsWith('end_')
}

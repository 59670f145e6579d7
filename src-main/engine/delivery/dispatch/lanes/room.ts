import type { Delivery } from '#shared/model/delivery.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { EndpointId } from '#shared/model/ids.ts'
import type { Lane } from '../../../ports/delivery-store.ts'
import { freeSlots } from '../../breaker.ts'
import { TARGET_POLICY } from '../../policies.ts'
import type { LaneDirectory } from '../deps.ts'
import type { RoomOf } from './lane-table.ts'
import type { Pace } from './pace.ts'

/** Attempts that each endpoint may run however many others are busy, so that dead ones never block it. */
const SURE_PER_ENDPOINT = 4
/** The same for one that fails: with thousands of them, more would be thousands of idle sockets. */
const SURE_WHILE_FAILING = 1

export function laneOf({ id, endpointId }: Delivery): Lane {
  return endpointId ?? id
}

export function isEndpointLane(lane: Lane): lane is EndpointId {
  return lane.startsWith('end_')
}

/** How many attempts a lane may start by its policy, breaker and pace; none while its endpoint is paused or gone. */
export function roomIn(directory: Pick<LaneDirectory, 'endpoint'>, pace: Pick<Pace, 'room'>): RoomOf {
  return (lane, inFlight) => {
    if (!isEndpointLane(lane)) return { sure: 0, more: freeSlots(TARGET_POLICY, 0, inFlight) }
    const endpoint = directory.endpoint(lane)
    if (endpoint?.state !== 'active') return null
    const { policy } = endpoint.version.config
    const { free: byPace, waitMs } = pace.room(lane, rateOf(endpoint))
    const free = Math.min(slotsOf(endpoint, inFlight), byPace)
    const reserved = endpoint.consecutiveFailures === 0 ? SURE_PER_ENDPOINT : SURE_WHILE_FAILING
    const sure = Math.min(free, Math.max(0, reserved - inFlight))
    return { sure, more: free - sure, waitMs, ordered: policy.ordered }
  }
}

/** Attempts per second; none is counted in test mode. */
export function rateOf({ version: { config } }: Endpoint): number | null {
  return config.testMode ? null : config.policy.ratePerSecond
}

function slotsOf({ version: { config }, consecutiveFailures }: Endpoint, inFlight: number): number {
  const { policy, testMode } = config
  const concurrency = policy.ordered ? 1 : policy.concurrency
  const breaker = testMode ? null : policy.breaker
  return freeSlots({ breaker, concurrency }, consecutiveFailures, inFlight)
}

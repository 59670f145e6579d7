import type { Delivery } from '#shared/model/delivery.ts'
import type { Claim, ClaimedDelivery, ClaimStep, Lane, LaneDue } from '#main/engine/ports.ts'
import type { MemoryState, StoredDelivery } from '../state.ts'

/** Moves what is due in the asked lanes to `delivering`. */
export function claimDue(state: MemoryState, step: ClaimStep): Claim {
  const claimed = step.lanes.flatMap(({ lane, limit }) =>
    scheduledIn(state, lane)
      .filter(({ delivery }) => delivery.dueAt! <= step.now)
      .slice(0, limit)
      .map((stored) => claim(state, stored, step)),
  )
  return { claimed, lanes: step.lanes.map(({ lane }) => laneDue(state, lane)) }
}

/** Every lane that has scheduled work, with its earliest due time. */
export function scheduledLanes(state: MemoryState): LaneDue[] {
  const scheduled = [...state.deliveries.values()].filter(({ delivery }) => delivery.state === 'scheduled')
  return [...new Set(scheduled.map(({ delivery }) => laneOf(delivery)))].map((lane) => laneDue(state, lane))
}

function claim(state: MemoryState, stored: StoredDelivery, step: ClaimStep): ClaimedDelivery {
  const attemptId = step.nextAttemptId()
  const number = stored.delivery.attempts + 1
  stored.lease = { owner: step.owner, attemptId, claimedAt: step.now }
  stored.delivery = { ...stored.delivery, state: 'delivering', dueAt: null, attempts: number, updatedAt: step.now }
  const { delivery } = stored
  return { delivery, event: state.events.get(delivery.eventId)!, attemptId, number, trigger: delivery.nextTrigger }
}

function laneDue(state: MemoryState, lane: Lane): LaneDue {
  return { lane, dueAt: scheduledIn(state, lane)[0]?.delivery.dueAt ?? null }
}

/** Earliest due first; of equals, the one that came first. */
function scheduledIn(state: MemoryState, lane: Lane): StoredDelivery[] {
  return [...state.deliveries.values()]
    .filter(({ delivery }) => delivery.state === 'scheduled' && laneOf(delivery) === lane)
    .toSorted((a, b) => a.delivery.dueAt! - b.delivery.dueAt!)
}

function laneOf({ endpointId, id }: Delivery): Lane {
  return endpointId ?? id
}

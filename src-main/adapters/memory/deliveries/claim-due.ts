import type { Delivery, Trigger } from '#shared/model/delivery.ts'
import type { Claim, ClaimedDelivery, ClaimStep, Lane, LaneClaim, LaneDue, ProbeStep } from '#main/engine/ports.ts'
import type { MemoryState, StoredDelivery } from '../state.ts'

/** Moves what is due in the asked lanes to `delivering`. */
export function claimDue(state: MemoryState, step: ClaimStep): Claim {
  const claimed = step.lanes.flatMap((asked) =>
    (asked.ordered && isUnderWay(state, asked.lane) ? [] : waiting(state, asked))
      .filter(({ delivery }) => delivery.dueAt! <= step.now)
      .slice(0, asked.limit)
      .map((stored) => claim(state, stored, { ...step, trigger: stored.delivery.nextTrigger })),
  )
  return { claimed, lanes: step.lanes.map((asked) => laneDue(state, asked)) }
}

/** Moves the oldest held delivery of an endpoint that its breaker paused to `delivering`. */
export function claimProbe(state: MemoryState, step: ProbeStep): ClaimedDelivery | null {
  if (state.endpoints.get(step.endpointId)?.pausedReason !== 'breaker') return null
  for (const stored of state.deliveries.values()) {
    const { endpointId, state: current } = stored.delivery
    if (endpointId === step.endpointId && current === 'held') return claim(state, stored, { ...step, trigger: 'probe' })
  }
  return null
}

/** Every lane that has scheduled work, with its earliest due time. */
export function scheduledLanes(state: MemoryState): LaneDue[] {
  const scheduled = [...state.deliveries.values()].filter(({ delivery }) => delivery.state === 'scheduled')
  return [...new Set(scheduled.map(({ delivery }) => laneOf(delivery)))].map((lane) => laneDue(state, { lane }))
}

type Claiming = Pick<ClaimStep, 'now' | 'owner' | 'nextAttemptId'> & { trigger: Trigger }

function claim(state: MemoryState, stored: StoredDelivery, step: Claiming): ClaimedDelivery {
  const { now, owner, trigger } = step
  const attemptId = step.nextAttemptId()
  const number = stored.delivery.attempts + 1
  const { delivery: before } = stored
  stored.lease = { owner, attemptId, claimedAt: now }
  stored.delivery = {
    ...before,
    state: 'delivering',
    dueAt: null,
    nextTrigger: trigger,
    attempts: number,
    updatedAt: now,
  }
  const { delivery } = stored
  return { delivery, event: state.events.get(delivery.eventId)!, body: null, attemptId, number, trigger }
}

function laneDue(state: MemoryState, asked: Pick<LaneClaim, 'lane' | 'ordered'>): LaneDue {
  return { lane: asked.lane, dueAt: waiting(state, asked)[0]?.delivery.dueAt ?? null }
}

/** Earliest due first; of equals, the one that came first. In strict order only the first of all. */
function waiting(state: MemoryState, { lane, ordered = false }: Pick<LaneClaim, 'lane' | 'ordered'>): StoredDelivery[] {
  const scheduled = [...state.deliveries.values()].filter(
    ({ delivery }) => delivery.state === 'scheduled' && laneOf(delivery) === lane,
  )
  if (ordered) return scheduled.slice(0, 1)
  return scheduled.toSorted((a, b) => a.delivery.dueAt! - b.delivery.dueAt!)
}

function isUnderWay(state: MemoryState, lane: Lane): boolean {
  return [...state.deliveries.values()].some(({ delivery, lease }) => lease !== null && laneOf(delivery) === lane)
}

function laneOf({ endpointId, id }: Delivery): Lane {
  return endpointId ?? id
}

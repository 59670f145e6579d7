import { NO_TIMINGS, type Attempt } from '#shared/model/attempt.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { Failure } from '#shared/model/failure.ts'
import type { Concluded, Conclusion } from '#main/engine/ports.ts'
import { moveAll, settled } from './settle-delivery.ts'
import type { Lease, MemoryState } from '../state.ts'

const LEFT_IN_FLIGHT: Failure = {
  code: 'interrupted',
  phase: 'send',
  detail: 'Hookloop stopped while this attempt ran; the receiver may have handled it.',
}

/** Keeps the end of one attempt and what it does to its delivery and endpoint. */
export function conclude(state: MemoryState, { attempt, requestBody, delivery, endpoint }: Conclusion): Concluded {
  const stored = state.deliveries.get(delivery.id)
  if (stored?.lease?.attemptId !== attempt.id) throw new Error(`${delivery.id} is not held by ${attempt.id}`)
  const heldOthers = endpoint ? changeEndpoint(state, stored.delivery, endpoint, delivery.updatedAt) : 0
  stored.lease = null
  stored.delivery = settled(state, { ...stored.delivery, ...delivery })
  keepAttempt(state, { ...attempt, nextAttemptAt: stored.delivery.dueAt })
  if (requestBody) state.requestBodies.set(attempt.id, requestBody.slice())
  return { delivery: stored.delivery, heldOthers }
}

/** Ends what other runs left in flight with an `interrupted` attempt. */
export function recover(state: MemoryState, { owner, now }: { owner: string; now: number }): Delivery[] {
  const recovered: Delivery[] = []
  for (const stored of state.deliveries.values()) {
    if (stored.lease === null || stored.lease.owner === owner) continue
    const { lease, delivery } = stored
    stored.lease = null
    stored.delivery = settled(state, {
      ...delivery,
      state: 'scheduled',
      dueAt: now,
      lastStatus: null,
      lastFailure: 'interrupted',
      updatedAt: now,
    })
    keepAttempt(state, interruptedAttempt(stored.delivery, lease, now))
    recovered.push(stored.delivery)
  }
  return recovered
}

function changeEndpoint(
  state: MemoryState,
  { endpointId }: Delivery,
  { consecutiveFailures, pause }: NonNullable<Conclusion['endpoint']>,
  now: number,
): number {
  const endpoint = endpointId === null ? undefined : state.endpoints.get(endpointId)
  if (!endpoint) return 0
  const pausing = pause !== null && endpoint.state === 'active'
  const paused = pausing ? ({ state: 'paused', pausedReason: pause, pausedAt: now } as const) : {}
  state.endpoints.set(endpoint.id, { ...endpoint, consecutiveFailures, ...paused })
  return pausing ? moveAll(state, endpoint.id, { from: ['scheduled'], to: 'held', now }) : 0
}

function interruptedAttempt(delivery: Delivery, lease: Lease, now: number): Attempt {
  const { projectId, eventId, endpointId } = delivery
  return {
    id: lease.attemptId,
    projectId,
    deliveryId: delivery.id,
    eventId,
    endpointId,
    endpointVersionId: null,
    number: delivery.attempts,
    trigger: delivery.nextTrigger,
    outcome: 'interrupted',
    startedAt: lease.claimedAt,
    finishedAt: now,
    request: null,
    response: null,
    failure: LEFT_IN_FLIGHT,
    timings: NO_TIMINGS,
    nextAttemptAt: delivery.dueAt,
  }
}

function keepAttempt(state: MemoryState, attempt: Attempt): void {
  const attempts = state.attempts.get(attempt.deliveryId) ?? []
  state.attempts.set(attempt.deliveryId, [...attempts, attempt])
}

import { NO_TIMINGS, type Attempt } from '#shared/model/attempt.ts'
import type { Delivery, Trigger } from '#shared/model/delivery.ts'
import type { Failure } from '#shared/model/failure.ts'
import type { Concluded, Conclusion, EndpointEffect } from '#main/engine/ports.ts'
import { appendEvent } from '../events/append-event.ts'
import { moveAll, settled } from './settle-delivery.ts'
import type { Lease, MemoryState } from '../state.ts'

const LEFT_IN_FLIGHT: Failure = {
  code: 'interrupted',
  phase: 'send',
  detail: 'Hookloop stopped while this attempt ran; the receiver may have handled it.',
}

/** Keeps the end of one attempt and what it does to its delivery and endpoint. */
export function conclude(state: MemoryState, step: Conclusion): Concluded {
  const { attempt, requestBody, rawAnswer, delivery, endpoint, notification } = step
  const stored = state.deliveries.get(delivery.id)
  if (stored?.lease?.attemptId !== attempt.id) throw new Error(`${delivery.id} is not held by ${attempt.id}`)
  const moved = endpoint ? changeEndpoint(state, stored.delivery, endpoint, delivery.updatedAt) : NOTHING_MOVED
  stored.lease = null
  stored.delivery = settled(state, { ...stored.delivery, ...delivery })
  keepAttempt(state, { ...attempt, nextAttemptAt: stored.delivery.dueAt })
  const sent = requestBody === 'of event' ? state.bodies.get(stored.delivery.eventId) : requestBody
  if (sent) state.requestBodies.set(attempt.id, sent.slice())
  if (rawAnswer) {
    const { id: attemptId, projectId, deliveryId, endpointId, number } = attempt
    state.rawAnswers.set(attemptId, { attemptId, projectId, deliveryId, endpointId, number, sealed: rawAnswer })
  }
  const told = notification && appendEvent(state, notification)
  return { delivery: stored.delivery, ...moved, notified: told?.kind === 'appended' ? told.deliveries : [] }
}

/** The trigger of what a probe leaves waiting: it is no probe any more. */
export function afterProbe(trigger: Trigger): Trigger {
  return trigger === 'probe' ? 'automatic' : trigger
}

/** Ends what other runs left in flight with an `interrupted` attempt. */
export function recover(state: MemoryState, { owner, now }: { owner: string; now: number }): Delivery[] {
  const recovered: Delivery[] = []
  rebase(state, now)
  for (const stored of state.deliveries.values()) {
    if (stored.lease === null || stored.lease.owner === owner) continue
    const { lease, delivery } = stored
    stored.lease = null
    stored.delivery = settled(state, {
      ...delivery,
      state: 'scheduled',
      dueAt: now,
      nextTrigger: afterProbe(delivery.nextTrigger),
      lastStatus: null,
      lastFailure: 'interrupted',
      updatedAt: now,
    })
    keepAttempt(state, { ...interruptedAttempt(stored.delivery, lease, now), trigger: delivery.nextTrigger })
    recovered.push(stored.delivery)
  }
  return recovered
}

/** How many other deliveries a change of the endpoint moved. */
type Moved = Pick<Concluded, 'heldOthers' | 'releasedOthers'>

const NOTHING_MOVED: Moved = { heldOthers: 0, releasedOthers: 0 }

function changeEndpoint(
  state: MemoryState,
  { endpointId }: Delivery,
  { consecutiveFailures, pause, probe }: EndpointEffect,
  now: number,
): Moved {
  const endpoint = endpointId === null ? undefined : state.endpoints.get(endpointId)
  if (!endpoint) return NOTHING_MOVED
  if (probe !== null) {
    if (endpoint.pausedReason !== 'breaker') return NOTHING_MOVED
    if (probe === 'failed') {
      const pausedReason = pause ?? endpoint.pausedReason
      state.endpoints.set(endpoint.id, { ...endpoint, consecutiveFailures, pausedReason, pausedAt: now })
      return NOTHING_MOVED
    }
    const active = { state: 'active', pausedReason: null, pausedAt: null } as const
    state.endpoints.set(endpoint.id, { ...endpoint, consecutiveFailures, ...active })
    const releasedOthers = moveAll(state, endpoint.id, { from: ['held'], to: 'scheduled', now })
    return { heldOthers: 0, releasedOthers }
  }
  const pausing = pause !== null && endpoint.state === 'active'
  const paused = pausing ? ({ state: 'paused', pausedReason: pause, pausedAt: now } as const) : {}
  state.endpoints.set(endpoint.id, { ...endpoint, consecutiveFailures, ...paused })
  if (!pausing) return NOTHING_MOVED
  return { heldOthers: moveAll(state, endpoint.id, { from: ['scheduled'], to: 'held', now }), releasedOthers: 0 }
}

/** Keeps what is left of each wait where the clock was set back while nothing ran. */
function rebase(state: MemoryState, now: number): void {
  for (const stored of state.deliveries.values()) {
    const { dueAt, updatedAt } = stored.delivery
    if (dueAt === null || updatedAt <= now) continue
    stored.delivery = { ...stored.delivery, dueAt: now + Math.max(0, dueAt - updatedAt), updatedAt: now }
  }
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

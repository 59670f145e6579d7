import { NO_TIMINGS, type Attempt, type AttemptOutcome } from '#shared/model/attempt.ts'
import type { Delivery, Trigger } from '#shared/model/delivery.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { ClaimedDelivery, Conclusion, EndpointEffect } from '../../ports/delivery-store.ts'
import type { AppendEvent } from '../../ports/event-store.ts'
import { CALLBACK_FAILED, failureNotification } from '../failure-notification.ts'
import { nextStep, type NextStep } from '../next-step.ts'
import type { DeliveryChange, DispatcherDeps } from './deps.ts'
import type { Destination } from './destination.ts'
import type { AttemptEnd } from './run-attempt.ts'
import type { Patiently } from './store-patience.ts'

type ConcludeDeps = Pick<DispatcherDeps, 'deliveries' | 'directory' | 'random' | 'ids' | 'clock'> & {
  patiently: Patiently
  followClock(): Promise<void>
  /** The breaker of an endpoint opened. */
  onOpened(endpoint: Endpoint): void
}

interface Ended {
  claimed: ClaimedDelivery
  destination: Destination
  end: AttemptEnd
}

/** Decides what follows an attempt, tells the registry at once and stores all of it in one step. */
export async function concludeAttempt(ended: Ended, deps: ConcludeDeps): Promise<DeliveryChange> {
  await deps.followClock()
  const { claimed, destination, end } = ended
  const { deliveries, directory, patiently } = deps
  const { endpointId } = claimed.delivery
  const endpointNow = () => (endpointId === null ? null : directory.endpoint(endpointId))
  const before = endpointNow()
  const next = stepAfter(ended, before, deps)
  const effect = effectOnEndpoint(before, next, claimed.trigger)
  if (before && effect) {
    directory.noteEndpoint(before.id, effect, end.finishedAt)
    if (effect.pause === 'breaker' && effect.probe === null) deps.onOpened(before)
  }
  const attempt = attemptOf(claimed, destination, { end, next })
  const notification = notificationOf({ claimed, destination, attempt, next }, deps)
  const conclusion = {
    attempt,
    requestBody: end.sendsStored ? ('of event' as const) : (end.request?.body ?? null),
    rawAnswer: end.rawAnswer,
    delivery: changeOfDelivery(claimed, end, next),
    notification,
  }
  const concluded = await patiently(() => {
    // While the storage took nothing, other attempts may have ended: the count that lasts is the latest.
    const consecutiveFailures = endpointNow()?.consecutiveFailures
    const endpoint = effect && consecutiveFailures !== undefined ? { ...effect, consecutiveFailures } : null
    return deliveries.conclude({ ...conclusion, endpoint })
  })
  return {
    delivery: concluded.delivery,
    movedOthers: concluded.heldOthers + concluded.releasedOthers,
    notification: notification && { event: notification.event, deliveries: concluded.notified },
  }
}

type Step = Omit<NextStep, 'outcome' | 'state' | 'endpoint'> & {
  outcome: AttemptOutcome
  state: Delivery['state']
  endpoint: Pick<EndpointEffect, 'consecutiveFailures' | 'pause'> | null
}

/** What follows by policy; what never reached the endpoint, or was cut by ourselves, follows none. */
function stepAfter({ claimed, destination, end }: Ended, before: Endpoint | null, deps: ConcludeDeps): Step {
  const { verdict } = end
  const { tries, projectId } = claimed.delivery
  const untold = { tries, endpoint: null }
  if (verdict.kind === 'simulated')
    return { ...untold, outcome: 'simulated', failure: null, state: 'simulated', dueAt: null }
  const again = { ...untold, outcome: 'interrupted', state: 'scheduled', dueAt: end.finishedAt } as const
  if (verdict.kind === 'asleep' || verdict.kind === 'stale') return { ...again, failure: verdict.failure }
  if (verdict.kind === 'locked') {
    const endpoint = { consecutiveFailures: before?.consecutiveFailures ?? 0, pause: 'locked' } as const
    return { ...again, failure: verdict.failure, endpoint }
  }
  const isTest = claimed.trigger === 'test'
  return nextStep({
    // A test is made once and tells only whoever asked for it.
    verdict: isTest && verdict.kind === 'retry' ? { ...verdict, kind: 'stop' } : verdict,
    tries,
    policy: destination.policy,
    failures: isTest ? null : (before?.consecutiveFailures ?? null),
    now: deps.clock.now(),
    timeScale: deps.directory.timeScale(projectId),
    fraction: deps.random.fraction(),
  })
}

/** Null where nothing changes. An endpoint that is paused already stays so for its first reason. */
function effectOnEndpoint(
  before: Endpoint | null,
  { endpoint, outcome }: Step,
  trigger: Trigger,
): EndpointEffect | null {
  if (!before || !endpoint) return null
  const { consecutiveFailures } = endpoint
  if (trigger === 'probe' && before.pausedReason === 'breaker') {
    if (outcome === 'succeeded') return { consecutiveFailures: 0, pause: null, probe: 'passed' }
    return { consecutiveFailures, pause: endpoint.pause === 'gone' ? 'gone' : null, probe: 'failed' }
  }
  const pause = before.state === 'active' ? endpoint.pause : null
  if (pause === null && consecutiveFailures === before.consecutiveFailures) return null
  return { consecutiveFailures, pause, probe: null }
}

/** Tells of a failure for good, where the policy asks for it; a notification never tells of itself. */
function notificationOf(
  { claimed, destination, attempt, next }: Omit<Ended, 'end'> & { attempt: Attempt; next: Step },
  { directory, ids, clock }: ConcludeDeps,
): AppendEvent | null {
  const { delivery, trigger } = claimed
  const wanted =
    destination.policy.notifyOnFailure &&
    delivery.eventType !== CALLBACK_FAILED &&
    trigger !== 'manual' &&
    trigger !== 'test'
  if (next.state !== 'failed' || delivery.endpointId === null || !wanted) return null
  const notificationUrl = directory.notificationUrl(delivery.projectId)
  if (notificationUrl === null) return null
  const callbackUrl = attempt.request?.url ?? destination.url
  return failureNotification({ delivery, attempt, callbackUrl, notificationUrl }, { ids, now: clock.now() })
}

function changeOfDelivery(
  { delivery, trigger }: ClaimedDelivery,
  { result, finishedAt }: AttemptEnd,
  next: Step,
): Conclusion['delivery'] {
  return {
    id: delivery.id,
    state: next.state,
    dueAt: next.dueAt,
    nextTrigger: (next.outcome === 'interrupted' && trigger !== 'probe') || trigger === 'test' ? trigger : 'automatic',
    tries: next.tries,
    lastStatus: result?.response?.status ?? null,
    lastFailure: next.failure?.code ?? null,
    updatedAt: finishedAt,
  }
}

function attemptOf(
  { delivery, event, attemptId, number, trigger }: ClaimedDelivery,
  { versionId }: Destination,
  { end, next }: { end: AttemptEnd; next: Step },
): Attempt {
  const { request, shown, result, startedAt, finishedAt } = end
  return {
    id: attemptId,
    projectId: delivery.projectId,
    deliveryId: delivery.id,
    eventId: event.id,
    endpointId: delivery.endpointId,
    endpointVersionId: versionId,
    number,
    trigger,
    outcome: next.outcome,
    startedAt,
    finishedAt,
    request: request &&
      shown && {
        method: request.method,
        ...shown,
        bodySizeBytes: request.body.byteLength,
      },
    response: result?.response ?? null,
    failure: next.failure,
    timings: result?.timings ?? NO_TIMINGS,
    nextAttemptAt: next.dueAt,
  }
}

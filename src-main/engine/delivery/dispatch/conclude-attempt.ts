import { NO_TIMINGS, type Attempt } from '#shared/model/attempt.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { ClaimedDelivery, Conclusion, Concluded } from '../../ports/delivery-store.ts'
import type { DispatcherDeps } from './deps.ts'
import { nextStep, type NextStep } from '../next-step.ts'
import { maskHeaders } from '../request/mask-headers.ts'
import type { Destination } from './destination.ts'
import type { AttemptEnd } from './run-attempt.ts'
import type { Patiently } from './store-patience.ts'

type ConcludeDeps = Pick<DispatcherDeps, 'deliveries' | 'directory' | 'random'> & {
  patiently: Patiently
  dueNow: () => number
}

/** Decides what follows an attempt, tells the registry at once and stores all of it in one step. */
export async function concludeAttempt(
  { claimed, destination, end }: { claimed: ClaimedDelivery; destination: Destination; end: AttemptEnd },
  { deliveries, directory, random, patiently, dueNow }: ConcludeDeps,
): Promise<Concluded> {
  const { delivery } = claimed
  const { endpointId } = delivery
  const endpointNow = () => (endpointId === null ? null : directory.endpoint(endpointId))
  const before = endpointNow()
  const next = nextStep({
    verdict: end.verdict,
    tries: delivery.tries,
    policy: destination.policy,
    failures: before?.consecutiveFailures ?? null,
    now: dueNow(),
    timeScale: directory.timeScale(delivery.projectId),
    fraction: random.fraction(),
  })
  const change = changeOfEndpoint(before, next)
  if (before && change) directory.noteEndpoint(before.id, change, end.finishedAt)
  const conclusion = {
    attempt: attemptOf(claimed, destination, { end, next }),
    requestBody: end.request?.body ?? null,
    delivery: changeOfDelivery(claimed, end, next),
  }
  return patiently(() => {
    // While the storage took nothing, other attempts may have ended: the count that lasts is the latest.
    const consecutiveFailures = endpointNow()?.consecutiveFailures
    const endpoint = change && consecutiveFailures !== undefined ? { ...change, consecutiveFailures } : null
    return deliveries.conclude({ ...conclusion, endpoint })
  })
}

/** Null where nothing changes. An endpoint that is paused already stays so for its first reason. */
function changeOfEndpoint(before: Endpoint | null, { endpoint }: NextStep): Conclusion['endpoint'] {
  if (!before || !endpoint) return null
  const pause = before.state === 'active' ? endpoint.pause : null
  const same = pause === null && endpoint.consecutiveFailures === before.consecutiveFailures
  return same ? null : { consecutiveFailures: endpoint.consecutiveFailures, pause }
}

function changeOfDelivery(
  { delivery }: ClaimedDelivery,
  { result, finishedAt }: AttemptEnd,
  next: NextStep,
): Conclusion['delivery'] {
  return {
    id: delivery.id,
    state: next.state,
    dueAt: next.dueAt,
    nextTrigger: 'automatic',
    tries: next.tries,
    lastStatus: result?.response?.status ?? null,
    lastFailure: next.failure?.code ?? null,
    updatedAt: finishedAt,
  }
}

function attemptOf(
  { delivery, event, attemptId, number, trigger }: ClaimedDelivery,
  { endpoint }: Destination,
  { end, next }: { end: AttemptEnd; next: NextStep },
): Attempt {
  const { request, result, startedAt, finishedAt } = end
  return {
    id: attemptId,
    projectId: delivery.projectId,
    deliveryId: delivery.id,
    eventId: event.id,
    endpointId: delivery.endpointId,
    endpointVersionId: endpoint?.version.id ?? null,
    number,
    trigger,
    outcome: next.outcome,
    startedAt,
    finishedAt,
    request: request && {
      method: request.method,
      url: request.url,
      headers: maskHeaders(request.headers),
      bodySizeBytes: request.body.byteLength,
    },
    response: result?.response ?? null,
    failure: next.failure,
    timings: result?.timings ?? NO_TIMINGS,
    nextAttemptAt: next.dueAt,
  }
}

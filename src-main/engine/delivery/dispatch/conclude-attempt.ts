import { NO_TIMINGS, type Attempt } from '#shared/model/attempt.ts'
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
  const current = () => (endpointId === null ? null : directory.endpoint(endpointId))
  const before = current()
  const next = nextStep({
    verdict: end.verdict,
    tries: delivery.tries,
    policy: destination.policy,
    failures: before?.consecutiveFailures ?? null,
    now: dueNow(),
    timeScale: directory.timeScale(delivery.projectId),
    fraction: random.fraction(),
  })
  const pause = before?.state === 'active' ? (next.endpoint?.pause ?? null) : null
  const changed =
    before !== null &&
    next.endpoint !== null &&
    (pause !== null || next.endpoint.consecutiveFailures !== before.consecutiveFailures)
  if (changed && endpointId !== null && next.endpoint) {
    directory.noteEndpoint(
      endpointId,
      { consecutiveFailures: next.endpoint.consecutiveFailures, pause },
      end.finishedAt,
    )
  }
  const waits = current()?.state !== 'paused'
  const conclusion = {
    attempt: attemptOf(claimed, destination, { end, next, waits }),
    requestBody: end.request?.body ?? null,
    delivery: changeOf(claimed, end, next),
  }
  return patiently(() => {
    const now = current()
    const endpoint: Conclusion['endpoint'] =
      changed && now ? { consecutiveFailures: now.consecutiveFailures, pause } : null
    return deliveries.conclude({ ...conclusion, endpoint })
  })
}

function changeOf(
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
  { end, next, waits }: { end: AttemptEnd; next: NextStep; waits: boolean },
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
    nextAttemptAt: waits ? next.dueAt : null,
  }
}

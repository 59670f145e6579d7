import type { Delivery } from '#shared/model/delivery.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import { NO_FINDINGS } from '#shared/model/findings.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { destinationOf, type Destination } from '../delivery/dispatch/destination.ts'
import type { LaneDirectory } from '../delivery/dispatch/deps.ts'
import { newDelivery } from '../delivery/new-delivery.ts'
import { prepareRequest, type Prepared } from '../delivery/request/prepare-request.ts'
import type { Actor, Change } from '../engine.ts'
import type { Feed } from '../feed.ts'
import type { Clock, DeliveryStore, EventStore, Ids, OperationsStore } from '../ports.ts'
import { configurationProblems } from './health.ts'
import { sendStep, stepsBefore, type TestReport, type TestRequest } from './test-report.ts'
import { sampleFor, testEvent, type TestSample } from './test-sample.ts'

export interface TestDeps {
  events: Pick<EventStore, 'append'>
  deliveries: Pick<DeliveryStore, 'attempts'>
  store: Pick<OperationsStore, 'noteTest'>
  directory: LaneDirectory
  catalog: Pick<Catalog, 'list'>
  clock: Clock
  ids: Ids
  changes: Feed<Change>
  onScheduled(deliveries: readonly Delivery[]): void
}

/** Beyond the deadline of the attempt itself, what may stand before it in its lane. */
const PATIENCE_MS = 10_000
const SHOWN_CHARACTERS = 65_536

type SentEvent = ReturnType<typeof testEvent>

/**
 * Sends one sample through an endpoint, once, and says step by step what came of it. In test mode it goes to the sink; a
 * paused endpoint is sent nothing, in test mode or not. Neither its breaker nor its retries count it. `secrets` are the names that it has.
 */
export async function testEndpoint(
  { endpoint, secrets, sample }: { endpoint: Endpoint; secrets: ReadonlySet<string>; sample: TestSample | null },
  actor: Actor,
  deps: TestDeps,
): Promise<TestReport> {
  const { clock, ids } = deps
  const wanted = sample ?? sampleFor(endpoint, deps.catalog)
  const message = testEvent(wanted, { projectId: endpoint.projectId, ids, now: clock.now() })
  const delivery: Delivery = {
    ...newDelivery({ event: message.event, to: { endpointId: endpoint.id }, replay: null }, { ids, now: clock.now() }),
    nextTrigger: 'test',
  }
  const prepared = await rehearse(endpoint, delivery, message, deps)
  const failure = 'failure' in prepared ? prepared.failure : null
  const before = stepsBefore(endpoint, configurationProblems(endpoint, secrets), failure)
  const isPaused = endpoint.state === 'paused'
  const sent = isPaused ? null : await send(endpoint, delivery, message, deps)
  const { testMode, policy } = endpoint.version.config
  const last =
    failure !== null
      ? sendStep('unbuilt')
      : sent !== null
        ? sendStep({ attempt: sent.attempt, timeoutMs: policy.timeoutMs })
        : sendStep('paused')
  const passed = before.every(({ state }) => state === 'passed') && last.state === 'passed'
  if (last.state !== 'skipped' || failure !== null) await note(endpoint, passed, actor, deps)
  return {
    passed,
    target: failure !== null || last.state === 'skipped' ? 'none' : testMode ? 'sink' : 'endpoint',
    steps: [...before, last],
    eventType: wanted.type,
    request: 'failure' in prepared ? null : shown(prepared),
    delivery: sent?.delivery ?? null,
    attempt: sent?.attempt ?? null,
  }
}

/** Builds the request as a delivery would, whatever the endpoint's state. */
function rehearse(
  endpoint: Endpoint,
  delivery: Delivery,
  { event, body }: SentEvent,
  { directory, ids, clock }: TestDeps,
): ReturnType<typeof prepareRequest> {
  const awake: Endpoint = { ...endpoint, state: 'active', pausedReason: null }
  const lookUp = { endpoint: () => awake, pinnedVersion: () => null }
  const destination = destinationOf({ delivery, trigger: 'test' }, lookUp) as Destination
  const claimed = { delivery, event, body, attemptId: ids.next('att'), number: 1, trigger: 'test' as const }
  return prepareRequest(
    { claimed, destination, now: clock.now() },
    { directory, events: { body: async () => body }, patiently: (step) => step() },
  )
}

async function send(
  endpoint: Endpoint,
  delivery: Delivery,
  { event, body }: SentEvent,
  deps: TestDeps,
): Promise<{ delivery: Delivery; attempt: TestReport['attempt'] }> {
  const { changes, deliveries } = deps
  const end = ended(delivery.id, endpoint.version.config.policy.timeoutMs + PATIENCE_MS, deps)
  const appended = await deps.events.append({ event, body, deliveries: [delivery], idempotency: null })
  const stored = appended.kind === 'appended' ? appended.deliveries : []
  changes.publish({
    type: 'event.captured',
    projectId: event.projectId,
    event,
    findings: NO_FINDINGS,
    deliveries: stored,
  })
  deps.onScheduled(stored)
  const final = (await end) ?? stored[0] ?? delivery
  return { delivery: final, attempt: (await deliveries.attempts(delivery.id)).at(-1) ?? null }
}

/** The delivery once nothing more happens to it by itself; null where that takes longer than `waitMs`. */
function ended(
  id: Delivery['id'],
  waitMs: number,
  { changes, clock }: Pick<TestDeps, 'changes' | 'clock'>,
): Promise<Delivery | null> {
  const { promise, resolve } = Promise.withResolvers<Delivery | null>()
  const cancel = clock.after(waitMs, () => resolve(null))
  const unsubscribe = changes.subscribe((change) => {
    if (change.type !== 'delivery.changed' || change.delivery.id !== id) return
    if (change.delivery.state !== 'scheduled' && change.delivery.state !== 'delivering') resolve(change.delivery)
  })
  return promise.finally(() => {
    cancel()
    unsubscribe()
  })
}

async function note(endpoint: Endpoint, passed: boolean, actor: Actor, deps: TestDeps): Promise<void> {
  await deps.store.noteTest({ versionId: endpoint.version.id, at: deps.clock.now(), passed, actor: actor.name })
  deps.changes.publish({ type: 'endpoint.changed', projectId: endpoint.projectId, endpointId: endpoint.id })
}

function shown({ request, shown: { url, headers }, mask }: Prepared): TestRequest {
  const body = mask.text(new TextDecoder().decode(request.body)).slice(0, SHOWN_CHARACTERS)
  return { method: request.method, url, headers, body }
}

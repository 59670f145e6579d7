import { createHash } from 'node:crypto'
import { expect, onTestFinished } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { createDispatcher, type Dispatcher, type LaneDirectory } from '#main/engine/delivery/dispatcher.ts'
import { canMove } from '#main/engine/delivery/delivery-states.ts'
import { blankConfig } from '#main/engine/endpoints/endpoint-config.ts'
import { afterEffect } from '#main/engine/endpoints/after-effect.ts'
import { newDelivery } from '#main/engine/delivery/new-delivery.ts'
import { resolvePolicy } from '#main/engine/delivery/policies.ts'
import { createTransformations } from '#main/engine/transformation/transformations.ts'
import type { PolicyChoice } from '#main/engine/engine.ts'
import type { Store, Transport, TransportRequest, TransportResult } from '#main/engine/ports.ts'
import { providers } from '#main/providers/index.ts'
import { NO_TIMINGS } from '#shared/model/attempt.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { Endpoint, EndpointConfig } from '#shared/model/endpoint.ts'
import type { EventRecord } from '#shared/model/event.ts'
import { headerValue, type HeaderList } from '#shared/model/header.ts'
import type { EndpointId } from '#shared/model/ids.ts'
import { createFakeClock, type FakeClock } from '#test/support/fake-clock.ts'
import { createFakeIds } from '#test/support/fake-ids.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { createSeededRandom } from '#test/support/fake-random.ts'

export interface SentRequest extends TransportRequest {
  at: number
  signal: AbortSignal
  deliveryId: string
}

export type Answering = (request: SentRequest, index: number) => TransportResult | Promise<TransportResult>

export interface RigOptions {
  /** Of every composed event; JSON. */
  body?: string
  answer?: Answering
  store?: Store
  clock?: FakeClock
  timeScale?: number
  notificationUrl?: string
  seed?: number
  random?: { fraction(): number }
  directory?: Partial<LaneDirectory>
}

/** What a receiver answers, as the transport would tell it. */
export function answered(status: number, headers: HeaderList = []): TransportResult {
  const response = { status, headers, body: new Uint8Array(), truncated: false, remoteAddress: '127.0.0.1' }
  return { response, failure: null, timings: NO_TIMINGS }
}

export const refused: TransportResult = {
  response: null,
  failure: { code: 'connect_refused', phase: 'connect', detail: 'ECONNREFUSED' },
  timings: NO_TIMINGS,
}

/** An answer that never comes: the send ends only when it is aborted. */
export function silent({ signal }: SentRequest): Promise<TransportResult> {
  const interrupted: TransportResult = {
    ...refused,
    failure: { code: 'interrupted', phase: 'headers', detail: 'stopped' },
  }
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(interrupted)))
}

export type DispatchRig = Awaited<ReturnType<typeof createDispatchRig>>

/** A dispatcher on a memory store, a clock that tests move and a transport that answers as told. */
export async function createDispatchRig(options: RigOptions = {}) {
  const {
    store = createMemoryStore(),
    clock = createFakeClock(),
    answer = () => answered(200),
    timeScale = 1,
    seed = 1,
  } = options
  const ids = createFakeIds(clock, seed)
  const random = { ...createSeededRandom(seed), ...options.random }
  const log = createFakeLog()
  const endpoints = new Map((await store.endpoints.list()).map((endpoint) => [endpoint.id, endpoint]))
  const pinnedVersions = new Map((await store.endpoints.pinnedVersions()).map((version) => [version.id, version]))
  const sent: SentRequest[] = []
  const published: Delivery[] = []
  const projectId = ids.next('prj')

  const transport: Transport = {
    async send(request, signal) {
      const one = {
        ...request,
        signal,
        at: clock.now(),
        deliveryId: headerValue(request.headers, 'Hookloop-Delivery') ?? '',
      }
      return answer(one, sent.push(one) - 1)
    },
    close: async () => {},
  }

  const transformations = createTransformations(clock)
  const directory: LaneDirectory = {
    endpoint: (id) => endpoints.get(id) ?? null,
    pausedByBreaker: () => [...endpoints.values()].filter(({ pausedReason }) => pausedReason === 'breaker'),
    pinnedVersion: (id) => pinnedVersions.get(id) ?? null,
    notificationUrl: () => options.notificationUrl ?? null,
    timeScale: () => timeScale,
    provider: (_projectId, id) => providers.find((provider) => provider.id === id) ?? null,
    signingSecrets: async () => [{ version: 1, text: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }],
    senderSecret: async () => null,
    replaySigner: async () => null,
    namedSecrets: async () => new Map(),
    noteSecrets: () => {},
    sealAnswer: async () => null,
    transformation: (source) => transformations.of(source),
    noteEndpoint(id, effect, now) {
      const endpoint = endpoints.get(id)
      if (endpoint) endpoints.set(id, afterEffect(endpoint, effect, now))
      dispatcher.endpointChanged(id)
    },
    ...options.directory,
  }

  const dispatcher: Dispatcher = createDispatcher({
    deliveries: store.deliveries,
    events: store.events,
    transport,
    clock,
    ids,
    random,
    log,
    directory,
    publish: ({ delivery }) => void published.push(delivery),
  })
  onTestFinished(async () => {
    await dispatcher.stop(0)
    expectListedMoves(published)
  })

  async function addEndpoint(policy: PolicyChoice = 'standard', name = 'receiver'): Promise<Endpoint> {
    const id = ids.next('end')
    const config = {
      ...blankConfig(),
      name,
      url: `http://${name}.test/hook`,
      eventTypes: ['*'],
      policy: resolvePolicy(policy),
    }
    const endpoint: Endpoint = {
      id,
      projectId,
      version: { id: ids.next('ver'), endpointId: id, number: 1, config, actor: 'test', createdAt: clock.now() },
      state: 'active',
      pausedReason: null,
      pausedAt: null,
      consecutiveFailures: 0,
      createdAt: clock.now(),
    }
    await store.endpoints.create(endpoint, [])
    endpoints.set(id, endpoint)
    return endpoint
  }

  /** Stores one composed event with a delivery to each of `to`, and wakes the dispatcher as the engine does. */
  const compose = (...to: readonly (EndpointId | { url: string })[]): Promise<Delivery[]> => composeEvent({}, ...to)

  /** The same, of an event with other fields. */
  async function composeEvent(
    change: Partial<EventRecord>,
    ...to: readonly (EndpointId | { url: string })[]
  ): Promise<Delivery[]> {
    const body = new TextEncoder().encode(options.body ?? '{"audit_id":"aud_1"}')
    const event: EventRecord = {
      id: ids.next('evt'),
      projectId,
      sourceId: null,
      type: 'audit.completed',
      provider: null,
      origin: 'composed',
      editedFrom: null,
      capture: 'complete',
      captureNote: null,
      receivedAt: clock.now(),
      method: 'POST',
      path: '/',
      query: null,
      httpVersion: '1.1',
      headers: [['Content-Type', 'application/json']],
      contentType: 'application/json',
      bodySha256: createHash('sha256').update(body).digest('hex'),
      bodySizeBytes: body.byteLength,
      trailers: [],
      declaredSizeBytes: null,
      remoteAddress: null,
      hops: 0,
      ...change,
    }
    const wanted = to.map((target) =>
      newDelivery(
        { event, to: typeof target === 'string' ? { endpointId: target } : target, replay: null },
        { ids, now: clock.now() },
      ),
    )
    const appended = await store.events.append({ event, body, deliveries: wanted, idempotency: null })
    if (appended.kind !== 'appended') throw new Error('not appended')
    wakeFor(appended.deliveries)
    return [...appended.deliveries]
  }

  function wakeFor(deliveries: readonly Delivery[]): void {
    for (const { id, endpointId, dueAt } of deliveries) if (dueAt !== null) dispatcher.wake(endpointId ?? id, dueAt)
  }

  return {
    store,
    clock,
    log,
    dispatcher,
    endpoints,
    sent,
    published,
    addEndpoint,
    compose,
    composeEvent,
    delivery: async ({ id }: Pick<Delivery, 'id'>) => (await store.deliveries.get(id))!,
    attempts: ({ id }: Pick<Delivery, 'id'>) => store.deliveries.attempts(id),
    /** Gaps between sends, in seconds. */
    gaps: () => sent.slice(1).map(({ at }, index) => (at - sent[index]!.at) / 1_000),
    async retryByHand({ id }: Pick<Delivery, 'id'>): Promise<void> {
      const delivery = await store.deliveries.bringForward({
        deliveryId: id,
        from: ['scheduled', 'failed', 'simulated'],
        trigger: 'manual',
        now: clock.now(),
      })
      if (delivery) wakeFor([delivery])
    },
    async resume(endpointId: EndpointId): Promise<void> {
      const now = clock.now()
      await store.endpoints.resume({ endpointId, held: 'release', now })
      const endpoint = endpoints.get(endpointId)!
      endpoints.set(endpointId, {
        ...endpoint,
        state: 'active',
        pausedReason: null,
        pausedAt: null,
        consecutiveFailures: 0,
      })
      dispatcher.drain(endpointId)
    },
    /** Changes the configuration as the engine does; `keep` binds what waits to the version before. */
    async change(endpointId: EndpointId, config: Partial<EndpointConfig>, keep = false): Promise<void> {
      const endpoint = endpoints.get(endpointId)!
      const { version } = endpoint
      const next = {
        ...version,
        id: ids.next('ver'),
        number: version.number + 1,
        config: { ...version.config, ...config },
      }
      if (keep) pinnedVersions.set(version.id, version)
      await store.endpoints.addVersion(next, { pinWaiting: keep })
      endpoints.set(endpointId, { ...endpoints.get(endpointId)!, version: next })
      dispatcher.endpointChanged(endpointId)
    },
    async remove(endpointId: EndpointId): Promise<void> {
      await store.endpoints.delete({ endpointId, now: clock.now() })
      endpoints.delete(endpointId)
      dispatcher.endpointChanged(endpointId)
    },
    async pause(endpointId: EndpointId): Promise<void> {
      const now = clock.now()
      endpoints.set(endpointId, {
        ...endpoints.get(endpointId)!,
        state: 'paused',
        pausedReason: 'manual',
        pausedAt: now,
      })
      await store.endpoints.pause({ endpointId, reason: 'manual', now })
    },
  }
}

/** What was published of each delivery, one after the other, are moves that the table of states lists. */
function expectListedMoves(published: readonly Delivery[]): void {
  const last = new Map<Delivery['id'], Delivery['state']>()
  for (const { id, state } of published) {
    const from = last.get(id) ?? 'scheduled'
    // Releasing, holding and retrying by hand are told by others.
    const unseen = canMove(from, 'scheduled') && canMove('scheduled', state)
    expect(state === from || canMove(from, state) || unseen, `${from} to ${state}`).toBe(true)
    last.set(id, state)
  }
}

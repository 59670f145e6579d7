import { onTestFinished } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import type { EndpointChange, ReceivedRequest } from '#main/engine/engine.ts'
import type { Store, Transport, TransportResult } from '#main/engine/ports.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import { createFakeClock, type FakeClock } from '#test/support/fake-clock.ts'
import { createTestEngine } from '#test/support/engine.ts'
import { answered, type SentRequest } from './delivery/dispatch-rig.ts'
import { headerValue } from '#shared/model/header.ts'

interface Parts {
  answer?: (request: SentRequest, index: number) => TransportResult | Promise<TransportResult>
  clock?: FakeClock
  store?: Store
}

/** A whole engine that delivers, on a clock that the test moves and a transport that answers as told. */
export async function createRunningEngine({ answer = () => answered(200), ...parts }: Parts = {}) {
  const clock = parts.clock ?? createFakeClock()
  const store = parts.store ?? createMemoryStore()
  const sent: SentRequest[] = []
  const transport: Transport = {
    async send(request, signal) {
      const deliveryId = headerValue(request.headers, 'Hookloop-Delivery') ?? ''
      const one = { ...request, signal, at: clock.now(), deliveryId }
      return answer(one, sent.push(one) - 1)
    },
    close: async () => {},
  }
  const running = await createTestEngine({ clock, store, transport })
  const { engine } = running
  await engine.start()
  onTestFinished(() => running.stop())
  const project = engine.projects.resolve('default')
  const actor = { name: 'test' }

  return {
    engine,
    store,
    clock,
    sent,
    project,
    actor,
    stop: running.stop,

    async addEndpoint(change: EndpointChange = {}) {
      const input = { name: 'receiver', url: 'http://receiver.test/hook', eventTypes: ['*'], ...change }
      return (await engine.endpoints.create(project.id, input, actor)).endpoint
    },

    async compose(type = 'audit.completed'): Promise<{ eventId: Delivery['eventId']; deliveries: Delivery[] }> {
      const { event } = await engine.events.compose(project.id, {
        type,
        body: new TextEncoder().encode('{"audit_id":"aud_1"}'),
        contentType: 'application/json',
        provider: null,
        idempotencyKey: null,
      })
      return { eventId: event.id, deliveries: await listed({ eventId: event.id }) }
    },

    async capture(headers: ReceivedRequest['headers'], slug = 'inbox') {
      const known = engine.capture.sourceOf(slug)
      const source = known ?? (await engine.sources.create(project.id, { name: slug, slug }))
      const body = new TextEncoder().encode('{"audit_id":"aud_1"}')
      const { event } = await engine.capture.record(source, {
        capture: 'complete',
        captureNote: null,
        receivedAt: clock.now(),
        method: 'POST',
        path: '/in/inbox',
        query: null,
        httpVersion: '1.1',
        headers,
        body,
        trailers: [],
        declaredSizeBytes: null,
        remoteAddress: null,
      })
      return { source, event }
    },

    listed,
    delivery: ({ id }: Pick<Delivery, 'id'>) => engine.deliveries.get(project.id, id),
  }

  async function listed(
    filter: Partial<Pick<Parameters<typeof engine.deliveries.list>[0], 'eventId' | 'replayId' | 'states'>>,
  ): Promise<Delivery[]> {
    const query = { eventId: null, endpointId: null, replayId: null, states: [], ...filter }
    const page = await engine.deliveries.list({ projectId: project.id, ...query, limit: 2_000, cursor: null })
    return [...page.items]
  }
}

import type { EndpointChange } from '#main/engine/engine.ts'
import type { EventId } from '#shared/model/ids.ts'
import { createTestEngine } from '#test/support/engine.ts'

const encoder = new TextEncoder()

/** An engine that never starts to deliver, so that deliveries stay as they were made. */
export async function createIdleEngine() {
  const running = await createTestEngine()
  const { engine } = running
  const project = engine.projects.resolve('default')
  const actor = { name: 'test' }
  return {
    ...running,
    project,
    actor,

    create: (name: string, eventTypes: string[], change: EndpointChange & { secret?: string } = {}) =>
      engine.endpoints.create(project.id, { name, url: 'http://127.0.0.1:9/hook', eventTypes, ...change }, actor),

    compose: (type: string, json = '{}', idempotencyKey: string | null = null) =>
      engine.events.compose(project.id, {
        type,
        body: encoder.encode(json),
        contentType: 'application/json',
        provider: null,
        idempotencyKey,
      }),

    deliveriesOf: async (eventId: EventId) => {
      const query = { projectId: project.id, endpointId: null, replayId: null, states: [], limit: 100, cursor: null }
      return (await engine.deliveries.list({ ...query, eventId })).items
    },
  }
}

export type IdleEngine = Awaited<ReturnType<typeof createIdleEngine>>

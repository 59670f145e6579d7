import type { Delivery } from '#shared/model/delivery.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { Project } from '#shared/model/project.ts'
import type {
  AppendedEvent,
  AppendEvent,
  ClaimedDelivery,
  Concluded,
  Conclusion,
  Lane,
  Store,
} from '#main/engine/ports.ts'
import { ids, newAttempt, newDelivery, newEndpoint, newEvent, NOW } from './records.ts'

/** A store with one project, and short ways to bring it into a state. */
export interface World {
  store: Store
  project: Project
  addProject(change?: Partial<Project>): Promise<Project>
  addEndpoint(change?: Partial<Endpoint>): Promise<Endpoint>
  /** Stores an event with a delivery to each of `to`; answers the event and its deliveries as stored. */
  addEvent(order?: EventOrder): Promise<{ event: EventRecord; deliveries: readonly Delivery[] }>
  append(order?: EventOrder): Promise<AppendedEvent>
  claim(lane: Lane, options?: { limit?: number; now?: number; owner?: string }): Promise<readonly ClaimedDelivery[]>
  /** Ends a claim: as a failure that is retried a minute later, unless told otherwise. */
  conclude(claimed: ClaimedDelivery, change?: ConclusionChange): Promise<Concluded>
  delivery(id: Delivery['id']): Promise<Delivery>
  endpoint(id: Endpoint['id']): Promise<Endpoint | undefined>
}

interface EventOrder {
  event?: Partial<EventRecord>
  body?: Uint8Array
  to?: readonly Endpoint[]
  delivery?: Partial<Delivery>
  idempotency?: AppendEvent['idempotency']
  arrival?: AppendEvent['arrival']
}

interface ConclusionChange {
  attempt?: Parameters<typeof newAttempt>[1]
  requestBody?: Conclusion['requestBody']
  rawAnswer?: Uint8Array
  delivery?: Partial<Conclusion['delivery']>
  endpoint?: Partial<NonNullable<Conclusion['endpoint']>>
  notification?: Conclusion['notification']
}

export async function createWorld(store: Store): Promise<World> {
  const addProject = projectMaker(store)
  const project = await addProject()
  const append = appender(store, project)
  return {
    store,
    project,
    addProject,
    append,

    async addEndpoint(change) {
      const endpoint = newEndpoint(project.id, change)
      await store.endpoints.create(endpoint, [])
      return endpoint
    },

    async addEvent(order = {}) {
      const event = newEvent(order.event?.projectId ?? project.id, order.body ?? new Uint8Array(), order.event)
      const appended = await append({ ...order, event })
      if (appended.kind !== 'appended') throw new Error(`the event was ${appended.kind}`)
      return { event, deliveries: appended.deliveries }
    },

    async claim(lane, { limit = 100, now = NOW, owner = 'run-1' } = {}) {
      const step = { now, owner, lanes: [{ lane, limit }], nextAttemptId: () => ids.next('att') }
      return (await store.deliveries.claimDue(step)).claimed
    },

    conclude: (claimed, change = {}) =>
      store.deliveries.conclude({
        attempt: newAttempt(claimed, change.attempt),
        requestBody: change.requestBody ?? null,
        rawAnswer: change.rawAnswer ?? null,
        delivery: {
          id: claimed.delivery.id,
          state: 'scheduled',
          dueAt: NOW + 60_000,
          nextTrigger: 'automatic',
          tries: claimed.delivery.tries + 1,
          lastStatus: 500,
          lastFailure: 'server_error',
          updatedAt: NOW + 30,
          ...change.delivery,
        },
        endpoint: change.endpoint ? { consecutiveFailures: 0, pause: null, probe: null, ...change.endpoint } : null,
        notification: change.notification ?? null,
      }),

    delivery: async (id) => (await store.deliveries.get(id))!,
    endpoint: async (id) => (await store.endpoints.list()).find((endpoint) => endpoint.id === id),
  }
}

function projectMaker(store: Store) {
  let made = 0
  return async (change: Partial<Project> = {}): Promise<Project> => {
    made++
    const project = {
      id: ids.next('prj'),
      siteId: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
      slug: `project-${made}`,
      name: 'Project',
      timeScale: 1,
      notificationUrl: null,
      activeEndpointLimit: 3,
      secretMaxAgeDays: 90,
      createdAt: NOW,
      ...change,
    }
    await store.projects.create(project)
    return project
  }
}

function appender(store: Store, project: Project) {
  return ({
    event: change,
    body = new Uint8Array(),
    to = [],
    delivery,
    idempotency = null,
    arrival,
  }: EventOrder = {}) => {
    const event = newEvent(change?.projectId ?? project.id, body, change)
    const deliveries = to.map(({ id }) => newDelivery(event, { endpointId: id, ...delivery }))
    return store.events.append({ event, body, deliveries, idempotency, ...(arrival && { arrival }) })
  }
}

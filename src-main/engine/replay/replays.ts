import { AppError } from '#shared/model/app-error.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { EventRecord } from '#shared/model/event.ts'
import { ReplayId, type ProjectId } from '#shared/model/ids.ts'
import type { Replay } from '#shared/model/replay.ts'
import { eventFacts } from '../conditions/event-facts.ts'
import { newDelivery, type DeliveryOrder } from '../delivery/new-delivery.ts'
import { checkTargetUrl } from '../endpoints/endpoint-config.ts'
import { takesEvent } from '../endpoints/takes-event.ts'
import type { Change, EndpointsApi, EventsApi, ReplaysApi } from '../engine.ts'
import type { Feed } from '../feed.ts'
import type { AddressGuard, Clock, Ids, ReplayStore, ReplayWithProgress } from '../ports.ts'

export interface ReplaysDeps {
  store: ReplayStore
  events: Pick<EventsApi, 'get' | 'body'>
  endpoints: Pick<EndpointsApi, 'list' | 'resolve'>
  clock: Clock
  ids: Ids
  guard: AddressGuard
  changes: Feed<Change>
  onScheduled(deliveries: readonly Delivery[]): void
}

type ReplayInput = Parameters<ReplaysApi['create']>[1]

export function createReplays(deps: ReplaysDeps): ReplaysApi {
  const { store, clock, ids, changes } = deps

  async function get(projectId: ProjectId, id: string): Promise<ReplayWithProgress> {
    const parsed = ReplayId.safeParse(id)
    const found = parsed.success ? await store.get(parsed.data) : null
    if (found?.replay.projectId === projectId) return found
    throw new AppError('not_found', `There is no replay “${id}” in this project.`)
  }

  return {
    get,
    list: (query) => store.list(query),

    async cancel(projectId, id) {
      const { replay } = await get(projectId, id)
      const canceled = await store.cancel({ replayId: replay.id, now: clock.now() })
      changes.publish({ type: 'deliveries.changed', projectId })
      changes.publish({ type: 'replay.changed', projectId, replayId: replay.id })
      return { ...(await get(projectId, replay.id)), canceled }
    },

    async create(projectId, input, actor) {
      checkTarget(input, deps)
      const events = await Promise.all([...new Set(input.eventIds)].map((id) => replayable(deps, projectId, id)))
      const now = clock.now()
      const replay: Replay = { id: ids.next('rpl'), projectId, actor: actor.name, resign: input.resign, createdAt: now }
      const deliveries: Delivery[] = []
      for (const event of events) {
        const targets = await targetsOf(deps, event, input)
        deliveries.push(...targets.map((to) => newDelivery({ event, to, replay }, { ids, now })))
      }
      if (deliveries.length === 0) throw nothingMatches()
      const stored = await store.create(replay, deliveries)
      for (const delivery of stored) changes.publish({ type: 'delivery.changed', projectId, delivery })
      changes.publish({ type: 'replay.changed', projectId, replayId: replay.id })
      deps.onScheduled(stored)
      return get(projectId, replay.id)
    },
  }
}

function checkTarget({ url, endpointIds }: ReplayInput, { guard }: Pick<ReplaysDeps, 'guard'>): void {
  if (url === undefined) return
  checkTargetUrl(url, 'url', guard)
  if (endpointIds) {
    throw new AppError('invalid_request', 'A replay goes to endpoints or to a URL, not to both.', {
      field: 'url',
      hint: 'Leave out url or endpointIds.',
    })
  }
}

async function replayable({ events }: ReplaysDeps, projectId: ProjectId, id: string): Promise<EventRecord> {
  const { event } = await events.get(projectId, id)
  if (event.capture === 'complete') return event
  throw new AppError('event_not_replayable', `${event.id} is ${event.capture}: there is no whole message to send.`, {
    field: 'eventIds',
    hint: 'Leave it out.',
  })
}

async function targetsOf(deps: ReplaysDeps, event: EventRecord, input: ReplayInput): Promise<DeliveryOrder['to'][]> {
  if (input.url !== undefined) return [{ url: input.url }]
  const chosen = input.endpointIds
    ? [...new Set(input.endpointIds)].map((id) => deps.endpoints.resolve(event.projectId, id))
    : await takersOf(deps, event)
  return chosen.map(({ id }) => ({ endpointId: id }))
}

/** The endpoints that would get the event if it came now. */
async function takersOf({ endpoints, events }: ReplaysDeps, event: EventRecord): Promise<Endpoint[]> {
  const all = endpoints.list(event.projectId)
  const conditional = all.some(({ version }) => version.config.condition !== null)
  const facts = eventFacts(event, conditional ? await events.body(event) : new Uint8Array())
  return all.filter((endpoint) => takesEvent(endpoint, facts))
}

function nothingMatches(): AppError {
  return new AppError('invalid_request', 'No endpoint takes these events, so there is nowhere to send them.', {
    field: 'endpointIds',
    hint: 'Name endpoints, give a url, or select the event type at an endpoint.',
  })
}

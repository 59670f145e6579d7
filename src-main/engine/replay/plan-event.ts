import type { EventRecord } from '#shared/model/event.ts'
import { HANDSHAKE_EVENT } from '#shared/model/event.ts'
import type { DeliveryId, EndpointId } from '#shared/model/ids.ts'
import type { LeftOut, Outage, OutageReason, ReplaySelection, ReplayTarget } from '#shared/model/replay.ts'
import { type EventFacts, eventFacts } from '../conditions/event-facts.ts'
import type { DeliveryOrder } from '../delivery/new-delivery.ts'
import { takesEvent } from '../endpoints/takes-event.ts'
import type { EventStore } from '../ports.ts'
import type { Registry } from '../registry.ts'
import { standingOf } from './outage-standing.ts'
import type { ReplayCandidate } from './replay-store.ts'

export interface PlanDeps {
  registry: Registry
  events: Pick<EventStore, 'get' | 'body'>
}

export type Destination = DeliveryOrder['to']

/** What a replay does with one event. `reason` is told of an outage, also where it was not asked for. */
export interface EventPlan {
  to: readonly Destination[]
  /** The held delivery that is canceled for the one to the same endpoint. */
  insteadOf: DeliveryId | null
  leftOut: LeftOut | null
  reason: OutageReason | null
}

/** Null where the selection does not mean the event at all. */
export async function planEvent(
  deps: PlanDeps,
  order: { selection: ReplaySelection; target: ReplayTarget },
  candidate: ReplayCandidate,
): Promise<EventPlan | null> {
  const facts = () => factsOf(deps, candidate)
  const { event } = candidate
  if ('outage' in order.selection) return planOutage(deps, { ...order, outage: order.selection.outage }, candidate)
  if (event.capture !== 'complete') return leaving('incomplete')
  if (!('eventIds' in order.selection) && isHandshake(event)) return leaving('handshake')
  return going(await destinationsOf(deps, order.target, { event, facts }))
}

async function planOutage(
  deps: PlanDeps,
  { outage, target }: { outage: Outage; target: ReplayTarget },
  candidate: ReplayCandidate,
): Promise<EventPlan | null> {
  const { event, deliveries } = candidate
  const facts = () => factsOf(deps, candidate)
  if (deliveries.some(({ purpose }) => purpose === 'test')) return null
  const endpoint = deps.registry.endpoints.get(outage.endpointId)
  const isWhole = event.capture === 'complete' && !isHandshake(event)
  const isTaken = async () =>
    isWhole && endpoint !== undefined && takesEvent(endpoint, await neededFacts([endpoint], event, facts))
  const standing = standingOf(deliveries) ?? ((await isTaken()) ? 'missed' : null)
  if (standing === null) return null
  if (standing === 'delivered' || standing === 'on_its_way') return leaving(standing)
  if (!outage.reasons.includes(standing)) return { ...leaving('other_reason'), reason: standing }
  const plan = going(await destinationsOf(deps, target, { event, facts }))
  const held = deliveries.findLast(({ state }) => state === 'held')
  const isSame = plan.to.some((to) => 'endpointId' in to && to.endpointId === outage.endpointId)
  return { ...plan, reason: standing, insteadOf: held && isSame ? held.id : null }
}

function leaving(leftOut: LeftOut): EventPlan {
  return { to: [], insteadOf: null, leftOut, reason: null }
}

function going(to: readonly Destination[] | LeftOut): EventPlan {
  return typeof to === 'string' ? leaving(to) : { to, insteadOf: null, leftOut: null, reason: null }
}

/** Somebody asked whether the address is meant, and was answered. */
function isHandshake({ type, origin }: Pick<EventRecord, 'type' | 'origin'>): boolean {
  return origin === 'captured' && type === HANDSHAKE_EVENT
}

interface Asked {
  event: ReplayCandidate['event']
  facts(): Promise<EventFacts>
}

async function destinationsOf(
  { registry }: PlanDeps,
  target: ReplayTarget,
  { event, facts }: Asked,
): Promise<readonly Destination[] | LeftOut> {
  if ('url' in target) return [{ url: target.url }]
  if ('endpointIds' in target) {
    const left = target.endpointIds.filter((id) => registry.endpoints.has(id))
    return left.length === 0 ? 'endpoint_gone' : left.map(toEndpoint)
  }
  const candidates = registry.endpoints.mayTake(event.projectId, event.type)
  const known = await neededFacts(candidates, event, facts)
  const takers = candidates.filter((endpoint) => takesEvent(endpoint, known))
  return takers.length === 0 ? 'no_taker' : takers.map(({ id }) => toEndpoint(id))
}

function toEndpoint(endpointId: EndpointId): Destination {
  return { endpointId }
}

/** Only a condition looks further than at the type: no event is read for less. */
function neededFacts(
  endpoints: readonly { version: { config: { condition: unknown } } }[],
  event: ReplayCandidate['event'],
  facts: () => Promise<EventFacts>,
): Promise<EventFacts> | EventFacts {
  if (endpoints.some(({ version }) => version.config.condition !== null)) return facts()
  return eventFacts({ ...event, headers: [], query: null, path: '', method: '' }, new Uint8Array())
}

async function factsOf({ events, registry }: PlanDeps, { event }: Pick<ReplayCandidate, 'event'>): Promise<EventFacts> {
  const [found, body] = await Promise.all([events.get(event.id), events.body(event.id)])
  const { sourceId = null } = found?.event ?? {}
  return eventFacts(
    found?.event ?? { ...event, headers: [], query: null, path: '', method: '' },
    body ?? new Uint8Array(),
    sourceId === null ? undefined : registry.sources.get(sourceId),
  )
}

import { AppError } from '#shared/model/app-error.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import { type Findings, NO_FINDINGS } from '#shared/model/findings.ts'
import { newDelivery } from '../delivery/new-delivery.ts'
import { eventFacts } from '../conditions/event-facts.ts'
import { takesEvent } from '../endpoints/takes-event.ts'
import type { Change } from '../engine.ts'
import type { Feed } from '../feed.ts'
import {
  StoreUnavailableError,
  type AppendedEvent,
  type AppendedEvents,
  type AppendEvent,
  type Arrival,
  type EventStore,
  type Ids,
  type Repeat,
} from '../ports.ts'
import type { Registry } from '../registry.ts'

export interface AppendDeps {
  store: EventStore
  registry: Registry
  ids: Ids
  changes: Feed<Change>
  onScheduled(deliveries: readonly Delivery[]): void
}

export type EventEntry = Omit<AppendEvent, 'deliveries'>

/** Stores an event with the deliveries that match it and what was found about it in one step, then tells the dispatcher and the feed. */
export async function appendEvent(deps: AppendDeps, entry: EventEntry): Promise<AppendedEvent> {
  const deliveries = matchingDeliveries(deps, entry)
  const appended = await translateUnavailable(deps.store.append({ ...entry, deliveries }))
  tell(deps, entry, appended)
  return appended
}

/** Stores events with their deliveries, all or none. */
export async function appendEvents(deps: AppendDeps, entries: readonly EventEntry[]): Promise<AppendedEvents> {
  const whole = entries.map((entry) => ({ ...entry, deliveries: matchingDeliveries(deps, entry) }))
  const appended = await translateUnavailable(deps.store.appendAll(whole))
  if (appended.kind === 'stored') appended.results.forEach((result, index) => tell(deps, entries[index]!, result))
  return appended
}

/** Stores an event that is kept and delivered to nobody. */
export async function keepEvent(deps: AppendDeps, { event, body }: Pick<EventEntry, 'event' | 'body'>): Promise<void> {
  const entry = { event, body, idempotency: null }
  tell(deps, entry, await translateUnavailable(deps.store.append({ ...entry, deliveries: [] })))
}

/** Stores events that are kept and delivered to nobody, in one step. */
export async function keepEvents(
  deps: AppendDeps,
  entries: readonly Pick<EventEntry, 'event' | 'body'>[],
): Promise<void> {
  if (entries.length === 0) return
  const whole = entries.map((entry) => ({ ...entry, idempotency: null, deliveries: [] }))
  const appended = await translateUnavailable(deps.store.appendAll(whole))
  if (appended.kind === 'stored') appended.results.forEach((result, index) => tell(deps, entries[index]!, result))
}

function tell(
  { changes, onScheduled }: AppendDeps,
  { event, arrival }: Pick<EventEntry, 'event' | 'arrival'>,
  appended: AppendedEvent,
): void {
  const { projectId } = event
  if (appended.kind === 'appended') {
    const { deliveries, repeatOf } = appended
    const findings = findingsOf(arrival, repeatOf)
    changes.publish({ type: 'event.captured', projectId, event, findings, deliveries })
    if (repeatOf) changes.publish({ type: 'event.repeated', projectId, ...repeatOf })
    onScheduled(deliveries)
  }
  if (appended.kind === 'dropped') {
    const { first, repeats } = appended
    changes.publish({ type: 'event.repeated', projectId, eventId: first.id, repeats })
  }
}

function findingsOf(arrival: Arrival | undefined, repeatOf: Repeat | null): Findings {
  if (!arrival) return NO_FINDINGS
  const { verdict, message } = arrival
  return { verdict, messageId: message?.id ?? null, duplicateOf: repeatOf?.eventId ?? null, repeats: 0, isRead: false }
}

/** A delivery to each endpoint of its project that takes the event. */
export function matchingDeliveries(
  { registry, ids }: Pick<AppendDeps, 'registry' | 'ids'>,
  { event, body }: Pick<EventEntry, 'event' | 'body'>,
): Delivery[] {
  return endpointsTaking({ registry }, { event, body }).map(({ id }) =>
    newDelivery({ event, to: { endpointId: id }, replay: null }, { ids, now: event.receivedAt }),
  )
}

/** Each endpoint of its project that takes the event. */
export function endpointsTaking(
  { registry }: Pick<AppendDeps, 'registry'>,
  { event, body }: Pick<EventEntry, 'event' | 'body'>,
): Endpoint[] {
  if (event.capture !== 'complete') return []
  const candidates = registry.endpoints.mayTake(event.projectId, event.type)
  if (candidates.length === 0) return []
  const source = event.sourceId === null ? undefined : registry.sources.get(event.sourceId)
  const facts = eventFacts(event, body, source)
  return candidates.filter((endpoint) => takesEvent(endpoint, facts))
}

async function translateUnavailable<T>(step: Promise<T>): Promise<T> {
  try {
    return await step
  } catch (error) {
    if (!(error instanceof StoreUnavailableError)) throw error
    throw new AppError('storage_unavailable', `Nothing was stored: ${error.message}`, {
      hint: 'Free disk space or end the program that holds the database, then send again.',
    })
  }
}

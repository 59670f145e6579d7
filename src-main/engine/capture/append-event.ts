import { AppError } from '#shared/model/app-error.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import { type Findings, NO_FINDINGS } from '#shared/model/findings.ts'
import { newDelivery } from '../delivery/new-delivery.ts'
import { eventFacts } from '../conditions/event-facts.ts'
import { takesEvent } from '../endpoints/takes-event.ts'
import type { Change } from '../engine.ts'
import type { Feed } from '../feed.ts'
import {
  StoreUnavailableError,
  type AppendedEvent,
  type AppendEvent,
  type Arrival,
  type EventStore,
  type Ids,
  type Repeat,
} from '../ports.ts'
import { ofProject, type Registry } from '../registry.ts'

export interface AppendDeps {
  store: EventStore
  registry: Registry
  ids: Ids
  changes: Feed<Change>
  onScheduled(deliveries: readonly Delivery[]): void
}

/** Stores an event with the deliveries that match it and what was found about it in one step, then tells the dispatcher and the feed. */
export async function appendEvent(deps: AppendDeps, entry: Omit<AppendEvent, 'deliveries'>): Promise<AppendedEvent> {
  const deliveries = matchingDeliveries(deps, entry)
  const appended = await translateUnavailable(deps.store.append({ ...entry, deliveries }))
  publish(deps.changes, entry, appended)
  if (appended.kind === 'appended') deps.onScheduled(appended.deliveries)
  return appended
}

function publish(
  changes: Feed<Change>,
  { event, arrival }: Pick<AppendEvent, 'event' | 'arrival'>,
  appended: AppendedEvent,
): void {
  const { projectId } = event
  if (appended.kind === 'appended') {
    const { deliveries, repeatOf } = appended
    const findings = findingsOf(arrival, repeatOf)
    changes.publish({ type: 'event.captured', projectId, event, findings, deliveries })
    if (repeatOf) changes.publish({ type: 'event.repeated', projectId, ...repeatOf })
  }
  if (appended.kind === 'dropped') {
    const { first, repeats } = appended
    changes.publish({ type: 'event.repeated', projectId, eventId: first.id, repeats })
  }
}

function findingsOf(arrival: Arrival | undefined, repeatOf: Repeat | null): Findings {
  if (!arrival) return NO_FINDINGS
  const { verdict, message } = arrival
  return { verdict, messageId: message?.id ?? null, duplicateOf: repeatOf?.eventId ?? null, repeats: 0 }
}

function matchingDeliveries(
  { registry, ids }: AppendDeps,
  { event, body }: Pick<AppendEvent, 'event' | 'body'>,
): Delivery[] {
  if (event.capture !== 'complete') return []
  const facts = eventFacts(event, body)
  return ofProject(registry.endpoints, event.projectId)
    .filter((endpoint) => takesEvent(endpoint, facts))
    .map(({ id }) => newDelivery({ event, to: { endpointId: id }, replay: null }, { ids, now: event.receivedAt }))
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

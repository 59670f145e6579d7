import type { Delivery } from '#shared/model/delivery.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { EventFilter } from '#shared/model/filter/meaning/event-filter.ts'
import { eventPasses, type TestedDelivery } from '#shared/model/filter/meaning/event-passes.ts'
import { NO_FINDINGS } from '#shared/model/findings.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { MemoryState } from '../state.ts'

/** The events of a project that a filter takes, in the order in which they came. */
export function fittingEvents(state: MemoryState, projectId: ProjectId, filter: EventFilter): EventRecord[] {
  const deliveries = Map.groupBy(state.deliveries.values(), ({ delivery }) => delivery.eventId)
  return [...state.events.values()].filter(
    (event) =>
      event.projectId === projectId &&
      eventPasses(filter, {
        event,
        findings: state.findings.get(event.id) ?? NO_FINDINGS,
        deliveries: (deliveries.get(event.id) ?? []).map(({ delivery }) => testedDelivery(state, delivery)),
        body: state.bodies.get(event.id) ?? new Uint8Array(),
      }),
  )
}

/** A delivery with what its attempts were answered. */
export function testedDelivery(state: MemoryState, delivery: Delivery): TestedDelivery {
  const statuses = (state.attempts.get(delivery.id) ?? []).flatMap(({ response }) => response?.status ?? [])
  return { ...delivery, statuses }
}

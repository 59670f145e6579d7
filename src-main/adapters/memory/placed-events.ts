import type { EventRecord } from '#shared/model/event.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { EventPlace } from '#main/engine/ports.ts'
import type { MemoryState } from './state.ts'

interface Placed {
  event: EventRecord
  place: EventPlace
}

/** The events of a project, oldest first; the key is the order of arrival among all. */
export function placedEvents({ events }: MemoryState, projectId: ProjectId): Placed[] {
  return [...events.values()]
    .map((event) => ({ event, place: { receivedAt: event.receivedAt, key: orderOf(event) } }))
    .filter(({ event }) => event.projectId === projectId)
    .toSorted((one, other) => (isBefore(one.place, other.place) ? -1 : 1))
}

/** Given to each event when it is first looked at, in the order of arrival. */
const orders = new WeakMap<EventRecord, number>()
let lastOrder = 0

/** Stays the same when others are deleted. */
function orderOf(event: EventRecord): number {
  const known = orders.get(event)
  if (known !== undefined) return known
  lastOrder += 1
  orders.set(event, lastOrder)
  return lastOrder
}

export function isBefore(one: EventPlace, other: EventPlace): boolean {
  return one.receivedAt < other.receivedAt || (one.receivedAt === other.receivedAt && one.key < other.key)
}

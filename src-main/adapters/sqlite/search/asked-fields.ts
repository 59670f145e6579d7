import type { DeliveryFilter, DeliveryTest } from '#shared/model/filter/meaning/delivery-filter.ts'
import type { DeliveryQuery } from '#main/engine/ports.ts'

export type AskedFields = Pick<DeliveryQuery, 'eventId' | 'replayId' | 'endpointId' | 'states'>

/** A query's fields with what its filter says of them, where that is all it says; null where it asks for more. */
export function askedFields({ eventId, replayId, endpointId, states, filter = [] }: DeliveryQuery): AskedFields | null {
  let asked: AskedFields = { eventId, replayId, endpointId, states }
  for (const test of filter) {
    const field = fieldOf(test)
    const [name] = Object.keys(field ?? {}) as (keyof AskedFields)[]
    if (name === undefined || !isOpen(asked[name])) return null
    asked = { ...asked, ...field }
  }
  return asked
}

function isOpen(value: AskedFields[keyof AskedFields]): boolean {
  return value === null || (Array.isArray(value) && value.length === 0)
}

function fieldOf(test: DeliveryTest): Partial<AskedFields> | null {
  if (test.negated) return null
  if (test.kind === 'state') return { states: test.states }
  const [endpointId] = test.kind === 'endpoint' && test.endpointIds.length === 1 ? test.endpointIds : []
  if (endpointId) return { endpointId }
  const [eventId] = test.kind === 'event' && test.eventIds.length === 1 ? test.eventIds : []
  if (eventId) return { eventId }
  const [replayId] = test.kind === 'replay' && test.replayIds.length === 1 ? test.replayIds : []
  return replayId ? { replayId } : null
}

/** All that a query asks, as one filter. */
export function wholeFilter({ eventId, replayId, endpointId, states, filter = [] }: DeliveryQuery): DeliveryFilter {
  const negated = false
  return [
    ...(eventId === null ? [] : [{ kind: 'event', eventIds: [eventId], negated } as const]),
    ...(replayId === null ? [] : [{ kind: 'replay', replayIds: [replayId], negated } as const]),
    ...(endpointId === null ? [] : [{ kind: 'endpoint', endpointIds: [endpointId], negated } as const]),
    ...(states.length === 0 ? [] : [{ kind: 'state', states, negated } as const]),
    ...filter,
  ]
}

import type { AppendedEvent, AppendEvent } from '#main/engine/ports.ts'
import { addDeliveries } from '../deliveries/settle-delivery.ts'
import type { MemoryState } from '../state.ts'

/** Stores an event, its body and its deliveries, unless its idempotency key was used. */
export function appendEvent(state: MemoryState, { event, body, deliveries, idempotency }: AppendEvent): AppendedEvent {
  const key = idempotency && `${event.projectId} ${idempotency.key}`
  const earlier = key === null ? undefined : state.idempotency.get(key)
  if (idempotency && earlier && earlier.expiresAt > event.receivedAt) {
    if (earlier.fingerprint !== idempotency.fingerprint) return { kind: 'mismatch' }
    return { kind: 'repeated', eventId: earlier.eventId }
  }
  if (state.events.has(event.id)) throw new Error(`${event.id} is stored already`)
  const stored = addDeliveries(state, deliveries)
  state.events.set(event.id, event)
  state.bodies.set(event.id, body.slice())
  if (idempotency && key !== null) {
    const { fingerprint, expiresAt } = idempotency
    state.idempotency.set(key, { fingerprint, expiresAt, eventId: event.id })
  }
  return { kind: 'appended', deliveries: stored }
}

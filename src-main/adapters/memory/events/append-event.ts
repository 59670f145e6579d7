import type { EventRecord } from '#shared/model/event.ts'
import type { AppendedEvent, AppendEvent, Arrival, Repeat } from '#main/engine/ports.ts'
import { addDeliveries } from '../deliveries/settle-delivery.ts'
import type { MemoryState } from '../state.ts'

const NOTHING_FOUND: Arrival = { verdict: null, message: null }

/**
 * Stores an event, its body, its deliveries and what was found about it, unless its idempotency key was used or its
 * message is a repeat to be dropped.
 */
export function appendEvent(
  state: MemoryState,
  { event, body, deliveries, idempotency, arrival = NOTHING_FOUND }: AppendEvent,
): AppendedEvent {
  const key = idempotency && `${event.projectId} ${idempotency.key}`
  const earlier = key === null ? undefined : state.idempotency.get(key)
  if (idempotency && earlier && earlier.expiresAt > event.receivedAt) {
    if (earlier.fingerprint !== idempotency.fingerprint) return { kind: 'mismatch' }
    return { kind: 'repeated', eventId: earlier.eventId }
  }
  if (state.events.has(event.id)) throw new Error(`${event.id} is stored already`)
  const repeatOf = countRepeat(state, event, arrival.message)
  if (repeatOf && arrival.message?.repeat === 'drop') {
    return { kind: 'dropped', first: state.events.get(repeatOf.eventId)!, repeats: repeatOf.repeats }
  }
  const stored = addDeliveries(state, deliveries)
  state.events.set(event.id, event)
  state.bodies.set(event.id, body.slice())
  keepArrival(state, event, { ...arrival, repeatOf })
  if (idempotency && key !== null) {
    const { fingerprint, expiresAt } = idempotency
    state.idempotency.set(key, { fingerprint, expiresAt, eventId: event.id })
  }
  return { kind: 'appended', deliveries: stored, repeatOf }
}

const firstKey = ({ sourceId, type }: EventRecord, messageId: string) => JSON.stringify([sourceId, messageId, type])

/** Counts one more repeat of the message that the event brings; null where none brought it before. */
function countRepeat(state: MemoryState, event: EventRecord, message: Arrival['message']): Repeat | null {
  if (!message || message.repeat === 'unproven') return null
  const eventId = state.firstOfMessage.get(firstKey(event, message.id))
  const findings = eventId && state.findings.get(eventId)
  if (!findings) return null
  const repeats = findings.repeats + 1
  state.findings.set(eventId, { ...findings, repeats })
  return { eventId, repeats }
}

function keepArrival(
  state: MemoryState,
  event: EventRecord,
  { verdict, message, repeatOf }: Arrival & { repeatOf: Repeat | null },
): void {
  const duplicateOf = repeatOf?.eventId ?? null
  state.findings.set(event.id, { verdict, messageId: message?.id ?? null, duplicateOf, repeats: 0 })
  if (message && message.repeat !== 'unproven' && !repeatOf) {
    state.firstOfMessage.set(firstKey(event, message.id), event.id)
  }
}

import type { EventRecord } from '#shared/model/event.ts'
import type { AppendedEvent, AppendedEvents, AppendEvent, Arrival, Repeat } from '#main/engine/ports.ts'
import { addDeliveries } from '../deliveries/settle-delivery.ts'
import { keepRelayed, relayedAgain } from '../links/relayed-events.ts'
import type { MemoryState } from '../state.ts'

const NOTHING_FOUND: Arrival = { verdict: null, message: null }

/**
 * Stores an event, its body, its deliveries and what was found about it, unless its idempotency key was used or its
 * message is a repeat to be dropped, or it came over its link already.
 */
export function appendEvent(state: MemoryState, entry: AppendEvent): AppendedEvent {
  const { event, body, deliveries, idempotency, arrival = NOTHING_FOUND } = entry
  const earlier = earlierUse(state, entry)
  if (idempotency && earlier) {
    if (earlier.fingerprint !== idempotency.fingerprint) return { kind: 'mismatch' }
    return { kind: 'repeated', eventId: earlier.eventId }
  }
  const known = relayedAgain(state, entry)
  if (known) return { kind: 'repeated', eventId: known }
  if (state.events.has(event.id)) throw new Error(`${event.id} is stored already`)
  const given = takeStep(state, entry)
  const repeatOf = countRepeat(state, event, arrival.message)
  if (repeatOf && arrival.message?.repeat === 'drop') {
    return { kind: 'dropped', first: state.events.get(repeatOf.eventId)!, repeats: repeatOf.repeats, given }
  }
  const stored = addDeliveries(state, deliveries)
  state.events.set(event.id, event)
  state.bodies.set(event.id, body.slice())
  state.arrivalOrder.set(event.id, state.arrivalOrder.size + 1)
  keepRelayed(state, entry)
  keepArrival(state, event, { ...arrival, repeatOf })
  if (idempotency) {
    const { fingerprint, expiresAt } = idempotency
    state.idempotency.set(keyOf(entry), { fingerprint, expiresAt, eventId: event.id })
  }
  return { kind: 'appended', deliveries: stored, repeatOf, given }
}

/** Stores all of them, unless the key of one was used with other content. */
export function appendEvents(state: MemoryState, entries: readonly AppendEvent[]): AppendedEvents {
  const fingerprints = new Map<string, string>()
  for (const [index, entry] of entries.entries()) {
    if (!entry.idempotency) continue
    const known = fingerprints.get(keyOf(entry)) ?? earlierUse(state, entry)?.fingerprint
    if (known !== undefined && known !== entry.idempotency.fingerprint) return { kind: 'mismatch', index }
    fingerprints.set(keyOf(entry), entry.idempotency.fingerprint)
  }
  return { kind: 'stored', results: entries.map((entry) => appendEvent(state, entry)) }
}

function keyOf({ event, idempotency }: AppendEvent): string {
  return `${event.projectId} ${idempotency?.key}`
}

function earlierUse(state: MemoryState, entry: AppendEvent) {
  const earlier = entry.idempotency && state.idempotency.get(keyOf(entry))
  return earlier && earlier.expiresAt > entry.event.receivedAt ? earlier : null
}

function takeStep({ scriptSteps }: MemoryState, { event: { sourceId }, scriptStep }: AppendEvent): number {
  if (!scriptStep || sourceId === null) return 0
  const walks = scriptSteps.get(sourceId) ?? new Map<string, number>()
  const given = walks.get(scriptStep.message ?? '') ?? 0
  scriptSteps.set(sourceId, walks.set(scriptStep.message ?? '', given + 1))
  return given
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
  state.findings.set(event.id, { verdict, messageId: message?.id ?? null, duplicateOf, repeats: 0, isRead: false })
  if (message && message.repeat !== 'unproven' && !repeatOf) {
    state.firstOfMessage.set(firstKey(event, message.id), event.id)
  }
}

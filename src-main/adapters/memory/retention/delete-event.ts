import type { Delivery } from '#shared/model/delivery.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { EventId, ReplayId } from '#shared/model/ids.ts'
import { NOTHING_SWEPT, type SweepCounts } from '#shared/model/retention.ts'
import type { MemoryState } from '../state.ts'
import { forgetEvent } from '../subscriptions/forget.ts'

export function deliveriesOf({ deliveries }: MemoryState, eventId: EventId): Delivery[] {
  return [...deliveries.values()].flatMap(({ delivery }) => (delivery.eventId === eventId ? [delivery] : []))
}

/** What the body, the headers and the answers of an event take. */
export function weightOf(state: MemoryState, event: EventRecord): number {
  const answers = deliveriesOf(state, event.id).flatMap(({ id }) => state.attempts.get(id) ?? [])
  const answered = answers.reduce((sum, { response }) => sum + (response?.body.length ?? 0), 0)
  return event.bodySizeBytes + JSON.stringify(event.headers).length + answered
}

/** Deletes an event with its deliveries and attempts, and with what nothing needs any more. */
export function deleteEvent(state: MemoryState, event: EventRecord): SweepCounts {
  const bytes = weightOf(state, event)
  const removed = deliveriesOf(state, event.id)
  const attempts = removed.reduce((sum, { id }) => sum + (state.attempts.get(id)?.length ?? 0), 0)
  for (const delivery of removed) removeDelivery(state, delivery)
  forgetMessage(state, event)
  for (const [key, used] of state.idempotency) if (used.eventId === event.id) state.idempotency.delete(key)
  for (const [id, findings] of state.findings) {
    if (findings.duplicateOf === event.id) state.findings.set(id, { ...findings, duplicateOf: null })
  }
  forgetEvent(state, event)
  state.events.delete(event.id)
  state.bodies.delete(event.id)
  state.findings.delete(event.id)
  state.read.delete(event.id)
  return { ...NOTHING_SWEPT, events: 1, deliveries: removed.length, attempts, bytes }
}

function removeDelivery(state: MemoryState, { id, replayId, sender }: Delivery): void {
  for (const attempt of state.attempts.get(id) ?? []) {
    state.requestBodies.delete(attempt.id)
    state.rawAnswers.delete(attempt.id)
  }
  state.attempts.delete(id)
  state.deliveries.delete(id)
  const rest = [...state.deliveries.values()].map(({ delivery }) => delivery)
  if (replayId !== null && !rest.some((it) => it.replayId === replayId)) forgetReplay(state, replayId)
  if (sender !== null && !rest.some((it) => it.sender?.id === sender.id)) state.senders.delete(sender.id)
}

/** One that still runs may make others. */
function forgetReplay({ replays }: MemoryState, id: ReplayId): void {
  const state = replays.get(id)?.replay.state
  if (state === 'finished' || state === 'canceled') replays.delete(id)
}

function forgetMessage(state: MemoryState, event: EventRecord): void {
  for (const [key, first] of state.firstOfMessage) if (first === event.id) state.firstOfMessage.delete(key)
  const messageId = state.findings.get(event.id)?.messageId
  if (event.sourceId !== null && messageId) state.scriptSteps.get(event.sourceId)?.delete(messageId)
}

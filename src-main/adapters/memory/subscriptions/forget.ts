import type { EventRecord } from '#shared/model/event.ts'
import type { SourceId } from '#shared/model/ids.ts'
import type { MemoryState } from '../state.ts'

/** An event goes: whoever had not acknowledged it misses it. */
export function forgetEvent(state: MemoryState, event: EventRecord): void {
  const isHandedOn = event.capture === 'complete' && event.type !== 'handshake'
  for (const held of state.subscriptions.values()) {
    if (held.subscription.sourceId !== event.sourceId) continue
    const isLent = held.loans.delete(event.id)
    if (isHandedOn && (isLent || (state.arrivalOrder.get(event.id) ?? 0) > held.position)) held.missed += 1
  }
  state.relayed.delete(event.id)
  state.outcomes = state.outcomes.filter(({ eventId }) => eventId !== event.id)
}

/** A source goes with its link and its subscriptions. */
export function forgetSource({ links, subscriptions }: MemoryState, sourceId: SourceId): void {
  links.delete(sourceId)
  for (const [id, { subscription }] of subscriptions) if (subscription.sourceId === sourceId) subscriptions.delete(id)
}

import type { EventId } from '#shared/model/ids.ts'
import type { AppendEvent } from '#main/engine/ports.ts'
import type { MemoryState } from '../state.ts'

/** The event of an earlier time, of which is noted that it came once more; null where this is the first time. */
export function relayedAgain(state: MemoryState, { event, relayed }: AppendEvent): EventId | null {
  if (!relayed) return null
  for (const [id, held] of state.relayed) {
    const { remoteId, sends, cause } = held.relayed
    if (held.sourceId !== event.sourceId || remoteId !== relayed.remoteId) continue
    held.relayed = { remoteId, sends: Math.max(sends, relayed.sends), cause: relayed.cause ?? cause }
    return id
  }
  return null
}

export function keepRelayed(state: MemoryState, { event, relayed, deliveries }: AppendEvent): void {
  if (!relayed || event.sourceId === null) return
  // What goes to nobody has nothing to be told.
  state.relayed.set(event.id, { sourceId: event.sourceId, relayed, reported: deliveries.length === 0 ? '' : null })
}

import type { SenderStore } from '#main/engine/ports.ts'
import { appendEvent } from '../events/append-event.ts'
import type { MemoryState } from '../state.ts'

export function createSenderStore(state: MemoryState): SenderStore {
  return {
    async trigger({ sender, event, body, delivery }) {
      if (delivery.endpointId !== null && !state.endpoints.has(delivery.endpointId)) return null
      const appended = appendEvent(state, { event, body, deliveries: [delivery], idempotency: null })
      if (appended.kind !== 'appended') return null
      state.senders.set(sender.id, sender)
      return appended.deliveries[0] ?? null
    },

    get: async (senderId) => state.senders.get(senderId) ?? null,
  }
}

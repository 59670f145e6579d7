import type { Delivery } from '#shared/model/delivery.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { ProjectId, SenderId } from '#shared/model/ids.ts'
import type { Sender } from '#shared/model/sender.ts'

/** A sender with the secret that was given for it alone, sealed; null where it has none. */
export interface SealedSender extends Sender {
  projectId: ProjectId
  sealed: Uint8Array | null
  createdAt: number
}

export interface SenderStore {
  /**
   * Keeps the sender, the event and its one delivery, which names the sender, as `EventStore.append` does; resolves to null,
   * keeping nothing, where the delivery's endpoint is deleted.
   */
  trigger(step: {
    sender: SealedSender
    event: EventRecord
    body: Uint8Array
    delivery: Delivery
  }): Promise<Delivery | null>
  get(senderId: SenderId): Promise<SealedSender | null>
}

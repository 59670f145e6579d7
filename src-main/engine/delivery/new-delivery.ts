import type { Delivery, Trigger } from '#shared/model/delivery.ts'
import type { EndpointId, EventId, ProjectId, ReplayId } from '#shared/model/ids.ts'
import type { Sender } from '#shared/model/sender.ts'
import type { Ids } from '../ports.ts'

export interface DeliveryOrder {
  event: { id: EventId; projectId: ProjectId; type: string; receivedAt: number }
  /** A configured endpoint, or a bare URL. */
  to: { endpointId: EndpointId } | { url: string }
  replay: { id: ReplayId; resign: boolean } | null
  /** As whom it is sent, where that is not the endpoint's to say. */
  sender?: Sender
}

/** A delivery that is due at once and has not been tried. It is never older than its event, whatever a clock was set to. */
export function newDelivery(order: DeliveryOrder, { ids, now }: { ids: Ids; now: number }): Delivery {
  const trigger: Trigger = order.replay ? 'replay' : 'automatic'
  const createdAt = Math.max(now, order.event.receivedAt)
  return {
    id: ids.next('dlv'),
    projectId: order.event.projectId,
    eventId: order.event.id,
    eventType: order.event.type,
    endpointId: 'endpointId' in order.to ? order.to.endpointId : null,
    targetUrl: 'url' in order.to ? order.to.url : null,
    replayId: order.replay?.id ?? null,
    resign: order.replay?.resign ?? true,
    sender: order.sender ?? null,
    state: 'scheduled',
    dueAt: now,
    nextTrigger: trigger,
    tries: 0,
    attempts: 0,
    lastStatus: null,
    lastFailure: null,
    pinnedVersionId: null,
    createdAt,
    updatedAt: createdAt,
  }
}

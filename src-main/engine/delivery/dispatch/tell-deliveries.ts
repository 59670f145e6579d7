import type { Delivery } from '#shared/model/delivery.ts'
import { NO_FINDINGS } from '#shared/model/findings.ts'
import type { Change } from '../../engine.ts'
import type { Feed } from '../../feed.ts'
import type { DeliveryChange, Dispatcher } from '../dispatcher.ts'

/** Tells whoever watches what became of a delivery. */
export function publishDelivery(changes: Feed<Change>, { delivery, movedOthers, notification }: DeliveryChange): void {
  changes.publish({ type: 'delivery.changed', projectId: delivery.projectId, delivery })
  if (notification) {
    const { projectId } = delivery
    changes.publish({ type: 'event.captured', projectId, findings: NO_FINDINGS, ...notification })
  }
  if (movedOthers > 0) changes.publish({ type: 'deliveries.changed', projectId: delivery.projectId })
  if (delivery.replayId) {
    changes.publish({ type: 'replay.changed', projectId: delivery.projectId, replayId: delivery.replayId })
  }
}

/** Tells the dispatcher of deliveries that were added or released. */
export function wake(dispatcher: Dispatcher, deliveries: readonly Delivery[]): void {
  for (const { id, endpointId, state, dueAt } of deliveries) {
    if (state === 'held' && endpointId !== null) dispatcher.endpointChanged(endpointId)
    if (state === 'scheduled' && dueAt !== null) dispatcher.wake(endpointId ?? id, dueAt)
  }
}

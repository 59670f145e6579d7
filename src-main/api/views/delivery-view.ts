import { toInstant } from '#shared/contract/base.ts'
import type { DeliveryView } from '#shared/contract/deliveries.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { Engine } from '../../engine/engine.ts'

export function toDeliveryView(engine: Engine, delivery: Delivery): DeliveryView {
  const { resign: _resign, pinnedVersionId: _pinned, ...shown } = delivery
  return {
    ...shown,
    endpointName: endpointName(engine, delivery),
    url: engine.deliveries.url(delivery),
    dueAt: toInstant(delivery.dueAt),
    createdAt: toInstant(delivery.createdAt),
    updatedAt: toInstant(delivery.updatedAt),
  }
}

/** Null where it goes to a bare URL, or its endpoint is gone. */
function endpointName(engine: Engine, { endpointId, projectId }: Delivery): string | null {
  if (endpointId === null) return null
  return engine.endpoints.find(projectId, endpointId)?.version.config.name ?? null
}

import type { Database } from 'better-sqlite3'
import type { Delivery } from '#shared/model/delivery.ts'
import type { DeliveryStore } from '#main/engine/ports.ts'
import { prepareGetDelivery } from './delivery-row.ts'
import { prepareSettle } from './settle.ts'

type Step<K extends 'bringForward' | 'cancel' | 'shiftDue'> = Parameters<DeliveryStore[K]>[0]

const BRING_FORWARD = `
  UPDATE deliveries SET state = @state, due_at = @dueAt, next_trigger = @trigger, updated_at = @now
  WHERE id = @deliveryId`

const CANCEL = `
  UPDATE deliveries SET state = 'canceled', due_at = NULL, updated_at = @now
  WHERE id = @deliveryId AND state IN ('scheduled', 'held')`

const SHIFT_DUE = `
  UPDATE deliveries SET due_at = due_at + @byMs WHERE state = 'scheduled' AND updated_at <= @until`

/** Changes of deliveries that no attempt makes. Run them inside a write. */
export function prepareChangeDelivery(db: Database) {
  const bringForward = db.prepare(BRING_FORWARD)
  const cancel = db.prepare<{ deliveryId: string; now: number }>(CANCEL)
  const shiftDue = db.prepare<{ byMs: number; until: number }>(SHIFT_DUE)
  const settle = prepareSettle(db)
  const get = prepareGetDelivery(db)
  const due = (endpointId: string | null, now: number) => settle(endpointId, { state: 'scheduled', dueAt: now })

  return {
    bringForward({ deliveryId, from, trigger, now }: Step<'bringForward'>): Delivery | null {
      const delivery = get(deliveryId)
      if (!delivery || !from.includes(delivery.state)) return null
      const next = due(delivery.endpointId, now)
      if (next.state === 'canceled') return null
      bringForward.run({ deliveryId, trigger, now, ...next })
      return get(deliveryId)
    },

    shiftDue: (step: Step<'shiftDue'>): void => void shiftDue.run(step),

    cancel: (step: Step<'cancel'>): Delivery | null => (cancel.run(step).changes === 1 ? get(step.deliveryId) : null),
  }
}

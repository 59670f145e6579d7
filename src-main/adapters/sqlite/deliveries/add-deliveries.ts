import type { Database } from 'better-sqlite3'
import type { Delivery } from '#shared/model/delivery.ts'
import type { DeliveryRow } from './delivery-row.ts'
import { prepareSettle } from './settle.ts'

const ADD = `
  INSERT INTO deliveries (id, project_key, event_key, endpoint_key, target_url, replay_key, resign, state, due_at,
    next_trigger, tries, attempts, last_status, last_failure, pinned_version_key, created_at, updated_at)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), (SELECT key FROM events WHERE id = @eventId),
    (SELECT key FROM endpoints WHERE id = @endpointId), @targetUrl, (SELECT key FROM replays WHERE id = @replayId),
    @resign, @state, @dueAt, @nextTrigger, @tries, @attempts, @lastStatus, @lastFailure,
    (SELECT key FROM endpoint_versions WHERE id = @pinnedVersionId), @createdAt, @updatedAt)`

/** Stores new deliveries, leaving out those of deleted endpoints; answers them as stored. Run it inside a write. */
export function prepareAddDeliveries(db: Database): (deliveries: readonly Delivery[]) => Delivery[] {
  const add = db.prepare<DeliveryRow>(ADD)
  const settle = prepareSettle(db)
  return (deliveries) =>
    deliveries.flatMap((wanted) => {
      const delivery = { ...wanted, ...settle(wanted.endpointId, wanted) }
      if (delivery.state === 'canceled') return []
      add.run({ ...delivery, resign: Number(delivery.resign) })
      return [delivery]
    })
}

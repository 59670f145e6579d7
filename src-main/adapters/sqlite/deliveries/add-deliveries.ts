import type { Database } from 'better-sqlite3'
import { purposeOf, type Delivery } from '#shared/model/delivery.ts'
import { prepareSettle } from './settle.ts'

const ADD = `
  INSERT INTO deliveries (id, project_key, event_key, endpoint_key, target_url, replay_key, resign, state, due_at,
    next_trigger, tries, attempts, last_status, last_failure, pinned_version_key, sender_key, purpose,
    created_at, updated_at)
  VALUES (?, (SELECT key FROM projects WHERE id = ?), (SELECT key FROM events WHERE id = ?),
    (SELECT key FROM endpoints WHERE id = ?), ?, (SELECT key FROM replays WHERE id = ?),
    ?, ?, ?, ?, ?, ?, ?, ?, (SELECT key FROM endpoint_versions WHERE id = ?), (SELECT key FROM senders WHERE id = ?),
    ?, ?, ?)`

/** Stores one as it is. Run it inside a write. */
export function prepareInsertDelivery(db: Database): (delivery: Delivery) => void {
  const add = db.prepare<unknown[]>(ADD)
  return (delivery) => {
    add.run(
      delivery.id,
      delivery.projectId,
      delivery.eventId,
      delivery.endpointId,
      delivery.targetUrl,
      delivery.replayId,
      Number(delivery.resign),
      delivery.state,
      delivery.dueAt,
      delivery.nextTrigger,
      delivery.tries,
      delivery.attempts,
      delivery.lastStatus,
      delivery.lastFailure,
      delivery.pinnedVersionId,
      delivery.sender?.id ?? null,
      purposeOf(delivery),
      delivery.createdAt,
      delivery.updatedAt,
    )
  }
}

/** Stores new deliveries, leaving out those of deleted endpoints; answers them as stored. Run it inside a write. */
export function prepareAddDeliveries(db: Database): (deliveries: readonly Delivery[]) => Delivery[] {
  const insert = prepareInsertDelivery(db)
  const settle = prepareSettle(db)
  return (deliveries) =>
    deliveries.flatMap((wanted) => {
      const { state, dueAt } = settle(wanted.endpointId, wanted)
      const delivery = state === wanted.state && dueAt === wanted.dueAt ? wanted : { ...wanted, state, dueAt }
      if (delivery.state === 'canceled') return []
      insert(delivery)
      return [delivery]
    })
}

import type { Database } from 'better-sqlite3'
import { purposeOf, type Delivery, type DeliveryPurpose } from '#shared/model/delivery.ts'
import { prepareSettle } from './settle.ts'

const ADD = `
  INSERT INTO deliveries (id, project_key, event_key, endpoint_key, target_url, replay_key, resign, state, due_at,
    next_trigger, tries, attempts, last_status, last_failure, pinned_version_key, sender_key, purpose,
    created_at, updated_at)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), (SELECT key FROM events WHERE id = @eventId),
    (SELECT key FROM endpoints WHERE id = @endpointId), @targetUrl, (SELECT key FROM replays WHERE id = @replayId),
    @resign, @state, @dueAt, @nextTrigger, @tries, @attempts, @lastStatus, @lastFailure,
    (SELECT key FROM endpoint_versions WHERE id = @pinnedVersionId), (SELECT key FROM senders WHERE id = @senderId),
    @purpose, @createdAt, @updatedAt)`

type AddedRow = Omit<Delivery, 'resign' | 'sender'> & {
  resign: number
  senderId: string | null
  purpose: DeliveryPurpose
}

/** Stores one as it is. Run it inside a write. */
export function prepareInsertDelivery(db: Database): (delivery: Delivery) => void {
  const add = db.prepare<AddedRow>(ADD)
  return ({ sender, ...row }) => {
    const resign = Number(row.resign)
    add.run({ ...row, resign, senderId: sender?.id ?? null, purpose: purposeOf(row) })
  }
}

/** Stores new deliveries, leaving out those of deleted endpoints; answers them as stored. Run it inside a write. */
export function prepareAddDeliveries(db: Database): (deliveries: readonly Delivery[]) => Delivery[] {
  const insert = prepareInsertDelivery(db)
  const settle = prepareSettle(db)
  return (deliveries) =>
    deliveries.flatMap((wanted) => {
      const delivery = { ...wanted, ...settle(wanted.endpointId, wanted) }
      if (delivery.state === 'canceled') return []
      insert(delivery)
      return [delivery]
    })
}

import type { Database } from 'better-sqlite3'
import type { Delivery } from '#shared/model/delivery.ts'
import { Sender } from '#shared/model/sender.ts'

/** `sender` is JSON. */
export type DeliveryRow = Omit<Delivery, 'resign' | 'sender'> & { resign: number; sender: string | null }

/** `d` is the delivery. */
export const DELIVERY_COLUMNS = `
  d.id, (SELECT id FROM projects WHERE key = d.project_key) AS projectId,
  (SELECT id FROM events WHERE key = d.event_key) AS eventId,
  (SELECT type FROM events WHERE key = d.event_key) AS eventType,
  (SELECT id FROM endpoints WHERE key = d.endpoint_key) AS endpointId, d.target_url AS targetUrl,
  (SELECT id FROM replays WHERE key = d.replay_key) AS replayId, d.resign,
  (SELECT json_object('id', id, 'provider', provider, 'policy', policy) FROM senders WHERE key = d.sender_key) AS sender,
  d.state, d.due_at AS dueAt,
  d.next_trigger AS nextTrigger, d.tries, d.attempts, d.last_status AS lastStatus, d.last_failure AS lastFailure,
  (SELECT id FROM endpoint_versions WHERE key = d.pinned_version_key) AS pinnedVersionId,
  d.created_at AS createdAt, d.updated_at AS updatedAt`

const GET = `SELECT ${DELIVERY_COLUMNS} FROM deliveries d WHERE d.id = ?`

export function toDelivery(row: DeliveryRow): Delivery {
  const sender = row.sender === null ? null : Sender.parse(JSON.parse(row.sender))
  return { ...row, resign: row.resign === 1, sender }
}

export function prepareGetDelivery(db: Database): (deliveryId: string) => Delivery | null {
  const get = db.prepare<[string], DeliveryRow>(GET)
  return (deliveryId) => {
    const row = get.get(deliveryId)
    return row ? toDelivery(row) : null
  }
}

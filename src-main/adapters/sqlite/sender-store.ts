import type { SealedSender, SenderStore } from '#main/engine/ports.ts'
import { toBytes } from './bytes.ts'
import type { Connection } from './connection.ts'
import { prepareAppendEvent } from './events/append-event.ts'

const ADD = `
  INSERT INTO senders (id, project_key, provider, policy, sealed, created_at)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), @provider, @policy, @sealed, @createdAt)`

const GET = `
  SELECT s.id, p.id AS projectId, s.provider, s.policy, s.sealed, s.created_at AS createdAt
  FROM senders s JOIN projects p ON p.key = s.project_key
  WHERE s.id = ?`

const IS_THERE = `SELECT 1 FROM endpoints WHERE id = ? AND deleted_at IS NULL`

export function createSenderStore({ db, read, write }: Connection): SenderStore {
  const add = db.prepare<SealedSender>(ADD)
  const get = db.prepare<[string], SealedSender>(GET)
  const isThere = db.prepare<[string]>(IS_THERE)
  const append = prepareAppendEvent(db)

  return {
    trigger: ({ sender, event, body, delivery }) =>
      write(() => {
        if (delivery.endpointId !== null && !isThere.get(delivery.endpointId)) return null
        add.run(sender)
        const appended = append({ event, body, deliveries: [delivery], idempotency: null })
        return appended.kind === 'appended' ? (appended.deliveries[0] ?? null) : null
      }),

    get: (senderId) =>
      read(() => {
        const row = get.get(senderId)
        return row ? { ...row, sealed: row.sealed && toBytes(row.sealed) } : null
      }),
  }
}

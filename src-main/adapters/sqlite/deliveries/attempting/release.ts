import type { Database } from 'better-sqlite3'
import type { DeliveryStore } from '#main/engine/ports.ts'
import { prepareSettle } from '../settle.ts'
import type { Attempting } from './attempting.ts'
import { prepareHeldRow } from './held-rows.ts'

type Step = Parameters<DeliveryStore['release']>[0]

const RELEASE = `
  UPDATE deliveries
  SET state = ?, due_at = ?, attempts = attempts - 1, updated_at = ?,
    next_trigger = CASE next_trigger WHEN 'probe' THEN 'automatic' ELSE next_trigger END,
    owner = NULL, attempt_id = NULL, claimed_at = NULL
  WHERE key = ?`

/** Gives a claim back. Run it inside a write. */
export function prepareRelease(db: Database, { moves }: Attempting): (step: Step) => void {
  const find = prepareHeldRow<[string]>(db, `d.id = ? AND d.state = 'delivering'`)
  const release = db.prepare<[string, number | null, number, number]>(RELEASE)
  const settle = prepareSettle(db)
  return ({ deliveryId, now }) => {
    const row = find(deliveryId)
    if (!row) return
    const { state, dueAt } = settle(row.delivery.endpointId, { state: 'scheduled', dueAt: now })
    release.run(state, dueAt, now, row.key)
    moves.moved(row.projectKey, 'delivering', state)
  }
}

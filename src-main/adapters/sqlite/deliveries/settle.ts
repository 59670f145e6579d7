import type { Database } from 'better-sqlite3'
import type { DeliveryState } from '#shared/model/delivery.ts'

interface Wanted {
  state: DeliveryState
  dueAt: number | null
}

export interface Settle {
  /** What becomes of a delivery that wants this state: `scheduled` is `held` where paused, `canceled` where deleted. */
  (endpointId: string | null, wanted: Wanted): Wanted
}

const ENDPOINT = `SELECT state, deleted_at AS deletedAt FROM endpoints WHERE id = ?`

export function prepareSettle(db: Database): Settle {
  const find = db.prepare<[string], { state: string; deletedAt: number | null }>(ENDPOINT)
  return (endpointId, { state, dueAt }) => {
    if (state !== 'scheduled') return { state, dueAt: null }
    if (endpointId === null) return { state, dueAt }
    const endpoint = find.get(endpointId)
    if (!endpoint || endpoint.deletedAt !== null) return { state: 'canceled', dueAt: null }
    return endpoint.state === 'paused' ? { state: 'held', dueAt: null } : { state, dueAt }
  }
}

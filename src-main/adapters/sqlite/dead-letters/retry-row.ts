import { BulkRetry } from '#shared/model/bulk-retry.ts'
import type { Place } from '../cursor.ts'

/** A retry as it is stored: its parts as JSON, and how far it is. */
export interface RetryRow {
  id: string
  projectId: string
  actor: string
  selection: string
  ratePerSecond: number | null
  state: string
  total: number
  retried: number
  refused: string
  cursor: number
  createdAt: number
  finishedAt: number | null
}

export const RETRY_COLUMNS = `
  r.id, (SELECT id FROM projects WHERE key = r.project_key) AS projectId, r.actor, r.selection,
  r.rate_per_second AS ratePerSecond, r.state, r.total, r.retried, r.refused, r.cursor, r.created_at AS createdAt,
  r.finished_at AS finishedAt`

export function toRetry({ cursor: _cursor, ...row }: RetryRow & Partial<Place>): BulkRetry {
  return BulkRetry.parse({ ...row, selection: JSON.parse(row.selection), refused: JSON.parse(row.refused) })
}

export function toRetryRow(retry: BulkRetry): RetryRow {
  return { ...retry, selection: JSON.stringify(retry.selection), refused: JSON.stringify(retry.refused), cursor: 0 }
}

import type { Database } from 'better-sqlite3'
import type { RetentionStore } from '#main/engine/ports.ts'

type Step = Parameters<RetentionStore['forgetHistory']>[0]

const OF_PROJECT = `project_key = (SELECT key FROM projects WHERE id = @projectId)`

const RUNS = `
  SELECT key FROM workflow_runs WHERE ${OF_PROJECT} AND finished_at < @endedBefore ORDER BY finished_at LIMIT @limit`

const RETRIES = `
  SELECT key FROM bulk_retries
  WHERE ${OF_PROJECT} AND created_at < @endedBefore AND finished_at < @endedBefore ORDER BY created_at LIMIT @limit`

const ALERTS = `
  SELECT key FROM alerts
  WHERE ${OF_PROJECT} AND raised_at < @endedBefore AND is_open = 0 AND content ->> '$.resolvedAt' < @endedBefore
  ORDER BY raised_at LIMIT @limit`

/** Forgets what ended long ago and hangs on no event. Run it inside a write. */
export function prepareForgetHistory(db: Database): (step: Step) => number {
  const kinds = [
    ['workflow_runs', RUNS],
    ['bulk_retries', RETRIES],
    ['alerts', ALERTS],
  ].map(([table, found]) => db.prepare<Step>(`DELETE FROM ${table} WHERE key IN (${found})`))
  return (step) => kinds.reduce((done, kind) => done + kind.run({ ...step, limit: step.limit - done }).changes, 0)
}

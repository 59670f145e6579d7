import type { Database } from 'better-sqlite3'

const END_STEPS = `
  UPDATE workflow_steps SET
    outcome = CASE outcome WHEN 'waiting' THEN 'skipped' ELSE 'canceled' END,
    finished_at = CASE outcome WHEN 'waiting' THEN NULL ELSE @now END
  WHERE outcome IN ('waiting', 'sending') AND run_key IN (SELECT key FROM workflow_runs WHERE finished_at IS NULL)`

const END_RUNS = `
  UPDATE workflow_runs SET stop = 'canceled', failed = total - completed, finished_at = @now,
    status = CASE completed WHEN 0 THEN 'failed' ELSE 'partial_failure' END
  WHERE finished_at IS NULL`

/** Starts that came due meanwhile are not made up for. */
const SEE_TO_ALL = `UPDATE workflows SET seen_to_at = max(seen_to_at, @now)`

/** Ends every open run as canceled, and lets no schedule look back. Its deliveries stay as they are. Run it inside a write. */
export function endOpenRuns(db: Database, now: number): void {
  for (const sql of [END_STEPS, END_RUNS, SEE_TO_ALL]) db.prepare<{ now: number }>(sql).run({ now })
}

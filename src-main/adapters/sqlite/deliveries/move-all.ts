import type { Database } from 'better-sqlite3'

interface Step {
  endpointId: string
  now: number
}

const OF_ENDPOINT = `endpoint_key = (SELECT key FROM endpoints WHERE id = @endpointId)`

const HOLD = `
  UPDATE deliveries SET state = 'held', due_at = NULL, updated_at = @now
  WHERE ${OF_ENDPOINT} AND state = 'scheduled'`

const RELEASE = `
  UPDATE deliveries SET state = 'scheduled', due_at = @now, updated_at = @now
  WHERE ${OF_ENDPOINT} AND state = 'held'`

const DISCARD = `
  UPDATE deliveries SET state = 'canceled', updated_at = @now
  WHERE ${OF_ENDPOINT} AND state = 'held'`

const CANCEL = `
  UPDATE deliveries SET state = 'canceled', due_at = NULL, updated_at = @now
  WHERE ${OF_ENDPOINT} AND state IN ('scheduled', 'held')`

/** Moves of all waiting deliveries of one endpoint; each answers how many. Run them inside a write. */
export function prepareMoveAll(
  db: Database,
): Record<'hold' | 'release' | 'discard' | 'cancel', (step: Step) => number> {
  const prepareMove = (sql: string) => {
    const move = db.prepare<Step>(sql)
    return (step: Step) => move.run(step).changes
  }
  return {
    hold: prepareMove(HOLD),
    release: prepareMove(RELEASE),
    discard: prepareMove(DISCARD),
    cancel: prepareMove(CANCEL),
  }
}

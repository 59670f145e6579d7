import type { Database } from 'better-sqlite3'
import { RESTORED_SETTING, type Restored } from '#shared/model/restored.ts'
import { prepareRecover } from '../deliveries/attempting/recover.ts'
import { endOpenRuns } from '../workflows/end-open-runs.ts'
import { createMoveCounts } from '../writing/move-counts.ts'

/** Those that send, and those that would begin to by themselves: after a probe, or once their secrets open. */
const SENDING = `deleted_at IS NULL AND (state = 'active' OR paused_reason IN ('breaker', 'locked'))`
const ACTIVE = `SELECT id FROM endpoints WHERE ${SENDING} ORDER BY key`
const PAUSE = `
  UPDATE endpoints SET state = 'paused', paused_reason = 'manual', paused_at = @now
  WHERE ${SENDING}`
const UNDER_WAY = `SELECT count(*) FROM deliveries WHERE state IN ('scheduled', 'delivering')`
const HOLD = `UPDATE deliveries SET state = 'held', due_at = NULL, updated_at = @now WHERE state = 'scheduled'`
const PAUSE_RETRIES = `UPDATE bulk_retries SET state = 'paused' WHERE state = 'running'`
const PAUSE_REPLAYS = `UPDATE replays SET state = 'paused' WHERE state = 'running'`
/** Its machine may go on beside this one, under the same name. */
const SWITCH_OFF = `UPDATE links SET enabled = 0`
const NOTE = `
  INSERT INTO settings (scope, key, value) VALUES ('account', @key, @value)
  ON CONFLICT (scope, key) DO UPDATE SET value = excluded.value`

/** No run bears this name, so that whatever a run had claimed counts as left behind. */
const NO_RUN = 'restore'

/**
 * Pauses every endpoint and holds every delivery that is not final: since the backup was made each of them may have been
 * delivered; runs of workflows end, bulk retries and replays pause and links are off, for the same reason. Notes what a person has to decide. All of it lasts, or none.
 */
export function holdEverything(db: Database, { now, backupAt }: { now: number; backupAt: number | null }): Restored {
  return db
    .transaction(() => {
      const endpointIds = db.prepare<[], Restored['endpointIds'][number]>(ACTIVE).pluck().all()
      const held = db.prepare<[], number>(UNDER_WAY).pluck().get() ?? 0
      db.prepare(PAUSE).run({ now })
      const moves = createMoveCounts(db)
      prepareRecover(db, { moves })({ owner: NO_RUN, now })
      moves.keep()
      db.prepare(HOLD).run({ now })
      db.prepare(PAUSE_RETRIES).run()
      db.prepare(PAUSE_REPLAYS).run()
      db.prepare(SWITCH_OFF).run()
      endOpenRuns(db, now)
      const restored: Restored = { at: now, backupAt, endpointIds, held }
      db.prepare(NOTE).run({ key: RESTORED_SETTING, value: JSON.stringify(restored) })
      return restored
    })
    .immediate()
}

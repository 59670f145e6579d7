import type { Database } from 'better-sqlite3'
import type { AppendEvent } from '#main/engine/ports.ts'

const TAKE_STEP = `
  INSERT INTO script_steps (source_key, message, given)
  VALUES ((SELECT key FROM sources WHERE id = @sourceId), @message, 1)
  ON CONFLICT DO UPDATE SET given = given + 1
  RETURNING given - 1`

/** Counts one answer of a source's script; answers how many its walk had given before. Run it inside a write. */
export function prepareScriptSteps(db: Database): (entry: Pick<AppendEvent, 'event' | 'scriptStep'>) => number {
  const take = db.prepare<{ sourceId: string; message: string }, number>(TAKE_STEP).pluck()
  return ({ event: { sourceId }, scriptStep }) =>
    scriptStep && sourceId !== null ? take.get({ sourceId, message: scriptStep.message ?? '' })! : 0
}

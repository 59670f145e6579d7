import type { FigureStore } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'
import { prepareCountAttempts } from './count-attempts.ts'
import { SPAN_MS } from './figure-spans.ts'

const HAS_UNCOUNTED = `
  SELECT EXISTS (SELECT 1 FROM attempts WHERE key > (SELECT attempt_key FROM figures_counted))`

const NUMBER_OF = (kinds: string) =>
  `coalesce((SELECT sum(c.count) FROM project_counts c WHERE c.project_key = p.key AND c.kind IN (${kinds})), 0)`
const SAMPLE = `
  INSERT INTO project_figures (project_key, span_ms, at, waiting_most, waiting_last, held_most, held_last)
  SELECT key, @spanMs, @now - @now % @spanMs, waiting, waiting, held, held
  FROM (
    SELECT p.key, ${NUMBER_OF("'scheduled', 'delivering'")} AS waiting, ${NUMBER_OF("'held'")} AS held
    FROM projects p WHERE p.id = @projectId)
  WHERE true
  ON CONFLICT DO UPDATE SET waiting_last = excluded.waiting_last, held_last = excluded.held_last,
    waiting_most = max(coalesce(waiting_most, 0), excluded.waiting_most),
    held_most = max(coalesce(held_most, 0), excluded.held_most)`

export function createFigureStore({ db, read, write, readApart, moves }: Connection): FigureStore {
  const hasUncounted = db.prepare<[], number>(HAS_UNCOUNTED).pluck()
  const count = prepareCountAttempts(db)
  const sample = db.prepare<{ projectId: string; now: number; spanMs: number }>(SAMPLE)
  const forget = ['project_figures', 'endpoint_figures'].map((table) =>
    db.prepare<{ spanMs: number; before: number }>(`
      DELETE FROM ${table} WHERE project_key IN (SELECT key FROM projects) AND span_ms = @spanMs AND at < @before`),
  )

  return {
    // What would change nothing does not wait for the disk.
    count: async (step) => ((await read(() => hasUncounted.get())) === 1 ? write(() => count(step)) : 0),
    sample: ({ projectIds, now }) =>
      write(() => {
        moves.keep()
        for (const projectId of projectIds)
          for (const spanMs of Object.values(SPAN_MS)) sample.run({ projectId, now, spanMs })
      }),
    forget: ({ minutesBefore, hoursBefore }) =>
      write(() => {
        for (const each of forget) {
          each.run({ spanMs: SPAN_MS.minute, before: minutesBefore })
          each.run({ spanMs: SPAN_MS.hour, before: hoursBefore })
        }
      }),
    rows: (window) => readApart('figureRows', window),
    endpoints: (window) => readApart('endpointFigures', window),
  }
}

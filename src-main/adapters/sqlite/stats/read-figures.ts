import type { Database } from 'better-sqlite3'
import { AnswerTimes } from '#shared/model/answer-times.ts'
import type { Backlog, EndpointFigures, FigureRow, FigureWindow, OutcomeFigures } from '#main/engine/ports.ts'
import { SPAN_MS } from './figure-spans.ts'

type Query = Omit<FigureWindow, 'span'> & { spanMs: number }
type Row = OutcomeFigures & {
  at: number
  answerTimes: string
  waitingMost: number | null
  waitingLast: number | null
  heldMost: number | null
  heldLast: number | null
}

const OF_SPAN = `project_key = (SELECT key FROM projects WHERE id = @projectId) AND span_ms = @spanMs`

const ROWS = `
  SELECT at, succeeded, failed, retried, simulated, answer_times AS answerTimes, waiting_most AS waitingMost,
    waiting_last AS waitingLast, held_most AS heldMost, held_last AS heldLast
  FROM project_figures
  WHERE ${OF_SPAN} AND at >= @since AND at < @until
  ORDER BY at`

const BEFORE = `
  SELECT waiting_last AS waiting, held_last AS held FROM project_figures
  WHERE ${OF_SPAN} AND at < @since AND waiting_last IS NOT NULL
  ORDER BY at DESC
  LIMIT 1`

const ENDPOINTS = `
  SELECT n.id AS endpointId, t.succeeded, t.failed
  FROM (
    SELECT endpoint_key, sum(succeeded) AS succeeded, sum(failed) AS failed
    FROM endpoint_figures
    WHERE ${OF_SPAN} AND at >= @since AND at < @until
    GROUP BY endpoint_key) t
    LEFT JOIN endpoints n ON n.key = t.endpoint_key`

export function prepareFigureRows(db: Database) {
  const rows = db.prepare<Query, Row>(ROWS)
  const before = db.prepare<Query, Backlog>(BEFORE)
  return ({ span, ...window }: FigureWindow): { rows: FigureRow[]; before: Backlog | null } => {
    const query = { ...window, spanMs: SPAN_MS[span] }
    // Minutes are forgotten sooner than what was seen last in them.
    const last = before.get(query) ?? before.get({ ...query, spanMs: SPAN_MS.hour })
    return { rows: rows.all(query).map(toRow), before: last ?? null }
  }
}

export function prepareEndpointFigures(db: Database): (window: FigureWindow) => EndpointFigures[] {
  const endpoints = db.prepare<Query, EndpointFigures>(ENDPOINTS)
  return ({ span, ...window }) => endpoints.all({ ...window, spanMs: SPAN_MS[span] })
}

function toRow({ answerTimes, waitingMost, waitingLast, heldMost, heldLast, ...row }: Row): FigureRow {
  const isSeen = waitingMost !== null && waitingLast !== null && heldMost !== null && heldLast !== null
  return {
    ...row,
    answerTimes: AnswerTimes.parse(JSON.parse(answerTimes)),
    backlog: isSeen
      ? { most: { waiting: waitingMost, held: heldMost }, last: { waiting: waitingLast, held: heldLast } }
      : null,
  }
}

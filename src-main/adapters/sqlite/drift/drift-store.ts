import type { EventId } from '#shared/model/ids.ts'
import type { DriftStore, JudgedEvent } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'

const JUDGED = `
  e.key, e.id, (SELECT id FROM projects WHERE key = e.project_key) AS projectId, e.type, e.provider,
  e.content_type AS contentType, e.capture, e.body_size_bytes AS bodySizeBytes`
const NEXT = `SELECT ${JUDGED} FROM events e NOT INDEXED WHERE e.key > @after ORDER BY e.key LIMIT @limit`
const LAST = `SELECT coalesce(max(key), 0) FROM events`
const POSITION = `SELECT event_key FROM drift_progress`
const SAVE = `
  INSERT INTO drift_progress (only_row, event_key) VALUES (1, ?)
  ON CONFLICT (only_row) DO UPDATE SET event_key = excluded.event_key`
/** An event that was deleted meanwhile gets no mark. */
const MARK = `
  INSERT INTO event_drifts (event_key, breaks) SELECT key, @breaks FROM events WHERE id = @eventId
  ON CONFLICT (event_key) DO UPDATE SET breaks = excluded.breaks`
const UNMARK = `DELETE FROM event_drifts WHERE event_key = (SELECT key FROM events WHERE id = ?)`
const MARK_OF = `SELECT breaks FROM event_drifts WHERE event_key = (SELECT key FROM events WHERE id = ?)`
const OF_PROJECT = `e.project_key = (SELECT key FROM projects WHERE id = @projectId) AND e.type = @type`
const NEWEST = `SELECT ${JUDGED} FROM events e WHERE ${OF_PROJECT} ORDER BY e.received_at DESC, e.key DESC LIMIT @limit`
const MARKED = `
  SELECT ${JUDGED} FROM event_drifts d CROSS JOIN events e ON e.key = d.event_key
  WHERE ${OF_PROJECT} ORDER BY e.key DESC LIMIT @limit`

type Row = JudgedEvent & { key: number }

export function createDriftStore({ db, read, write }: Connection): DriftStore {
  const next = db.prepare<{ after: number; limit: number }, Row>(NEXT)
  const last = db.prepare<[], number>(LAST).pluck()
  const position = db.prepare<[], number>(POSITION).pluck()
  const save = db.prepare<[number]>(SAVE)
  const mark = db.prepare<{ eventId: EventId; breaks: number }>(MARK)
  const unmark = db.prepare<[string]>(UNMARK)
  const markOf = db.prepare<[string], number>(MARK_OF).pluck()
  const newest = db.prepare<{ projectId: string; type: string; limit: number }, Row>(NEWEST)
  const marked = db.prepare<{ projectId: string; type: string; limit: number }, Row>(MARKED)

  return {
    next: ({ after, limit }) =>
      read(() => {
        if (after === null) return { events: [], position: String(last.get()!) }
        const rows = next.all({ after: Number(after), limit })
        return { events: rows.map(toJudged), position: String(rows.at(-1)?.key ?? after) }
      }),

    position: () =>
      read(() => {
        const key = position.get()
        return key === undefined ? null : String(key)
      }),

    keep: ({ judgements, position: reached }) =>
      write(() => {
        for (const { eventId, breaks } of judgements) {
          if (breaks > 0) mark.run({ eventId, breaks })
          else unmark.run(eventId)
        }
        if (reached !== null) save.run(Number(reached))
      }),

    marksOf: (eventIds) =>
      read(() => {
        const marks = eventIds.map((id) => [id, markOf.get(id)] as const)
        return new Map(marks.filter((entry): entry is [EventId, number] => entry[1] !== undefined))
      }),

    ofType: (query) =>
      read(() => {
        const rows = [...marked.all(query), ...newest.all(query)]
        return [...new Map(rows.map((row) => [row.key, toJudged(row)])).values()]
      }),
  }
}

function toJudged({ key: _key, ...event }: Row): JudgedEvent {
  return event
}

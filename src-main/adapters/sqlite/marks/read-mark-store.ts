import type { EventId, ProjectId } from '#shared/model/ids.ts'
import type { ReadMarkStore } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'

const PROJECT = `(SELECT key FROM projects WHERE id = @projectId)`

const STANDING = `
  SELECT e.key, ${isReadOf('e')} AS isRead FROM events e WHERE e.id = @eventId AND e.project_key = ${PROJECT}`

const SET = `
  INSERT INTO event_reads (event_key, project_key, is_read) VALUES (@key, ${PROJECT}, @isRead)
  ON CONFLICT (event_key) DO UPDATE SET is_read = excluded.is_read`

const MARK_ALL = `
  INSERT INTO read_marks (project_key, event_key)
  SELECT ${PROJECT}, coalesce(max(key), 0) FROM events WHERE project_key = ${PROJECT}
  ON CONFLICT (project_key) DO UPDATE SET event_key = excluded.event_key`

const FORGET = `DELETE FROM event_reads WHERE project_key = ${PROJECT}`

/** Of the latest alone, so that it costs little however many there are. */
const COUNT = `
  SELECT count(*) FROM (
    SELECT 1 FROM (
      SELECT key, project_key FROM events WHERE project_key = ${PROJECT} ORDER BY received_at DESC LIMIT @among
    ) e
    WHERE ${isReadOf('e')} = 0 LIMIT @most)`

/** Whether an event was read: as it says itself, or else by the mark of its project. */
export function isReadOf(event: string): string {
  return `coalesce(
    (SELECT is_read FROM event_reads WHERE event_key = ${event}.key),
    ${event}.key <= (SELECT event_key FROM read_marks WHERE project_key = ${event}.project_key), 0)`
}

export function createReadMarkStore({ db, read, write }: Connection): ReadMarkStore {
  const standing = db.prepare<{ eventId: EventId; projectId: ProjectId }, { key: number; isRead: number }>(STANDING)
  const set = db.prepare<{ key: number; projectId: ProjectId; isRead: number }>(SET)
  const markAll = db.prepare<{ projectId: ProjectId }>(MARK_ALL)
  const forget = db.prepare<{ projectId: ProjectId }>(FORGET)
  const count = db.prepare<{ projectId: ProjectId; among: number; most: number }, number>(COUNT).pluck()

  return {
    mark: ({ projectId, eventIds, isRead }) =>
      write(() =>
        eventIds.filter((eventId) => {
          const found = standing.get({ eventId, projectId })
          if (!found || found.isRead === Number(isRead)) return false
          set.run({ key: found.key, projectId, isRead: Number(isRead) })
          return true
        }),
      ),

    markAll: (projectId) =>
      write(() => {
        markAll.run({ projectId })
        forget.run({ projectId })
      }),

    countUnread: (query) => read(() => count.get(query)!),
  }
}

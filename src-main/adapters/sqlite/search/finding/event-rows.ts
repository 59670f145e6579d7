import type { Database } from 'better-sqlite3'
import type { EventFilter } from '#shared/model/filter/meaning/event-filter.ts'
import { contentPasses, isContentTest } from '#shared/model/filter/meaning/event-passes.ts'
import { SEARCHED_BODY_BYTES } from '#shared/model/filter/meaning/search-text.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { StoredEvent } from '#main/engine/ports.ts'
import type { Place } from '../../cursor.ts'
import { prepareBodies } from '../../events/bodies.ts'
import { EVENT_COLUMNS, toEvent, type EventRow } from '../../events/event-row.ts'
import {
  FINDINGS_COLUMNS,
  MESSAGE_JOIN,
  splitFindings,
  VERDICT_JOIN,
  type FindingsRow,
} from '../../events/findings-row.ts'
import { allOf, eventSql, type Sql } from './column-sql.ts'
import type { Course } from './course.ts'
import { lacksKeys } from './lacks-keys.ts'

export type FoundEvent = Omit<StoredEvent, 'tally'> & Place

type Row = EventRow & FindingsRow & Place & { bodyKey: number }

export interface EventSearch {
  projectId: ProjectId
  filter: EventFilter
  /** Where it begins, exclusive. */
  before: Place
}

/** Reads events that pass a filter. */
export interface EventRows {
  /** Those on a stretch of a course, in its order; at most `limit` where it is given. */
  along(course: Course, between: Sql, limit?: number): FoundEvent[]
  /** Those of a project among these keys, in no order. */
  among(keys: readonly number[], search: Pick<EventSearch, 'projectId' | 'filter'>): FoundEvent[]
}

export function prepareEventRows(db: Database): EventRows {
  const bodies = prepareBodies(db)

  /** What the columns tell is asked of SQLite; a body is read only where a test is about it. */
  function passing(rows: readonly Row[], filter: EventFilter): FoundEvent[] {
    const content = filter.filter(isContentTest)
    if (content.length === 0) return rows.map(toFound)
    const isWhole = content.some(({ kind }) => kind === 'json')
    return rows.flatMap((row) => {
      const found = toFound(row)
      if (!isWhole) {
        return contentPasses(content, found.event, () => bodies.readStart(row.bodyKey, SEARCHED_BODY_BYTES))
          ? [found]
          : []
      }
      const body = bodies.read(row.bodyKey)
      return !lacksKeys(content, body) && contentPasses(content, found.event, () => body) ? [found] : []
    })
  }

  return {
    along({ from, at, key, rest }, between, limit = -1) {
      const where = allOf([between, columnsSql(rest)])
      const sql = `
        SELECT ${EVENT_COLUMNS}, ${FINDINGS_COLUMNS}, ${at} AS at, ${key} AS key, e.body_key AS bodyKey
        FROM ${from} WHERE ${where.text} ORDER BY ${at} DESC, ${key} DESC LIMIT ?`
      return passing(db.prepare<(string | number)[], Row>(sql).all(...where.values, limit), rest)
    },

    among(keys, { projectId, filter }) {
      const where = columnsSql(filter)
      const sql = `
        SELECT ${EVENT_COLUMNS}, ${FINDINGS_COLUMNS}, e.received_at AS at, e.key, e.body_key AS bodyKey
        FROM json_each(?) k CROSS JOIN events e ON e.key = k.value ${VERDICT_JOIN} ${MESSAGE_JOIN}
        WHERE e.project_key = (SELECT key FROM projects WHERE id = ?) AND ${where.text}`
      return passing(
        db.prepare<(string | number)[], Row>(sql).all(JSON.stringify(keys), projectId, ...where.values),
        filter,
      )
    },
  }
}

function columnsSql(filter: EventFilter): Sql {
  return allOf(filter.flatMap((test) => (isContentTest(test) ? [] : [eventSql(test)])))
}

function toFound({ at, key, bodyKey: _bodyKey, ...row }: Row): FoundEvent {
  const { findings, rest } = splitFindings(row)
  return { event: toEvent(rest), findings, at, key }
}

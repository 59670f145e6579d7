import type { Database } from 'better-sqlite3'
import type { EventFilter } from '#shared/model/filter/meaning/event-filter.ts'
import { contentPasses, isContentTest, type ContentTest } from '#shared/model/filter/meaning/event-passes.ts'
import { SEARCHED_BODY_BYTES } from '#shared/model/filter/meaning/search-text.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { Place } from '../../cursor.ts'
import { prepareBodies } from '../../events/bodies.ts'
import { VERDICT_JOIN } from '../../events/findings-row.ts'
import { preparedByText } from '../../prepared.ts'
import { allOf, eventSql, type Sql } from './column-sql.ts'
import type { Course } from './course.ts'
import { lacksKeys } from './lacks-keys.ts'

export interface EventSearch {
  projectId: ProjectId
  filter: EventFilter
  /** Where it begins, exclusive. */
  before: Place
  /** So many will be asked for. */
  wanted: number
}

/** Tells the places of events that pass a filter; whoever wants the events reads those of its page alone. */
export interface FittingEvents {
  /** Those on a stretch of a course, in its order; at most `limit` where it is given. */
  along(course: Course, between: Sql, limit?: number): Place[]
  /** The place that lies so many rows further on a stretch of a course, whether it passes or not; null where that ends before. */
  after(course: Course, between: Sql, rows: number): Place | null
  /** Those of a project among these keys, in no order. */
  among(keys: readonly number[], search: Pick<EventSearch, 'projectId' | 'filter'>): Place[]
}

/** What tests of content look at, beside the place. */
type ContentRow = Place &
  Pick<EventRecord, 'type' | 'path' | 'query' | 'contentType'> & { headers: string; bodyKey: number }

const CONTENT_COLUMNS = 'e.type, e.path, e.query, e.headers, e.content_type AS contentType, e.body_key AS bodyKey'

export function prepareFittingEvents(db: Database): FittingEvents {
  const bodies = prepareBodies(db)
  const prepared = preparedByText(db)

  /** What the columns tell is asked of SQLite; content is read only where a test is about it. */
  function passing(filter: EventFilter, place: string, statement: Sql): Place[] {
    const content = filter.filter(isContentTest)
    if (content.length === 0) return prepared<Place>(`SELECT ${place} ${statement.text}`).all(...statement.values)
    const rows = prepared<ContentRow>(`SELECT ${place}, ${CONTENT_COLUMNS} ${statement.text}`).all(...statement.values)
    const holds = contentHolds(content)
    return rows.flatMap((row) => (holds(row) ? [{ at: row.at, key: row.key }] : []))
  }

  function contentHolds(content: readonly ContentTest[]): (row: ContentRow) => boolean {
    const isWhole = content.some(({ kind }) => kind === 'json')
    return ({ bodyKey, headers, ...row }) => {
      const event = { ...row, headers: JSON.parse(headers) as EventRecord['headers'] }
      if (!isWhole) return contentPasses(content, event, () => bodies.readStart(bodyKey, SEARCHED_BODY_BYTES))
      const body = bodies.read(bodyKey)
      return !lacksKeys(content, body) && contentPasses(content, event, () => body)
    }
  }

  return {
    along({ from, at, key, rest }, between, limit = -1) {
      const where = allOf([between, columnsSql(rest)])
      return passing(rest, `${at} AS at, ${key} AS key`, {
        text: `FROM ${from} WHERE ${where.text} ORDER BY ${at} DESC, ${key} DESC LIMIT ?`,
        values: [...where.values, limit],
      })
    },

    after({ from, at, key }, { text, values }, rows) {
      const sql = `
        SELECT ${at} AS at, ${key} AS key FROM ${from}
        WHERE ${text} ORDER BY ${at} DESC, ${key} DESC LIMIT 1 OFFSET ?`
      return prepared<Place>(sql).get(...values, rows - 1) ?? null
    },

    among(keys, { projectId, filter }) {
      const where = columnsSql(filter)
      return passing(filter, 'e.received_at AS at, e.key', {
        text: `FROM json_each(?) k CROSS JOIN events e ON e.key = k.value ${VERDICT_JOIN}
          WHERE e.project_key = (SELECT key FROM projects WHERE id = ?) AND ${where.text}`,
        values: [JSON.stringify(keys), projectId, ...where.values],
      })
    },
  }
}

function columnsSql(filter: EventFilter): Sql {
  return allOf(filter.flatMap((test) => (isContentTest(test) ? [] : [eventSql(test)])))
}

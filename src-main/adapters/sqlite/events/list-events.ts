import type { Database } from 'better-sqlite3'
import type { EventQuery, Page } from '#main/engine/ports.ts'
import { placeOf, toPage, type Place } from '../cursor.ts'
import { courseOf, earlier, stretch } from '../search/course.ts'
import { toFound, type FoundEvent } from '../search/scan-events.ts'
import { EVENT_COLUMNS, type EventRow } from './event-row.ts'
import { FINDINGS_COLUMNS, type FindingsRow } from './findings-row.ts'

type Row = EventRow & FindingsRow & Place & { bodyKey: number }

/** One page of the events that an index alone picks out, newest first; null where a filter asks for more than that. */
export function prepareListEvents(db: Database): (query: EventQuery) => Page<FoundEvent> | null {
  return ({ projectId, filter, cursor, limit }) => {
    const course = courseOf(projectId, filter)
    if (course.rest.length > 0) return null
    const between = stretch(course, earlier(placeOf(cursor), course.before), { at: course.since, key: -1 })
    const sql = `
      SELECT ${EVENT_COLUMNS}, ${FINDINGS_COLUMNS}, ${course.at} AS at, ${course.key} AS key, e.body_key AS bodyKey
      FROM ${course.from} WHERE ${between.text}
      ORDER BY ${course.at} DESC, ${course.key} DESC LIMIT ?`
    const rows = db.prepare<(string | number)[], Row>(sql).all(...between.values, limit + 1)
    return toPage(rows.map(toFound), { limit, cursor }, (found) => found)
  }
}

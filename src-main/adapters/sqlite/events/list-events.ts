import type { Database } from 'better-sqlite3'
import type { EventQuery, Page } from '#main/engine/ports.ts'
import { placeOf, toPage } from '../cursor.ts'
import { courseOf, stretch } from '../search/finding/course.ts'
import { prepareEventRows, type FoundEvent } from '../search/finding/event-rows.ts'
import { isAfter } from '../search/finding/step.ts'

/** One page of the events that an index alone picks out, newest first; null where a filter asks for more than that. */
export function prepareListEvents(db: Database): (query: EventQuery) => Page<FoundEvent> | null {
  const rows = prepareEventRows(db)
  return (query) => {
    const course = courseOf(query.projectId, query.filter)
    if (course.rest.length > 0) return null
    const after = placeOf(query.cursor)
    const start = isAfter(after, course.before) ? after : course.before
    const between = stretch(course, start, { at: course.since, key: -1 })
    return toPage(rows.along(course, between, query.limit + 1), query, (found) => found)
  }
}

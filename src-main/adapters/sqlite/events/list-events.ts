import type { Database } from 'better-sqlite3'
import type { EventQuery, Page } from '#main/engine/ports.ts'
import { placeOf, toPage, type Place } from '../cursor.ts'
import { courseOf, stretch } from '../search/finding/course.ts'
import { prepareFittingEvents } from '../search/finding/fitting-events.ts'
import { isAfter } from '../search/finding/step.ts'

/** Where the events of a page lie that an index alone picks out, newest first; null where a filter asks for more than that. */
export function prepareListEvents(db: Database): (query: EventQuery) => Page<Place> | null {
  const fitting = prepareFittingEvents(db)
  return (query) => {
    const course = courseOf(query.projectId, query.filter)
    if (course.rest.length > 0) return null
    const after = placeOf(query.cursor)
    const start = isAfter(after, course.before) ? after : course.before
    const between = stretch(course, start, { at: course.since, key: -1 })
    return toPage(fitting.along(course, between, query.limit + 1), query, (place) => place)
  }
}

import type { Database } from 'better-sqlite3'
import { contentPasses, isContentTest, type ContentTest } from '#shared/model/filter/meaning/event-passes.ts'
import { SEARCHED_BODY_BYTES } from '#shared/model/filter/meaning/search-text.ts'
import type { EventFilter } from '#shared/model/filter/meaning/event-filter.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { Place } from '../cursor.ts'
import { prepareBodies } from '../events/bodies.ts'
import { EVENT_COLUMNS, toEvent, type EventRow } from '../events/event-row.ts'
import { FINDINGS_COLUMNS, splitFindings, type FindingsRow } from '../events/findings-row.ts'
import type { StoredEvent } from '#main/engine/ports.ts'
import { allOf, eventSql } from './column-sql.ts'
import { courseOf, earlier, stretch, type Course } from './course.ts'

export type FoundEvent = Omit<StoredEvent, 'tally'> & Place

type Row = EventRow & FindingsRow & Place & { bodyKey: number }

/** How many events one step passes: few where their bodies are read. */
const STEP_ROWS = 4_000
const STEP_BODIES = 250

export interface EventSearch {
  projectId: ProjectId
  filter: EventFilter
  /** Exclusive. */
  before: Place
}

/** What one step found, newest first, and the place down to which it looked; null once there is nothing more. */
export interface Step {
  found: readonly FoundEvent[]
  reached: Place | null
}

/** Looks for events newest first, a bounded stretch in each step. */
export function prepareScanEvents(db: Database): (search: EventSearch) => Generator<Step, void> {
  const passing = prepareContentCheck(db)

  return function* scan({ projectId, filter, before }) {
    const course = courseOf(projectId, filter)
    const content = course.rest.filter(isContentTest)
    const columns = allOf(course.rest.filter((test) => !isContentTest(test)).map(eventSql))
    const rows = content.length > 0 ? STEP_BODIES : STEP_ROWS
    const oldest: Place = { at: course.since, key: -1 }
    let start = earlier(before, course.before)
    for (;;) {
      const floor = placeAfter(db, course, { before: start, from: oldest, rows })
      const between = allOf([stretch(course, start, floor ?? oldest), columns])
      const sql = `
        SELECT ${EVENT_COLUMNS}, ${FINDINGS_COLUMNS}, ${course.at} AS at, ${course.key} AS key, e.body_key AS bodyKey
        FROM ${course.from} WHERE ${between.text}
        ORDER BY ${course.at} DESC, ${course.key} DESC`
      const candidates = db.prepare<(string | number)[], Row>(sql).all(...between.values)
      yield { found: candidates.filter((row) => passing(content, row)).map(toFound), reached: floor }
      if (floor === null) return
      start = floor
    }
  }
}

/** The place that lies so many rows further on a course; null where it ends before. */
function placeAfter(
  db: Database,
  course: Course,
  { before, from, rows }: { before: Place; from: Place; rows: number },
): Place | null {
  const { text, values } = stretch(course, before, from)
  const sql = `
    SELECT ${course.at} AS at, ${course.key} AS key FROM ${course.from}
    WHERE ${text} ORDER BY ${course.at} DESC, ${course.key} DESC LIMIT 1 OFFSET ?`
  return db.prepare<(string | number)[], Place>(sql).get(...values, rows - 1) ?? null
}

/** Whether what an event holds passes; its body is read only where a test asks for it. */
export function prepareContentCheck(db: Database): (tests: readonly ContentTest[], row: Row) => boolean {
  const bodies = prepareBodies(db)
  return (tests, row) => {
    if (tests.length === 0) return true
    const isWhole = tests.some(({ kind }) => kind === 'json')
    return contentPasses(tests, toEvent(row), () =>
      isWhole ? bodies.read(row.bodyKey) : bodies.readStart(row.bodyKey, SEARCHED_BODY_BYTES),
    )
  }
}

export function toFound({ at, key, bodyKey: _bodyKey, ...row }: Row): FoundEvent {
  const { findings, rest } = splitFindings(row)
  return { event: toEvent(rest), findings, at, key }
}

import { isContentTest } from '#shared/model/filter/meaning/event-passes.ts'
import type { Place } from '../../cursor.ts'
import { courseOf, stretch, type Course } from './course.ts'
import type { EventSearch, FittingEvents } from './fitting-events.ts'
import { isAfter, type Step } from './step.ts'

/** How many events one step passes: few where their bodies are read. */
const STEP_ROWS = 4_000
export const STEP_BODIES = 250

/** Looks at every event of a course, newest first; of those with a key above `above` alone, where it is given. */
export function* scanEvents(
  fitting: FittingEvents,
  { projectId, filter, before, above = -1 }: EventSearch & { above?: number },
): Generator<Step, void> {
  const known = courseOf(projectId, filter)
  const course = above < 0 ? known : { ...known, where: onlyAbove(known, above) }
  const stepRows = course.rest.some(isContentTest) ? STEP_BODIES : STEP_ROWS
  const oldest: Place = { at: course.since, key: -1 }
  let start = isAfter(before, course.before) ? before : course.before
  for (;;) {
    const floor = fitting.after(course, stretch(course, start, oldest), stepRows)
    yield { found: fitting.along(course, stretch(course, start, floor ?? oldest)), reached: floor }
    if (floor === null) return
    start = floor
  }
}

function onlyAbove({ where, key }: Course, above: number): Course['where'] {
  return { text: `${where.text} AND ${key} > ?`, values: [...where.values, above] }
}

import type { EventFilter, EventTest } from '#shared/model/filter/meaning/event-filter.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { START, type Place } from '../../cursor.ts'
import { VERDICT_JOIN } from '../../events/findings-row.ts'
import { allOf, type Sql } from './column-sql.ts'

/** An order in which events can be read newest first by an index, and what of a filter it sees to by itself. */
export interface Course {
  /** With the event `e` and its verdict `v`. */
  from: string
  /** The columns of its order. */
  at: string
  key: string
  where: Sql
  /** The newest place that it passes, exclusive, and the oldest, inclusive. */
  before: Place
  since: number
  /** What of the filter is left to be checked. */
  rest: EventFilter
}

const PROJECT = '(SELECT key FROM projects WHERE id = ?)'

type Along = Pick<Course, 'from' | 'at' | 'key'>

const alongEvents = (index: string): Along => ({
  from: `events e INDEXED BY ${index} ${VERDICT_JOIN}`,
  at: 'e.received_at',
  key: 'e.key',
})

/** The cross join has SQLite begin with the verdicts, which their index holds in order. */
const ALONG_VERDICTS: Along = {
  from: `verdicts v INDEXED BY verdicts_by_verdict CROSS JOIN events e ON e.key = v.event_key`,
  at: 'v.received_at',
  key: 'v.event_key',
}

/** The course on which a filter meets the fewest events, as far as its indexes can tell. */
export function courseOf(projectId: ProjectId, filter: EventFilter): Course {
  const times = filter.flatMap((test) => (test.kind === 'time' && !test.negated ? [test] : []))
  const until = Math.min(...times.map((time) => time.until ?? START.at))
  const bounds = {
    before: until < START.at ? { at: until, key: 0 } : START,
    since: sinceOf(filter),
  }
  const others = filter.filter((test) => test.kind !== 'time' || test.negated)
  for (const lead of LEADS) {
    const test = others.find((each) => lead.takes(each))
    if (test !== undefined)
      return { ...lead.course(projectId, test), ...bounds, rest: others.filter((it) => it !== test) }
  }
  const where = { text: `e.project_key = ${PROJECT}`, values: [projectId] }
  return { ...alongEvents('events_newest'), where, ...bounds, rest: others }
}

/** The oldest instant that a filter lets pass, inclusive; -1 where it names none. */
export function sinceOf(filter: EventFilter): number {
  return Math.max(-1, ...filter.map((test) => (test.kind === 'time' && !test.negated ? (test.since ?? -1) : -1)))
}

interface Lead {
  takes(test: EventTest): boolean
  course(projectId: ProjectId, test: EventTest): Pick<Course, 'from' | 'at' | 'key' | 'where'>
}

/** What an index may be entered with, the sharpest first. */
const LEADS: readonly Lead[] = [
  lead('capture', (test) => test.captures, {
    along: alongEvents('events_not_complete'),
    where: `e.project_key = ${PROJECT} AND e.capture = ? AND e.capture <> 'complete'`,
    takes: ([capture]) => capture !== 'complete',
  }),
  lead('source', (test) => test.sourceIds, {
    along: alongEvents('events_by_source'),
    where: `+e.project_key = ${PROJECT} AND e.source_key = (SELECT key FROM sources WHERE id = ?)`,
  }),
  lead('type', (test) => test.types, {
    along: alongEvents('events_by_type'),
    where: `e.project_key = ${PROJECT} AND e.type = ?`,
    takes: ([type]) => type !== undefined && !type.endsWith('*'),
  }),
  lead('verdict', (test) => test.verdicts, {
    along: ALONG_VERDICTS,
    where: `v.project_key = ${PROJECT} AND v.verdict = ?`,
  }),
]

/** For a test that names one value. */
function lead<K extends EventTest['kind']>(
  kind: K,
  valuesOf: (test: Extract<EventTest, { kind: K }>) => readonly string[],
  { where, along, takes = () => true }: { where: string; along: Along; takes?: (values: readonly string[]) => boolean },
): Lead {
  const isOfKind = (test: EventTest): test is Extract<EventTest, { kind: K }> => test.kind === kind
  return {
    takes: (test) => isOfKind(test) && !test.negated && valuesOf(test).length === 1 && takes(valuesOf(test)),
    course(projectId, test) {
      const values = isOfKind(test) ? valuesOf(test) : []
      return { ...along, where: { text: where, values: [projectId, ...values] } }
    },
  }
}

/** The stretch of a course between two places, the newer exclusive, the older inclusive and left out where it lies before all. */
export function stretch({ where, at, key }: Course, before: Place, from: Place): Sql {
  return allOf([
    where,
    { text: `(${at}, ${key}) < (?, ?)`, values: [before.at, before.key] },
    ...(from.at < 0 ? [] : [{ text: `(${at}, ${key}) >= (?, ?)`, values: [from.at, from.key] }]),
  ])
}

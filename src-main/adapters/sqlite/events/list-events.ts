import type { Database } from 'better-sqlite3'
import type { EventQuery, Page, StoredEvent } from '#main/engine/ports.ts'
import { placeOf, toPage, type Place } from '../cursor.ts'
import { EVENT_COLUMNS, toEvent, type EventRow } from './event-row.ts'
import { FINDINGS_COLUMNS, type FindingsRow, MESSAGE_JOIN, splitFindings, VERDICT_JOIN } from './findings-row.ts'

/** How much of a body a text search reads. */
const SEARCHED_BODY_BYTES = 256 * 1024

/** The unary plus keeps the index on types out of it, whose order is not by time. */
const OF_TYPE = 'e.type = @type'
const OF_TYPE_PREFIX = `+e.type >= @type AND +e.type < @typeEnd`

const HAS_TEXT = `(
    e.type LIKE @text ESCAPE '\\'
    OR e.path || coalesce('?' || e.query, '') LIKE @text ESCAPE '\\'
    OR EXISTS (SELECT 1 FROM json_tree(e.headers) WHERE atom LIKE @text ESCAPE '\\')
    OR EXISTS (SELECT 1 FROM bodies b WHERE b.key = e.body_key
      AND CAST(substr(b.bytes, 1, ${SEARCHED_BODY_BYTES}) AS TEXT) LIKE @text ESCAPE '\\')
  )`

interface Filters extends Record<string, string | number> {
  projectId: string
  limit: number
}

/** What a list runs along: the columns of its order, and where they come from. */
interface Course {
  from: string
  projectKey: string
  at: string
  key: string
}

const ALL_EVENTS: Course = {
  from: `events e ${VERDICT_JOIN}`,
  projectKey: 'e.project_key',
  at: 'e.received_at',
  key: 'e.key',
}
/** The cross join has SQLite begin with the verdicts, which their index holds in order. */
const BY_VERDICT: Course = {
  from: 'verdicts v CROSS JOIN events e ON e.key = v.event_key',
  projectKey: 'v.project_key',
  at: 'v.received_at',
  key: 'v.event_key',
}

/** One page of a project's events, newest first, narrowed by what the query names. */
export function prepareListEvents(db: Database): (query: EventQuery) => Page<Omit<StoredEvent, 'tally'>> {
  return (query) => {
    const course = query.verdict === null ? ALL_EVENTS : BY_VERDICT
    const { conditions, values } = narrowing(query, course)
    const rows = db.prepare<Filters, EventRow & FindingsRow & Place>(listSql(course, conditions)).all({
      ...values,
      ...placeOf(query.cursor),
      projectId: query.projectId,
      limit: query.limit + 1,
    })
    return toPage(rows, query, ({ at: _at, key: _key, ...row }) => {
      const { findings, rest } = splitFindings(row)
      return { event: toEvent(rest), findings }
    })
  }
}

function listSql({ from, projectKey, at, key }: Course, conditions: readonly string[]): string {
  return `
    SELECT ${EVENT_COLUMNS}, ${FINDINGS_COLUMNS}, ${at} AS at, ${key} AS key
    FROM ${from} ${MESSAGE_JOIN}
    WHERE ${[`${projectKey} = (SELECT key FROM projects WHERE id = @projectId)`, ...conditions].join(' AND ')}
      AND (${at}, ${key}) < (@at, @key)
    ORDER BY ${at} DESC, ${key} DESC
    LIMIT @limit`
}

/** The conditions that a query asks for, each with the values that it names. */
function narrowing(
  query: EventQuery,
  { at }: Course,
): { conditions: string[]; values: Record<string, string | number> } {
  const conditions: string[] = []
  const values: Record<string, string | number> = {}
  function where(condition: string, named: Record<string, string | number>): void {
    conditions.push(condition)
    Object.assign(values, named)
  }

  if (query.sourceId !== null) {
    where('e.source_key = (SELECT key FROM sources WHERE id = @sourceId)', { sourceId: query.sourceId })
  }
  if (query.capture === 'complete') where(`e.capture = 'complete'`, {})
  else if (query.capture !== null) where(`e.capture = @capture AND e.capture <> 'complete'`, { capture: query.capture })
  if (query.verdict !== null) where('v.verdict = @verdict', { verdict: query.verdict })
  if (query.since !== null) where(`${at} >= @since`, { since: query.since })
  if (query.until !== null) where(`${at} < @until`, { until: query.until })
  if (query.text !== null) where(HAS_TEXT, { text: `%${query.text.replaceAll(/[\\%_]/g, '\\$&')}%` })
  if (query.type !== null && query.type !== '*') where(...ofType(query.type))
  return { conditions, values }
}

function ofType(type: string): [string, Record<string, string>] {
  if (!type.endsWith('.*')) return [OF_TYPE, { type }]
  const prefix = type.slice(0, -1)
  // "/" follows "." in ASCII, so the range holds exactly what begins with the prefix.
  return [OF_TYPE_PREFIX, { type: prefix, typeEnd: `${prefix.slice(0, -1)}/` }]
}

import type { Database } from 'better-sqlite3'
import type { LogEntry, LogPage, OperationsStore } from '#main/engine/ports.ts'

const WATCHED_UNTIL = `v.created_at + coalesce(json_extract(v.config, '$.watchHours'), @watchHours) * 3600000`

/** Whether an attempt `a` fell into the watch period of its version `v`, which nobody has reviewed (`m`). */
const FLAGGED = `(m.reviewed_at IS NULL AND a.started_at < ${WATCHED_UNTIL})`

const COLUMNS = `
  a.id, p.id AS projectId, d.id AS deliveryId, e.id AS eventId, e.type AS eventType, @endpointId AS endpointId,
  v.id AS endpointVersionId, a.number, a.trigger, a.outcome, a.started_at AS startedAt, a.finished_at AS finishedAt,
  a.next_attempt_at AS nextAttemptAt, a.status, a.failure, a.timings, a.request, coalesce(${FLAGGED}, 0) AS flagged`

const ATTEMPTS = `
  FROM attempts a
  JOIN deliveries d ON d.key = a.delivery_key
  JOIN events e ON e.key = d.event_key
  JOIN projects p ON p.key = a.project_key
  LEFT JOIN endpoint_versions v ON v.key = a.endpoint_version_key
  LEFT JOIN version_marks m ON m.version_key = v.key
  WHERE a.endpoint_key = (SELECT key FROM endpoints WHERE id = @endpointId)`

const PAGE = `SELECT ${COLUMNS} ${ATTEMPTS} ORDER BY a.finished_at DESC LIMIT @limit OFFSET @offset`

const LAST_SENT = `
  SELECT ${COLUMNS} ${ATTEMPTS}
    AND a.outcome IN ('succeeded', 'failed') AND coalesce(json_extract(a.failure, '$.phase'), '') <> 'build'
  ORDER BY a.finished_at DESC LIMIT 1`

const COUNT = `SELECT count(*) FROM attempts WHERE endpoint_key = (SELECT key FROM endpoints WHERE id = @endpointId)`

/** The versions lead: what ended after a version came, and not an hour past its watch period, may be flagged for it. */
const COUNT_FLAGGED = `
  SELECT count(*)
  FROM endpoint_versions v
  LEFT JOIN version_marks m ON m.version_key = v.key
  CROSS JOIN attempts a ON a.endpoint_key = v.endpoint_key AND a.finished_at >= v.created_at
    AND a.finished_at < ${WATCHED_UNTIL} + 3600000 AND a.endpoint_version_key = v.key
  WHERE v.endpoint_key = (SELECT key FROM endpoints WHERE id = @endpointId) AND ${FLAGGED}`

type LogRow = Omit<LogEntry, 'failure' | 'timings' | 'request' | 'flagged'> & {
  failure: string | null
  timings: string
  request: string | null
  flagged: number
}

interface Named {
  endpointId: string
  watchHours: number
}

/** `watchHours` holds for versions that say nothing of it. */
export function prepareLog(db: Database, watchHours: number) {
  const page = db.prepare<Named & { limit: number; offset: number }, LogRow>(PAGE)
  const lastSent = db.prepare<Named, LogRow>(LAST_SENT)
  const count = db.prepare<Pick<Named, 'endpointId'>, number>(COUNT).pluck()
  const countFlagged = db.prepare<Named, number>(COUNT_FLAGGED).pluck()
  return {
    page: (query: Parameters<OperationsStore['log']>[0]): LogPage => ({
      items: page.all({ ...query, watchHours }).map(toEntry),
      total: count.get({ endpointId: query.endpointId }) ?? 0,
    }),
    lastSent(endpointId: string): LogEntry | null {
      const row = lastSent.get({ endpointId, watchHours })
      return row ? toEntry(row) : null
    },
    countFlagged: (endpointId: string): number => countFlagged.get({ endpointId, watchHours }) ?? 0,
  }
}

function toEntry({ failure, timings, request, flagged, ...row }: LogRow): LogEntry {
  return {
    ...row,
    failure: failure === null ? null : (JSON.parse(failure) as LogEntry['failure']),
    timings: JSON.parse(timings) as LogEntry['timings'],
    request: request === null ? null : (JSON.parse(request) as LogEntry['request']),
    flagged: flagged === 1,
  }
}

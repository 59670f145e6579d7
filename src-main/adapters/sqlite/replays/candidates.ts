import type { Database } from 'better-sqlite3'
import type { EventId, ProjectId, ReplayId, SourceId } from '#shared/model/ids.ts'
import type { Outage } from '#shared/model/replay.ts'
import type { CandidateQuery, Candidates, EventPlace, ReplayCandidate } from '#main/engine/ports.ts'

interface CandidateRow extends EventPlace {
  id: EventId
  projectId: ProjectId
  sourceId: SourceId | null
  type: string
  capture: ReplayCandidate['event']['capture']
  origin: ReplayCandidate['event']['origin']
  /** Where it stands among those that are named. */
  at?: number
}

/** Without an id where its event was deleted. */
type CollectedRow = (Omit<CandidateRow, 'at'> | (Omit<CandidateRow, 'at' | 'id'> & { id: null })) & { at: number }

const COLUMNS = `
  e.id, (SELECT id FROM projects WHERE key = e.project_key) AS projectId,
  (SELECT id FROM sources WHERE key = e.source_key) AS sourceId, e.type, e.capture, e.origin,
  e.received_at AS receivedAt, e.key`

/** A page of named ones: `place.key` is how many of all were dealt with. */
const NAMED = `
  SELECT ${COLUMNS}, @after + n.key + 1 AS at
  FROM json_each(@eventIds) n CROSS JOIN events e ON e.id = n.value
  ORDER BY n.key`

const IN_ORDER = `
  SELECT ${COLUMNS}
  FROM events e
  WHERE e.project_key = (SELECT key FROM projects WHERE id = @projectId)
    AND (e.received_at, e.key) > (@afterAt, @afterKey) AND e.received_at >= @since AND e.received_at < @until
  ORDER BY e.received_at, e.key
  LIMIT @limit`

/** `number` grows as they were found, newest first. */
const COLLECTED = `
  SELECT ${COLUMNS}, i.number AS at
  FROM (
    SELECT number, event_id FROM replay_items
    WHERE replay_key = (SELECT key FROM replays WHERE id = @replayId) AND number < @before
    ORDER BY number DESC LIMIT @limit
  ) i LEFT JOIN events e ON e.id = i.event_id
  ORDER BY i.number DESC`

const DELIVERIES_TO = `
  SELECT d.id, d.state, d.purpose FROM deliveries d
  WHERE d.event_key = @eventKey AND +d.endpoint_key = (SELECT key FROM endpoints WHERE id = @endpointId)
  ORDER BY d.key`

const BEFORE_ALL: EventPlace = { receivedAt: -1, key: -1 }

/** What a replay may be about, page by page, oldest first. */
export function prepareCandidates(db: Database): (query: CandidateQuery) => Candidates {
  const named = db.prepare<{ eventIds: string; after: number }, CandidateRow>(NAMED)
  const collected = db.prepare<{ replayId: string; before: number; limit: number }, CollectedRow>(COLLECTED)
  const inOrder = db.prepare<Record<string, string | number>, CandidateRow>(IN_ORDER)
  const deliveriesTo = db.prepare<{ eventKey: number; endpointId: string }, ReplayCandidate['deliveries'][number]>(
    DELIVERIES_TO,
  )

  function nextNamed(eventIds: readonly EventId[], { after, limit }: CandidateQuery): Candidates {
    const begin = after?.key ?? 0
    const end = Math.min(begin + limit, eventIds.length)
    const rows = named.all({ eventIds: JSON.stringify(eventIds.slice(begin, end)), after: begin })
    return {
      items: rows.map(({ at = 0, ...row }) => toCandidate(row, { receivedAt: 0, key: at })),
      next: end < eventIds.length ? { receivedAt: 0, key: end } : null,
    }
  }

  function nextCollected(replayId: ReplayId, { after, limit }: CandidateQuery): Candidates {
    const rows = collected.all({ replayId, before: after?.key ?? Number.MAX_SAFE_INTEGER, limit })
    const items = rows.flatMap(({ at, ...row }) =>
      row.id === null ? [] : [toCandidate(row, { receivedAt: 0, key: at })],
    )
    const last = rows.at(-1)
    return { items, next: last && rows.length === limit ? { receivedAt: 0, key: last.at } : null }
  }

  function nextOfTime(query: CandidateQuery, { since, until, endpointId }: Outage): Candidates {
    const { receivedAt: afterAt, key: afterKey } = query.after ?? BEFORE_ALL
    const rows = inOrder.all({
      projectId: query.projectId,
      afterAt,
      afterKey,
      since,
      until: Math.min(until, query.until + 1),
      limit: query.limit,
    })
    const items = rows.map((row) => {
      const place = { receivedAt: row.receivedAt, key: row.key }
      return { ...toCandidate(row, place), deliveries: deliveriesTo.all({ eventKey: row.key, endpointId }) }
    })
    return { items, next: rows.length === query.limit ? (items.at(-1)?.place ?? null) : null }
  }

  return (query) => {
    const { selection } = query
    if ('eventIds' in selection) return nextNamed(selection.eventIds, query)
    return 'outage' in selection ? nextOfTime(query, selection.outage) : nextCollected(selection.collectedBy, query)
  }
}

function toCandidate({ key: _key, at: _at, ...event }: CandidateRow, place: EventPlace): ReplayCandidate {
  return { event, place, deliveries: [] }
}

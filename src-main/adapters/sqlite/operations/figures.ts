import type { Database } from 'better-sqlite3'
import type { OperationsStore, Suppression } from '#main/engine/ports.ts'

/** Events that somebody sent to one target on purpose say nothing of a filter. */
const RECENT = `
  SELECT key, type FROM events
  WHERE project_key = (SELECT key FROM projects WHERE id = @projectId) AND received_at >= @since
    AND capture = 'complete' AND origin <> 'triggered'
  ORDER BY received_at DESC LIMIT @most`

const SEEN = `SELECT count(*) FROM (${RECENT})`

/** The plus keeps the search by event: an endpoint may have very many deliveries. */
const SUPPRESSED = `
  SELECT e.type, count(*) AS count FROM (${RECENT}) e
  WHERE NOT EXISTS (
    SELECT 1 FROM deliveries d
    WHERE d.event_key = e.key AND +d.endpoint_key = (SELECT key FROM endpoints WHERE id = @endpointId))
  GROUP BY e.type ORDER BY count(*) DESC, e.type`

type SuppressionQuery = Parameters<OperationsStore['suppression']>[0]

export function prepareFigures(db: Database) {
  const seen = db.prepare<Omit<SuppressionQuery, 'endpointId'>, number>(SEEN).pluck()
  const suppressed = db.prepare<SuppressionQuery, { type: string; count: number }>(SUPPRESSED)
  return {
    suppression: (query: SuppressionQuery): Suppression => ({
      seen: seen.get({ projectId: query.projectId, since: query.since, most: query.most }) ?? 0,
      suppressed: suppressed.all(query),
    }),
  }
}

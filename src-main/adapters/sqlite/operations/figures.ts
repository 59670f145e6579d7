import type { Database } from 'better-sqlite3'
import type { OperationsStore, Suppression } from '#main/engine/ports.ts'

/** Events that are for one target from the start say nothing of a filter. */
const RECENT = `
  SELECT key, type FROM events
  WHERE project_key = (SELECT key FROM projects WHERE id = @projectId) AND received_at >= @since
    AND capture = 'complete' AND origin <> 'triggered' AND type NOT IN (SELECT value FROM json_each(@without))
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
type Recent = Omit<SuppressionQuery, 'endpointId' | 'without'> & { without: string }

export function prepareFigures(db: Database) {
  const seen = db.prepare<Recent, number>(SEEN).pluck()
  const suppressed = db.prepare<Recent & { endpointId: string }, { type: string; count: number }>(SUPPRESSED)
  return {
    suppression({ endpointId, ...query }: SuppressionQuery): Suppression {
      const recent = { ...query, without: JSON.stringify(query.without) }
      return { seen: seen.get(recent) ?? 0, suppressed: suppressed.all({ ...recent, endpointId }) }
    },
  }
}

import type { Database } from 'better-sqlite3'
import type { EndpointId } from '#shared/model/ids.ts'
import type { Trouble } from '#main/engine/ports.ts'

/** Of one state, the latest first, by its index. An event that arrived by another delivery is none. */
const LATEST = `
  SELECT e.received_at AS at, d.state
  FROM deliveries d INDEXED BY deliveries_by_endpoint JOIN events e ON e.key = d.event_key
  WHERE d.endpoint_key = (SELECT key FROM endpoints WHERE id = @endpointId) AND d.state = @state
    AND d.replay_key IS NULL AND d.purpose <> 'test'
    AND NOT EXISTS (
      SELECT 1 FROM deliveries x
      WHERE x.event_key = d.event_key AND +x.endpoint_key = d.endpoint_key AND +x.state = 'succeeded')
  ORDER BY d.created_at DESC
  LIMIT @limit`

/** What an endpoint did not get, for finding its outages. */
export function prepareTroubles(db: Database): (query: { endpointId: EndpointId; limit: number }) => Trouble[] {
  const latest = db.prepare<{ endpointId: string; state: string; limit: number }, Trouble>(LATEST)
  return (query) => (['failed', 'held'] as const).flatMap((state) => latest.all({ ...query, state }))
}

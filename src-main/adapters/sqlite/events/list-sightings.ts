import type { Database } from 'better-sqlite3'
import type { Sighting, SightingQuery, Page } from '#main/engine/ports.ts'
import { placeOf, toPage, type Place } from '../cursor.ts'

const SIGHTINGS = `
  SELECT id AS eventId, received_at AS receivedAt, capture, received_at AS at, key FROM events
  WHERE source_key = (SELECT key FROM sources WHERE id = @sourceId)
    AND received_at >= @since AND received_at < @until AND (received_at, key) < (@at, @key)
  ORDER BY received_at DESC, key DESC
  LIMIT @limit`

/** What came by a source, newest first, without what it said. */
export function prepareListSightings(db: Database): (query: SightingQuery) => Page<Sighting> {
  const sightings = db.prepare<SightingQuery & Place, Sighting & Place>(SIGHTINGS)
  return (query) => {
    const rows = sightings.all({ ...query, ...placeOf(query.cursor), limit: query.limit + 1 })
    return toPage(rows, query, ({ eventId, receivedAt, capture }) => ({ eventId, receivedAt, capture }))
  }
}

import type { Database } from 'better-sqlite3'
import type { DeliveryTally } from '#shared/model/delivery.ts'
import type { EventId } from '#shared/model/ids.ts'

const TALLY = `
  SELECT count(d.key) AS total,
    count(*) FILTER (WHERE d.state = 'succeeded') AS succeeded,
    count(*) FILTER (WHERE d.state IN ('scheduled', 'delivering')) AS pending,
    count(*) FILTER (WHERE d.state = 'failed') AS failed,
    count(*) FILTER (WHERE d.state = 'held') AS held,
    count(*) FILTER (WHERE d.state = 'canceled') AS canceled
  FROM events e LEFT JOIN deliveries d ON d.event_key = e.key
  WHERE e.id = ?
  GROUP BY e.key`

/** How the deliveries of one event stand; undefined where there is no such event. */
export function prepareTally(db: Database): (eventId: EventId) => DeliveryTally | undefined {
  const tally = db.prepare<[string], DeliveryTally>(TALLY)
  return (eventId) => tally.get(eventId)
}

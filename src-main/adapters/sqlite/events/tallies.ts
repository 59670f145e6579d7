import type { Database } from 'better-sqlite3'
import type { DeliveryTally } from '#shared/model/delivery.ts'

const TALLY = `
  SELECT count(*) AS total,
    count(*) FILTER (WHERE state = 'succeeded') AS succeeded,
    count(*) FILTER (WHERE state IN ('scheduled', 'delivering')) AS pending,
    count(*) FILTER (WHERE state = 'failed') AS failed,
    count(*) FILTER (WHERE state = 'held') AS held,
    count(*) FILTER (WHERE state = 'canceled') AS canceled
  FROM deliveries WHERE event_key = ?`

/** How the deliveries of one event stand, by its row key. */
export function prepareTally(db: Database): (eventKey: number) => DeliveryTally {
  const tally = db.prepare<[number], DeliveryTally>(TALLY)
  return (eventKey) => tally.get(eventKey)!
}

import type { Database } from 'better-sqlite3'
import type { EventId } from '#shared/model/ids.ts'
import type { AppendEvent } from '#main/engine/ports.ts'

const FIND_AGAIN = `
  UPDATE relayed_events SET sends = max(sends, @sends), cause = coalesce(@cause, cause)
  WHERE source_key = (SELECT key FROM sources WHERE id = @sourceId) AND remote_id = @remoteId
  RETURNING (SELECT id FROM events WHERE key = event_key) AS eventId`

/** What goes to nobody here has nothing to be reported. */
const KEEP = `
  INSERT INTO relayed_events (event_key, source_key, remote_id, sends, cause, reported)
  VALUES (@eventKey, (SELECT key FROM sources WHERE id = @sourceId), @remoteId, @sends, @cause, @reported)`

interface RelayedRow {
  sourceId: string | null
  remoteId: string
  sends: number
  cause: string | null
}

/** What came over a link, each once. Run it inside a write. */
export function prepareRelayedEvents(db: Database) {
  const findAgain = db.prepare<RelayedRow, EventId>(FIND_AGAIN).pluck()
  const keep = db.prepare<RelayedRow & { eventKey: number; reported: number }>(KEEP)
  return {
    /** The event of an earlier time, of which is noted that it came once more; null where this is the first time. */
    findAgain({ event, relayed }: AppendEvent): EventId | null {
      return relayed ? (findAgain.get({ sourceId: event.sourceId, ...relayed }) ?? null) : null
    },
    keep({ event, relayed, deliveries }: AppendEvent, eventKey: number): void {
      if (!relayed) return
      keep.run({ eventKey, sourceId: event.sourceId, ...relayed, reported: deliveries.length === 0 ? 1 : 0 })
    },
  }
}

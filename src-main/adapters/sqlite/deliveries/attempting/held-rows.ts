import type { Database } from 'better-sqlite3'
import type { Delivery } from '#shared/model/delivery.ts'
import type { AttemptId } from '#shared/model/ids.ts'
import { Sender } from '#shared/model/sender.ts'

/** A delivery with the keys of its row: what its attempt is stored by. */
export interface HeldRow {
  key: number
  projectKey: number
  eventKey: number
  endpointKey: number | null
  pinnedKey: number | null
  delivery: Delivery
}

/** Rows of claimed deliveries by the attempt that holds each: until it ends, nobody else changes more than the pinned version. */
export interface HeldRows {
  note(attemptId: AttemptId, row: HeldRow): void
  /** Forgets it, too; null where it was not noted, or too long ago. */
  take(attemptId: AttemptId): HeldRow | null
}

/** Far more than run at one moment; a claim that was rolled back leaves what nobody takes. */
const MOST = 4_096

export function createHeldRows(): HeldRows {
  const rows = new Map<AttemptId, HeldRow>()
  return {
    note(attemptId, row) {
      rows.set(attemptId, row)
      if (rows.size > MOST) rows.delete(rows.keys().next().value!)
    },
    take(attemptId) {
      const row = rows.get(attemptId) ?? null
      rows.delete(attemptId)
      return row
    },
  }
}

/** In the order in which `toHeldRow` reads them: rows without names cost a third. */
const COLUMNS = `
  d.key, d.project_key, d.event_key, d.endpoint_key, d.pinned_version_key, d.id,
  (SELECT id FROM projects WHERE key = d.project_key), e.id, e.type,
  (SELECT id FROM endpoints WHERE key = d.endpoint_key), d.target_url,
  (SELECT id FROM replays WHERE key = d.replay_key), d.resign,
  (SELECT json_object('id', id, 'provider', provider, 'policy', policy) FROM senders WHERE key = d.sender_key),
  d.state, d.due_at, d.next_trigger, d.tries, d.attempts, d.last_status, d.last_failure,
  (SELECT id FROM endpoint_versions WHERE key = d.pinned_version_key), d.created_at, d.updated_at`

type HeldColumns = [
  key: number,
  projectKey: number,
  eventKey: number,
  endpointKey: number | null,
  pinnedKey: number | null,
  id: Delivery['id'],
  projectId: Delivery['projectId'],
  eventId: Delivery['eventId'],
  eventType: string,
  endpointId: Delivery['endpointId'],
  targetUrl: string | null,
  replayId: Delivery['replayId'],
  resign: number,
  sender: string | null,
  state: Delivery['state'],
  dueAt: number | null,
  nextTrigger: Delivery['nextTrigger'],
  tries: number,
  attempts: number,
  lastStatus: number | null,
  lastFailure: Delivery['lastFailure'],
  pinnedVersionId: Delivery['pinnedVersionId'],
  createdAt: number,
  updatedAt: number,
]

/** `where` picks one row of the deliveries `d`, each with its event `e`. */
export function prepareHeldRow<P extends unknown[]>(db: Database, where: string): (...given: P) => HeldRow | null {
  const read = db
    .prepare<P, HeldColumns>(
      `SELECT ${COLUMNS} FROM deliveries d CROSS JOIN events e ON e.key = d.event_key WHERE ${where}`,
    )
    .raw()
  return (...given) => {
    const row = read.get(...given)
    return row ? toHeldRow(row) : null
  }
}

function toHeldRow(row: HeldColumns): HeldRow {
  return {
    key: row[0],
    projectKey: row[1],
    eventKey: row[2],
    endpointKey: row[3],
    pinnedKey: row[4],
    delivery: {
      id: row[5],
      projectId: row[6],
      eventId: row[7],
      eventType: row[8],
      endpointId: row[9],
      targetUrl: row[10],
      replayId: row[11],
      resign: row[12] === 1,
      sender: row[13] === null ? null : Sender.parse(JSON.parse(row[13])),
      state: row[14],
      dueAt: row[15],
      nextTrigger: row[16],
      tries: row[17],
      attempts: row[18],
      lastStatus: row[19],
      lastFailure: row[20],
      pinnedVersionId: row[21],
      createdAt: row[22],
      updatedAt: row[23],
    },
  }
}

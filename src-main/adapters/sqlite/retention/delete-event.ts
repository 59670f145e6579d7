import type { Database } from 'better-sqlite3'
import { NOTHING_SWEPT, type SweepCounts } from '#shared/model/retention.ts'

export interface EventRef {
  key: number
  bodyKey: number
  /** Of its body and headers. */
  bytes: number
}

interface DeliveryRef {
  key: number
  replayKey: number | null
  senderKey: number | null
}

const DELIVERIES = `
  SELECT key, replay_key AS replayKey, sender_key AS senderKey FROM deliveries WHERE event_key = ?`
const ATTEMPTS = `
  SELECT request_body_key AS bodyKey, coalesce(length(response_body), 0) AS bytes FROM attempts WHERE delivery_key = ?`

/** The walk of a script that this message made by itself. */
const FORGET_WALK = `
  DELETE FROM script_steps WHERE (source_key, message) IN (
    SELECT source_key, message_id FROM messages WHERE event_key = ? AND message_id <> '')`

/** The key of the last event may be given to the next one, which nobody has read. */
const LOWER_MARKS = `
  UPDATE read_marks SET event_key = (SELECT coalesce(max(key), 0) FROM events)
  WHERE event_key > (SELECT coalesce(max(key), 0) FROM events)`

const USE_LESS = `UPDATE bodies SET reference_count = reference_count - 1 WHERE key = ? AND reference_count > 1`

/** A replay that still runs may make other deliveries. */
const FINISHED = `state IN ('finished', 'canceled')`

/**
 * Deletes an event with its deliveries and attempts, and with what nothing needs any more: bodies, replays, senders. What
 * else points at them goes by the schema's own cascades. Run it inside a write.
 */
export function prepareDeleteEvent(db: Database): (event: EventRef) => SweepCounts {
  const deliveries = db.prepare<[number], DeliveryRef>(DELIVERIES)
  const attempts = db.prepare<[number], { bodyKey: number | null; bytes: number }>(ATTEMPTS)
  const forgetWalk = db.prepare<[number]>(FORGET_WALK)
  const deleteAttempts = db.prepare<[number]>('DELETE FROM attempts WHERE delivery_key = ?')
  const deleteDelivery = db.prepare<[number]>('DELETE FROM deliveries WHERE key = ?')
  const lowerMarks = db.prepare(LOWER_MARKS)
  const deleteEvent = db.prepare<[number]>('DELETE FROM events WHERE key = ?')
  const useLess = db.prepare<[number]>(USE_LESS)
  const deleteBody = db.prepare<[number]>('DELETE FROM bodies WHERE key = ?')
  const forgetReplayed = db.prepare<[number]>('UPDATE replays SET forgotten = forgotten + 1 WHERE key = ?')
  const deleteReplay = prepareDeleteUnused(db, 'replays', 'replay_key', FINISHED)
  const deleteSender = prepareDeleteUnused(db, 'senders', 'sender_key')

  function letGo(bodyKey: number): void {
    if (useLess.run(bodyKey).changes === 0) deleteBody.run(bodyKey)
  }

  function removeDelivery({ key, replayKey, senderKey }: DeliveryRef): { attempts: number; bytes: number } {
    const made = attempts.all(key)
    deleteAttempts.run(key)
    for (const { bodyKey } of made) if (bodyKey !== null) letGo(bodyKey)
    deleteDelivery.run(key)
    if (replayKey !== null) {
      forgetReplayed.run(replayKey)
      deleteReplay(replayKey)
    }
    if (senderKey !== null) deleteSender(senderKey)
    return { attempts: made.length, bytes: made.reduce((sum, { bytes }) => sum + bytes, 0) }
  }

  return ({ key, bodyKey, bytes }) => {
    const removed = deliveries.all(key).map(removeDelivery)
    forgetWalk.run(key)
    deleteEvent.run(key)
    lowerMarks.run()
    letGo(bodyKey)
    return {
      ...NOTHING_SWEPT,
      events: 1,
      deliveries: removed.length,
      attempts: removed.reduce((sum, { attempts: count }) => sum + count, 0),
      bytes: removed.reduce((sum, { bytes: answers }) => sum + answers, bytes),
    }
  }
}

/** Deletes a row once no delivery names it. */
function prepareDeleteUnused(
  db: Database,
  table: 'replays' | 'senders',
  column: string,
  condition = 'TRUE',
): (key: number) => void {
  const remove = db.prepare<{ key: number }>(
    `DELETE FROM ${table} WHERE key = @key AND ${condition} AND NOT EXISTS (SELECT 1 FROM deliveries WHERE ${column} = @key)`,
  )
  return (key) => void remove.run({ key })
}

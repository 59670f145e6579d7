import type { Database } from 'better-sqlite3'
import { addCounts, NOTHING_SWEPT, type SweepCounts } from '#shared/model/retention.ts'
import type { Swept, SweepStep } from '#main/engine/ports.ts'
import { prepareDeleteEvent, type EventRef } from './delete-event.ts'

/** An event as a sweep looks at it. */
interface Candidate extends EventRef {
  receivedAt: number
  /** Its deliveries that are scheduled or held, that are under way, and that were lately canceled as expired. */
  waiting: number
  underWay: number
  lately: number
}

const CANDIDATES = `
  SELECT e.key, e.body_key AS bodyKey, e.body_size_bytes + length(e.headers) AS bytes, e.received_at AS receivedAt,
    count(d.key) FILTER (WHERE d.state IN ('scheduled', 'held')) AS waiting,
    count(d.key) FILTER (WHERE d.state = 'delivering') AS underWay,
    count(d.key) FILTER (WHERE d.last_failure = 'expired' AND d.updated_at > @seenUntil) AS lately
  FROM (
    SELECT key, body_key, body_size_bytes, headers, received_at FROM events
    WHERE project_key = (SELECT key FROM projects WHERE id = @projectId)
      AND (received_at, key) > (@afterAt, @afterKey) AND (received_at, key) < (@beforeAt, @beforeKey)
    ORDER BY received_at, key LIMIT @limit
  ) e LEFT JOIN deliveries d ON d.event_key = e.key
  GROUP BY e.key
  ORDER BY e.received_at, e.key`

const EXPIRE = `
  UPDATE deliveries SET state = 'canceled', due_at = NULL, last_failure = 'expired', updated_at = @now
  WHERE event_key = @key AND state IN ('scheduled', 'held')`

const COUNT = `
  SELECT count(DISTINCT d.key) AS deliveries, count(a.key) AS attempts,
    coalesce(sum(length(a.response_body)), 0) AS bytes
  FROM deliveries d LEFT JOIN attempts a ON a.delivery_key = d.key
  WHERE d.event_key = ?`

const BEFORE_ALL = { receivedAt: -1, key: -1 }

/** One batch of a sweep, which tells of each event that it deletes by its key. Run it inside a write. */
export function prepareSweep(db: Database): (step: SweepStep, onDeleted: (key: number) => void) => Swept {
  const candidates = db.prepare<Record<string, string | number>, Candidate>(CANDIDATES)
  const expire = db.prepare<{ key: number; now: number }>(EXPIRE)
  const count = db.prepare<[number], Pick<SweepCounts, 'deliveries' | 'attempts' | 'bytes'>>(COUNT)
  const deleteEvent = prepareDeleteEvent(db)

  function takeOne(event: Candidate, step: SweepStep, onDeleted: (key: number) => void): SweepCounts {
    const { undelivered, now, dryRun } = step
    if (event.underWay > 0 || (event.waiting > 0 && undelivered === 'keep')) return { ...NOTHING_SWEPT, kept: 1 }
    if (event.waiting > 0) {
      if (!dryRun) expire.run({ key: event.key, now })
      return { ...NOTHING_SWEPT, expired: event.waiting }
    }
    if (event.lately > 0) return NOTHING_SWEPT
    if (!dryRun) {
      onDeleted(event.key)
      return deleteEvent(event)
    }
    const hanging = count.get(event.key)!
    return { ...NOTHING_SWEPT, events: 1, ...hanging, bytes: hanging.bytes + event.bytes }
  }

  return (step, onDeleted) => {
    const after = step.after ?? BEFORE_ALL
    const found = candidates.all({
      projectId: step.projectId,
      afterAt: after.receivedAt,
      afterKey: after.key,
      beforeAt: step.before.receivedAt,
      beforeKey: step.before.key,
      seenUntil: step.seenUntil,
      limit: step.limit,
    })
    let counts = NOTHING_SWEPT
    for (const event of found) {
      counts = addCounts(counts, takeOne(event, step, onDeleted))
      const next = { receivedAt: event.receivedAt, key: event.key }
      if (counts.bytes >= step.maxBytes) return { counts, next }
    }
    const last = found.at(-1)
    const isMore = found.length === step.limit && last !== undefined
    return { counts, next: isMore ? { receivedAt: last.receivedAt, key: last.key } : null }
  }
}

import type { Database } from 'better-sqlite3'
import type { EventId } from '#shared/model/ids.ts'
import type { AppendedEvent, AppendedEvents, AppendEvent, Arrival } from '#main/engine/ports.ts'
import { prepareAddDeliveries } from '../deliveries/add-deliveries.ts'
import { prepareAddEvent } from './add-event.ts'
import { prepareArrivals } from './arrivals.ts'
import { prepareBodies } from './bodies.ts'
import { EVENT_COLUMNS, toEvent, type EventRow } from './event-row.ts'
import { prepareRelayedEvents } from '../links/relayed-events.ts'
import { prepareScriptSteps } from './script-steps.ts'

const EVENT = `SELECT ${EVENT_COLUMNS} FROM events e WHERE e.id = ?`

const FORGET_EXPIRED = `DELETE FROM idempotency_keys WHERE expires_at <= ?`

const FIND_KEY = `
  SELECT i.fingerprint, e.id AS eventId FROM idempotency_keys i JOIN events e ON e.key = i.event_key
  WHERE i.project_key = (SELECT key FROM projects WHERE id = ?) AND i.key = ?`

const KEEP_KEY = `
  INSERT INTO idempotency_keys (project_key, key, fingerprint, event_key, expires_at)
  VALUES ((SELECT key FROM projects WHERE id = @projectId), @key, @fingerprint,
    (SELECT key FROM events WHERE id = @eventId), @expiresAt)`

interface KeptKey {
  projectId: string
  key: string
  fingerprint: string
  eventId: string
  expiresAt: number
}

const NOTHING_FOUND: Arrival = { verdict: null, message: null }

/**
 * Stores an event, its body, its deliveries and what was found about it, unless its idempotency key was used or its
 * message is a repeat to be dropped, or it came over its link already. Run it inside a write.
 */
export function prepareAppendEvent(db: Database): (entry: AppendEvent) => AppendedEvent {
  const addEvent = prepareAddEvent(db)
  const bodies = prepareBodies(db)
  const addDeliveries = prepareAddDeliveries(db)
  const keys = prepareIdempotency(db)
  const arrivals = prepareArrivals(db)
  const takeStep = prepareScriptSteps(db)
  const relayedEvents = prepareRelayedEvents(db)
  const get = db.prepare<[string], EventRow>(EVENT)

  return (entry) => {
    const { event, body, deliveries, idempotency, arrival = NOTHING_FOUND } = entry
    const earlier = idempotency && keys.find(event.projectId, idempotency.key, event.receivedAt)
    if (idempotency && earlier) {
      const same = earlier.fingerprint === idempotency.fingerprint
      return same ? { kind: 'repeated', eventId: earlier.eventId } : { kind: 'mismatch' }
    }
    const known = relayedEvents.findAgain(entry)
    if (known !== null) return { kind: 'repeated', eventId: known }
    const given = takeStep(entry)
    const repeatOf = arrivals.countRepeat(event, arrival.message)
    if (repeatOf && arrival.message?.repeat === 'drop') {
      return { kind: 'dropped', first: toEvent(get.get(repeatOf.eventId)!), repeats: repeatOf.repeats, given }
    }
    const sha256 = Buffer.from(event.bodySha256, 'hex')
    const eventKey = addEvent(event, { key: bodies.keep(sha256, body), sha256 })
    arrivals.keep(event, { ...arrival, repeatOf, eventKey })
    relayedEvents.keep(entry, eventKey)
    if (idempotency) keys.keep({ projectId: event.projectId, eventId: event.id, ...idempotency })
    return { kind: 'appended', deliveries: addDeliveries(deliveries), repeatOf, given }
  }
}

/** Stores all of them, unless the key of one was used with other content. Run it inside a write. */
export function prepareAppendEvents(db: Database): (entries: readonly AppendEvent[]) => AppendedEvents {
  const append = prepareAppendEvent(db)
  const keys = prepareIdempotency(db)

  /** Looked for beforehand, so that nothing has to be undone. */
  function mismatchIn(entries: readonly AppendEvent[]): number {
    const fingerprints = new Map<string, string>()
    return entries.findIndex(({ event, idempotency }) => {
      if (!idempotency) return false
      const { key, fingerprint } = idempotency
      const name = `${event.projectId} ${key}`
      const known = fingerprints.get(name) ?? keys.find(event.projectId, key, event.receivedAt)?.fingerprint
      fingerprints.set(name, fingerprint)
      return known !== undefined && known !== fingerprint
    })
  }

  return (entries) => {
    const index = mismatchIn(entries)
    return index < 0 ? { kind: 'stored', results: entries.map(append) } : { kind: 'mismatch', index }
  }
}

function prepareIdempotency(db: Database) {
  const forgetExpired = db.prepare<[number]>(FORGET_EXPIRED)
  const find = db.prepare<[string, string], { fingerprint: string; eventId: EventId }>(FIND_KEY)
  const keep = db.prepare<KeptKey>(KEEP_KEY)
  return {
    find(projectId: string, key: string, now: number) {
      forgetExpired.run(now)
      return find.get(projectId, key)
    },
    keep: (kept: KeptKey) => void keep.run(kept),
  }
}

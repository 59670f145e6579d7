import { inDatabase } from '#test/faults/read-books.ts'

/** A request as the local server got it. */
export interface Receipt {
  /** Of the event at the subscriber. */
  eventId: string
  body: string
}

export interface Ledger {
  /** Events of the relay's source. */
  captured: number
  /** Of them at the subscriber. */
  relayed: number
  received: number
  /** Requests beyond the first of an event. */
  repeated: number
  /** Events that the relay sent more than once, by cause. */
  sentAgain: Readonly<Record<string, number>>
  /** Attempts that did not succeed, by outcome: why a request may have been repeated. */
  attemptsAgain: Readonly<Record<string, number>>
  lost: readonly string[]
  /** Places at which an event came before one that was captured earlier. */
  misordered: readonly string[]
  /** Repeats without a recorded cause. */
  unexplained: readonly string[]
  /** Bodies that are not those that were captured. */
  changed: readonly string[]
}

interface Relayed {
  id: string
  remoteId: string
  attempts: number
}

const CAPTURED = `
  SELECT e.id, CAST(b.bytes AS TEXT) AS body FROM events e JOIN sources s ON s.key = e.source_key
    JOIN bodies b ON b.key = e.body_key
  WHERE s.slug = 'shop' ORDER BY e.key`
const SENT_AGAIN = `SELECT cause, sum(count) AS count FROM subscription_repeats GROUP BY cause`
const RELAYED = `
  SELECT e.id, r.remote_id AS remoteId,
    (SELECT count(*) FROM attempts a JOIN deliveries d ON d.key = a.delivery_key WHERE d.event_key = e.key) AS attempts
  FROM relayed_events r JOIN events e ON e.key = r.event_key ORDER BY e.key`
const UNEXPLAINED_SENDS = `SELECT remote_id FROM relayed_events WHERE sends > 1 AND cause IS NULL`
const ATTEMPTS_AGAIN = `SELECT outcome, count(*) AS count FROM attempts WHERE outcome <> 'succeeded' GROUP BY outcome`

/** Counts what the relay holds against what the subscriber holds and what the local server got. Nothing may run on either. */
export function readLedger(places: { relay: string; laptop: string }, receipts: readonly Receipt[]): Ledger {
  const { captured, sentAgain } = inDatabase(places.relay, (db) => ({
    captured: db.prepare<[], { id: string; body: string }>(CAPTURED).all(),
    sentAgain: counted(db.prepare<[], { cause: string; count: number }>(SENT_AGAIN).all(), 'cause'),
  }))
  const { relayed, unexplainedSends, attemptsAgain } = inDatabase(places.laptop, (db) => ({
    relayed: db.prepare<[], Relayed>(RELAYED).all(),
    unexplainedSends: db.prepare<[], string>(UNEXPLAINED_SENDS).pluck().all(),
    attemptsAgain: counted(db.prepare<[], { outcome: string; count: number }>(ATTEMPTS_AGAIN).all(), 'outcome'),
  }))
  const placeOf = new Map(captured.map(({ id }, place) => [id, place]))
  const remoteOf = new Map(relayed.map(({ id, remoteId }) => [id, remoteId]))
  const bodyOf = new Map(captured.map(({ id, body }) => [id, body]))
  const counts = new Map<string, number>()
  for (const { eventId } of receipts) counts.set(eventId, (counts.get(eventId) ?? 0) + 1)
  const arrived = new Set(receipts.map(({ eventId }) => remoteOf.get(eventId)))
  const remoteIds = receipts.map(({ eventId }) => remoteOf.get(eventId) ?? '')

  return {
    captured: captured.length,
    relayed: relayed.length,
    received: receipts.length,
    repeated: receipts.length - counts.size,
    sentAgain,
    attemptsAgain,
    lost: captured.map(({ id }) => id).filter((id) => !arrived.has(id)),
    misordered: [
      ...outOfOrder(
        relayed.map(({ remoteId }) => remoteId),
        placeOf,
      ),
      ...outOfOrder(remoteIds, placeOf),
    ],
    unexplained: [
      ...unexplainedSends,
      ...relayed.filter(({ id, attempts }) => (counts.get(id) ?? 0) > attempts).map(({ id }) => id),
    ],
    changed: receipts
      .filter(({ eventId, body }) => bodyOf.get(remoteOf.get(eventId) ?? '') !== body)
      .map(({ eventId }) => eventId),
  }
}

/** A repeat may only be of what came last. */
function outOfOrder(ids: readonly string[], placeOf: ReadonlyMap<string, number>): string[] {
  let last = -1
  return ids.flatMap((id) => {
    const place = placeOf.get(id) ?? -1
    const isBehind = place < last
    last = Math.max(last, place)
    return isBehind ? [`${id} at ${place} after ${last}`] : []
  })
}

function counted<K extends string>(rows: readonly (Record<K, string> & { count: number })[], key: K) {
  return Object.fromEntries(rows.map((row) => [row[key], row.count]))
}

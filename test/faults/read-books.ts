import { createHash } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Books, StoredAttempt, StoredDelivery } from './accounting.ts'

const BODIES = `SELECT e.id, b.key, b.bytes FROM events e JOIN bodies b ON b.key = e.body_key`
const CHUNKS = `SELECT bytes FROM body_chunks WHERE body_key = ? ORDER BY number`

const DELIVERIES = `
  SELECT d.id, e.id AS eventId, n.id AS endpointId, r.id AS replayId, d.state, d.attempts
  FROM deliveries d JOIN events e ON e.key = d.event_key
    LEFT JOIN endpoints n ON n.key = d.endpoint_key LEFT JOIN replays r ON r.key = d.replay_key`

const ATTEMPTS = `
  SELECT d.id AS deliveryId, a.number, a.trigger, a.outcome, a.status, a.failure ->> '$.code' AS failureCode
  FROM attempts a JOIN deliveries d ON d.key = a.delivery_key`

export function databaseIn(directory: string): string {
  return join(directory, 'hookloop.db')
}

/** What stands in the database of a data directory, whether a relay runs on it or not. */
export function readBooks(directory: string): Books {
  return inDatabase(directory, (db) => {
    const chunks = db.prepare<[number], Uint8Array>(CHUNKS).pluck()
    const bodies = db.prepare<[], { id: string; key: number; bytes: Uint8Array }>(BODIES)
    return {
      events: bodies.all().map(({ id, key, bytes }) => {
        const hash = createHash('sha256').update(bytes)
        for (const chunk of chunks.all(key)) hash.update(chunk)
        return { id, bodySha256: hash.digest('hex') }
      }),
      deliveries: db.prepare<[], StoredDelivery>(DELIVERIES).all(),
      attempts: db.prepare<[], StoredAttempt>(ATTEMPTS).all(),
    }
  })
}

/** `ok`, or what SQLite finds wrong. */
export function integrityOf(directory: string): string {
  return inDatabase(directory, (db) => {
    const strays = db.pragma('foreign_key_check') as unknown[]
    if (strays.length > 0) return `${strays.length} rows point nowhere`
    return db.pragma('integrity_check', { simple: true }) as string
  })
}

/** One row or value of the database, for what a test asks beside the books. */
export function inDatabase<T>(directory: string, work: (db: Database.Database) => T): T {
  const db = new Database(databaseIn(directory), { fileMustExist: true })
  try {
    return work(db)
  } finally {
    db.close()
  }
}

// What an attempt takes of the disk, with all its indexes, beside the bytes that stand in it.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { settled } from '#test/faults/settled.ts'
import { startRelay } from '#test/support/relay-process.ts'
import { startBenchReceiver } from '../../receiver.ts'
import type { Measured } from '../figure.ts'
import { inScratchFolder } from '../scratch.ts'

const EVENTS = 3_000
const LANES = 16
const REACH = 1.5
/** What SQLite needs at most for a number. */
const NUMBER_BYTES = 8

export function measure(): Promise<Measured> {
  return inScratchFolder(async (folder) => {
    const receiver = await startBenchReceiver()
    const relay = await startRelay(join(folder, 'data'))
    const { reached } = receiver.count(EVENTS)
    await relay.call('POST', '/endpoints', { name: 'Endpoint', url: receiver.url, eventTypes: ['order.paid'] })
    let left = EVENTS
    const lane = async (): Promise<void> => {
      while (left-- > 0)
        await relay.call('POST', '/events', { type: 'order.paid', data: { left, text: 'x'.repeat(900) } })
    }
    await Promise.all(Array.from({ length: LANES }, lane))
    await reached
    await settled(relay)
    await relay.stop()
    await receiver.close()
    const { stored, content, attempts } = weigh(join(folder, 'data', 'hookloop.db'))
    const value = stored / content
    const each = (bytes: number) => Math.round(bytes / attempts)
    return {
      figures: [
        {
          name: 'Disk for an attempt',
          against: 'the bytes of its content',
          value,
          result: `${value.toFixed(2)}× (${each(stored)} of ${each(content)} bytes)`,
          reach: REACH,
          bound: 'most',
          unit: 'times',
        },
      ],
    }
  })
}

/** Pages of attempts and their indexes, and what their columns hold; a body belongs to its event and is stored once. */
function weigh(path: string): { stored: number; content: number; attempts: number } {
  const db = new Database(path)
  db.pragma('wal_checkpoint(TRUNCATE)')
  const stored = db
    .prepare<[], number>(
      `SELECT sum(pgsize) FROM dbstat
       WHERE name IN (SELECT name FROM sqlite_schema WHERE tbl_name = 'attempts')`,
    )
    .pluck()
    .get()!
  const columns = db.prepare<[], string>(`SELECT name FROM pragma_table_info('attempts')`).pluck().all()
  const size = (column: string) =>
    `CASE typeof(${column}) WHEN 'null' THEN 0 WHEN 'integer' THEN ${NUMBER_BYTES} WHEN 'real' THEN ${NUMBER_BYTES}
     ELSE octet_length(${column}) END`
  const sum = columns.map(size).join(' + ')
  const { content, attempts } = db
    .prepare<[], { content: number; attempts: number }>(
      `SELECT sum(${sum}) AS content, count(*) AS attempts FROM attempts`,
    )
    .get()!
  db.close()
  return { stored, content, attempts }
}

import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Pool } from 'undici'
import { expect, it, onTestFinished } from 'vitest'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { tempDirectory } from '#test/storage/temp-directory.ts'
import { silentLog } from '#test/support/silent-log.ts'
import { startCaptureRig } from './capture-rig.ts'

const CAPTURES = 1_000
const CONNECTIONS = 50

it('CP20 has each of 1,000 captures of 4 KiB in the database file before its sender hears 2xx', async () => {
  const path = join(tempDirectory(), 'captured.db')
  const rig = await startCaptureRig({ parts: { store: openSqliteStore({ path, log: silentLog }) } })
  const reader = new Database(path, { readonly: true })
  const pool = new Pool(`http://127.0.0.1:${rig.port}`, { connections: CONNECTIONS })
  onTestFinished(async () => {
    await pool.close()
    reader.close()
    await rig.stop()
  })
  // A second connection to the file sees what is committed, and nothing else.
  const isCommitted = reader.prepare<[string], number>('SELECT count(*) FROM events WHERE id = ?').pluck()
  const statuses = new Set<number>()
  let committed = 0
  let left = CAPTURES
  const lane = async () => {
    while (left-- > 0) {
      const body = Buffer.alloc(4_096, `${left};`)
      const answer = await pool.request({ method: 'POST', path: '/in/inbox', body })
      statuses.add(answer.statusCode)
      committed += isCommitted.get(String(answer.headers['hookloop-event']))!
      await answer.body.dump()
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, lane))
  expect([...statuses]).toEqual([200])
  expect(committed).toBe(CAPTURES)
})

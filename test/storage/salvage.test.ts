import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openDatabase } from '#main/adapters/sqlite/opening/open-database.ts'
import {
  DatabaseDamagedError,
  DatabaseUnusableError,
  LogMissingError,
} from '#main/adapters/sqlite/opening/open-errors.ts'
import { salvage } from '#main/adapters/sqlite/salvage.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { tempDirectory } from './temp-directory.ts'

const EVENTS = 400
const log = createFakeLog()

async function filled(): Promise<string> {
  const path = join(tempDirectory(), 'hookloop.db')
  const store = openSqliteStore({ path, log })
  const { addEvent, addEndpoint } = await createWorld(store)
  const to = [await addEndpoint()]
  for (let index = 0; index < EVENTS; index++) await addEvent({ to, body: new Uint8Array(1_500).fill(index) })
  await store.close()
  return path
}

/** Overwrites the page on which an event of the middle stands. */
function damageEvents(path: string): void {
  const bytes = readFileSync(path)
  const db = new Database(path, { readonly: true })
  const id = db
    .prepare('SELECT id FROM events WHERE key = ?')
    .pluck()
    .get(EVENTS / 2) as string
  const leaves = db.prepare(`SELECT pageno FROM dbstat WHERE name = 'events' AND pagetype = 'leaf'`).pluck().all()
  db.close()
  const starts = (leaves as number[]).map((page) => (page - 1) * 4_096)
  const start = starts.find((at) => bytes.subarray(at, at + 4_096).includes(id))!
  writeFileSync(path, bytes.fill(0xa5, start, start + 4_096))
}

function opened(path: string): number {
  const db = openDatabase({ path, log })
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.pragma('foreign_key_check')).toEqual([])
  const count = db.prepare('SELECT count(*) FROM events').pluck().get() as number
  db.close()
  return count
}

describe('A damaged database', () => {
  it('EN12 is salvaged into a new file, all but what the damaged page held, and stays as it is', async () => {
    const path = await filled()
    damageEvents(path)
    expect(() => openDatabase({ path, log })).toThrow(DatabaseDamagedError)
    expect(() => openDatabase({ path, log })).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('hookloop salvage') }),
    )
    const before = readFileSync(path)

    const to = `${path}.salvaged`
    const { readable, of } = salvage({ path, to })
    expect(of).toBe(EVENTS)
    expect(readable).toBeLessThan(EVENTS)
    expect(readable).toBeGreaterThan(EVENTS / 2)
    expect(opened(to)).toBe(readable)
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(readdirSync(dirname(path)).filter((name) => name.includes('reading'))).toEqual([])
  })

  it('EN12 that was cut short gives up what its first half holds', async () => {
    const path = await filled()
    truncateSync(path, Math.floor(readFileSync(path).length / 2 / 4_096) * 4_096)
    const to = `${path}.salvaged`
    const { readable } = salvage({ path, to })
    expect(readable).toBeGreaterThan(0)
    expect(opened(to)).toBe(readable)
  })

  it('EN12 that is whole loses nothing by salvage, its log included', async () => {
    const path = join(tempDirectory(), 'hookloop.db')
    const store = openSqliteStore({ path, log })
    const { addEvent } = await createWorld(store)
    for (let index = 0; index < EVENTS; index++) await addEvent({ body: new Uint8Array(100).fill(index) })
    const left = join(tempDirectory(), 'hookloop.db')
    for (const part of ['', '-wal']) copyFileSync(path + part, left + part)
    await store.close()
    expect(salvage({ path: left, to: `${left}.salvaged` })).toMatchObject({ readable: EVENTS, of: EVENTS })
  })

  it.each([
    ['is empty', (path: string) => truncateSync(path, 0)],
    ['is garbage', (path: string) => writeFileSync(path, 'garbage '.repeat(2_000))],
  ])('EN12 that %s is told to hold nothing, and no new file is left', async (_what, damage) => {
    const path = await filled()
    damage(path)
    expect(() => salvage({ path, to: `${path}.salvaged` })).toThrow(DatabaseDamagedError)
    expect(readdirSync(dirname(path))).toEqual(['hookloop.db'])
  })

  it('never salvages over a file that is there', async () => {
    const path = await filled()
    expect(() => salvage({ path, to: path })).toThrow(DatabaseUnusableError)
    expect(opened(path)).toBe(EVENTS)
  })

  it('EN12 is not opened without the log that was taken away from it', async () => {
    const path = await filled()
    const db = openDatabase({ path, log })
    db.exec(`INSERT INTO settings VALUES ('a', 'b', '1')`)
    const parts = ['', '-wal', '-shm'].map((part) => [path + part, readFileSync(path + part)] as const)
    db.close()
    for (const [part, bytes] of parts) writeFileSync(part, bytes)
    rmSync(`${path}-wal`)

    expect(() => openDatabase({ path, log })).toThrow(LogMissingError)
    expect(existsSync(`${path}-wal`)).toBe(false)
    expect(readFileSync(path).equals(parts[0]![1])).toBe(true)

    writeFileSync(...parts[1]!)
    const again = openDatabase({ path, log })
    expect(again.prepare('SELECT count(*) FROM settings').pluck().get()).toBe(1)
    again.close()
  })
})

import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createConnection } from '#main/adapters/sqlite/connection.ts'
import { openDatabase } from '#main/adapters/sqlite/opening/open-database.ts'
import { createThreadCheckpoints } from '#main/adapters/sqlite/writing/checkpoints.ts'
import { checkpointThreadFile } from '#main/compose/installation.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { tempDirectory } from './temp-directory.ts'

const PAGE = 4_096

/** A database to which rows of a page are added, 100 by a commit, one commit after the other. */
function setUp(program = checkpointThreadFile()) {
  const path = join(tempDirectory(), 'hookloop.db')
  const log = createFakeLog()
  const db = openDatabase({ path, log })
  db.exec('CREATE TABLE notes (number INTEGER PRIMARY KEY, text BLOB NOT NULL)')
  const connection = createConnection(db, log, { checkpoints: createThreadCheckpoints({ program, path }) })
  onTestFinished(() => connection.close())
  const insert = db.prepare('INSERT INTO notes (text) VALUES (?)')
  const text = Buffer.alloc(PAGE)
  return {
    path,
    db,
    connection,
    logBytes: () => statSync(`${path}-wal`).size,
    add: () =>
      connection.write(() => {
        for (let row = 0; row < 100; row++) insert.run(text)
      }),
    count: () => db.prepare('SELECT count(*) FROM notes').pluck().get(),
  }
}

describe('checkpoints on another thread', () => {
  it('EN15 keep the log short while commits go on without a rest, and lose nothing', async () => {
    const { path, db, add, count, connection, logBytes } = setUp()
    let commits = 0
    // A log that never began anew would hold every page.
    while (commits < 40 || logBytes() > commits * 100 * PAGE * 0.5) {
      await add()
      commits += 1
    }
    expect(count()).toBe(commits * 100)
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    await connection.close()
    const again = new Database(path)
    onTestFinished(() => void again.close())
    expect(again.prepare('SELECT count(*) FROM notes').pluck().get()).toBe(commits * 100)
  })

  it('EN15 leave it to the database itself where their thread ends at once', async () => {
    const broken = join(tempDirectory(), 'broken.mjs')
    writeFileSync(broken, 'process.exit(1)')
    const { add, count, path } = setUp(broken)
    for (let commit = 0; commit < 170; commit++) await add()
    expect(count()).toBe(17_000)
    expect(statSync(path).size).toBeGreaterThan(10_000 * PAGE)
  })

  it('EN15 go on beside a read that holds on to an old state, and wait with no commit for its end', async () => {
    const { path, add, count } = setUp()
    await add()
    const reader = new Database(path, { readonly: true })
    onTestFinished(() => void reader.close())
    const rows = reader.prepare('SELECT number FROM notes').iterate()
    rows.next()
    for (let commit = 0; commit < 80; commit++) await add()
    expect(count()).toBe(8_100)
    rows.return?.()
  })
})

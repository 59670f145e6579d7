import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLogFlush } from '#main/adapters/sqlite/writing/log-flush.ts'
import { tempDirectory } from './temp-directory.ts'

function setUp() {
  const path = join(tempDirectory(), 'test.db')
  const flush = createLogFlush(path)
  onTestFinished(() => flush.close())
  return { path, flush, begin: () => new Promise<Error | null>((resolve) => flush.begin(resolve)) }
}

describe('Flushing the log', () => {
  it('CAP-2 succeeds on the log of an open database, waiting or not', async () => {
    const { path, flush, begin } = setUp()
    const db = new Database(path)
    onTestFinished(() => void db.close())
    db.pragma('journal_mode = WAL')
    db.exec('CREATE TABLE notes (text TEXT)')
    expect(await begin()).toBeNull()
    expect(() => flush.now()).not.toThrow()
  })

  it('has nothing to do before the first commit made a log', async () => {
    const { flush, begin } = setUp()
    expect(await begin()).toBeNull()
    expect(() => flush.now()).not.toThrow()
  })

  it('CAP-2 says so where the log cannot be flushed, and tries anew the next time', async () => {
    const { path, flush, begin } = setUp()
    mkdirSync(`${path}-wal`)
    expect(await begin()).toMatchObject({ code: 'EISDIR' })
    expect(() => flush.now()).toThrow('EISDIR')
    rmSync(`${path}-wal`, { recursive: true })
    expect(await begin()).toBeNull()
  })
})

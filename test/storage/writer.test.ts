import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { LogFlush } from '#main/adapters/sqlite/writing/log-flush.ts'
import { createWriter } from '#main/adapters/sqlite/writing/writer.ts'
import { StoreUnavailableError } from '#main/engine/ports.ts'
import { settle } from '#test/support/fake-clock.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { tempDirectory } from './temp-directory.ts'

/** A disk whose every flush lasts until the test ends it. */
function createSlowDisk() {
  const running: ((error: Error | null) => void)[] = []
  let count = 0
  return {
    begin(done: (error: Error | null) => void) {
      count += 1
      running.push(done)
    },
    now() {},
    close() {},
    flushes: () => count,
    finish: (error: Error | null = null) => running.shift()!(error),
  }
}

function setUp(disk?: LogFlush) {
  const path = join(tempDirectory(), 'test.db')
  const statements: string[] = []
  const db = new Database(path, { timeout: 0, verbose: (sql) => statements.push(String(sql)) })
  onTestFinished(() => void db.close())
  db.pragma('journal_mode = WAL')
  db.exec('CREATE TABLE notes (text TEXT NOT NULL UNIQUE)')
  const log = createFakeLog()
  const writer = createWriter(db, log, { disk })
  const insert = db.prepare('INSERT INTO notes (text) VALUES (?)')
  const notes = () => db.prepare('SELECT text FROM notes ORDER BY rowid').pluck().all()
  const commits = () => statements.filter((sql) => sql === 'COMMIT').length
  return {
    path,
    db,
    log,
    writer,
    notes,
    commits,
    add: (text: string | null) => writer.write(() => insert.run(text).changes),
  }
}

describe('The writer', () => {
  it('commits what arrives together once, and then acknowledges all', async () => {
    const { add, notes, commits } = setUp()
    await Promise.all(Array.from({ length: 50 }, (_, index) => add(`note ${index}`)))
    expect(notes()).toHaveLength(50)
    expect(commits()).toBe(1)
  })

  it('commits what arrives while a commit runs by the next one', async () => {
    const { add, notes, commits } = setUp()
    await Promise.all([add('a'), add('b').then(() => Promise.all([add('c'), add('d')]))])
    expect(notes()).toEqual(['a', 'b', 'c', 'd'])
    expect(commits()).toBe(2)
  })

  it('CAP-2 acknowledges only once the disk has it, while the next writes are committed already', async () => {
    const disk = createSlowDisk()
    const { add, notes } = setUp(disk)
    const told: string[] = []
    const note = (text: string) => add(text).then(() => told.push(text))
    const all = [note('a')]
    await settle()
    all.push(note('b'), note('c'))
    await settle()
    expect(notes()).toEqual(['a', 'b', 'c'])
    expect(told).toEqual([])
    disk.finish()
    await settle()
    expect(told).toEqual(['a'])
    disk.finish()
    await Promise.all(all)
    expect(told).toEqual(['a', 'b', 'c'])
    expect(disk.flushes()).toBe(2)
  })

  it('CAP-2 does without the disk where all writes of a commit do, but never overtakes one that waits for it', async () => {
    const disk = createSlowDisk()
    const { writer, add } = setUp(disk)
    const told: string[] = []
    const claim = (name: string) => writer.write(() => {}, { flushed: false }).then(() => told.push(name))
    await claim('first')
    expect(disk.flushes()).toBe(0)
    const flushed = add('a').then(() => told.push('a'))
    await settle()
    const second = claim('second')
    await settle()
    expect(told).toEqual(['first'])
    disk.finish()
    await Promise.all([flushed, second])
    expect(told).toEqual(['first', 'a', 'second'])
    expect(disk.flushes()).toBe(1)
  })

  it('CAP-2 acknowledges nothing that the disk would not take', async () => {
    const disk = createSlowDisk()
    const { add, log } = setUp(disk)
    const refused = add('a').catch((error: unknown) => error)
    await settle()
    disk.finish(new Error('EIO'))
    expect(await refused).toEqual(new StoreUnavailableError('the disk reports an error'))
    expect(log.lines).toMatchObject([{ level: 'error', fields: { reason: 'the disk reports an error' } }])
    const next = add('b')
    await settle()
    disk.finish()
    await next
  })

  it('never lets one bad write fail another', async () => {
    const { add, notes } = setUp()
    const ended = await Promise.allSettled([add('a'), add(null), add('b'), add('a'), add('c')])
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'])
    expect(notes()).toEqual(['a', 'b', 'c'])
  })

  it('keeps nothing of a write that throws halfway', async () => {
    const { db, writer, notes } = setUp()
    const broken = writer.write(() => {
      db.prepare(`INSERT INTO notes VALUES ('half')`).run()
      throw new Error('a bug')
    })
    await expect(broken).rejects.toThrow('a bug')
    expect(notes()).toEqual([])
  })

  it('acknowledges nothing that its commit did not keep', async () => {
    const { db, writer, add, notes } = setUp()
    db.pragma('foreign_keys = ON')
    db.exec('CREATE TABLE links (note TEXT REFERENCES notes (text) DEFERRABLE INITIALLY DEFERRED)')
    const dangling = writer.write(() => db.prepare(`INSERT INTO links VALUES ('none')`).run())
    const good = add('a')
    await expect(dangling).rejects.toThrow('FOREIGN KEY')
    await good
    expect(notes()).toEqual(['a'])
  })

  it('EN10 waits for another program that holds the database, without blocking', async () => {
    const { path, add, notes } = setUp()
    const other = new Database(path)
    onTestFinished(() => void other.close())
    other.exec('BEGIN IMMEDIATE')
    const writes = Promise.all([add('a'), add('b')])
    await settle()
    other.exec('COMMIT')
    await writes
    expect(notes()).toEqual(['a', 'b'])
  })

  it('EN10 goes on waiting while it is held for thirty seconds, and gives up with a reason after forty', async () => {
    const { path, add, notes, log } = setUp()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const other = new Database(path)
    onTestFinished(() => void other.close())
    const pass = async (seconds: number) => {
      for (let tries = 0; tries < seconds * 20; tries++) {
        await settle(1)
        vi.advanceTimersByTime(50)
      }
    }
    other.exec('BEGIN IMMEDIATE')
    const patient = add('a')
    await pass(30)
    expect(notes()).toEqual([])
    other.exec('COMMIT')
    await pass(1)
    await patient
    expect(notes()).toEqual(['a'])

    other.exec('BEGIN IMMEDIATE')
    const refused = add('b').catch((error: unknown) => error)
    await pass(41)
    expect(await refused).toEqual(new StoreUnavailableError('another program holds the database'))
    expect(log.lines).toMatchObject([{ level: 'error', fields: { reason: 'another program holds the database' } }])
  })

  it('EN09 says that the disk is full, keeps nothing, and goes on when there is space', async () => {
    const { db, add, notes, log } = setUp()
    await add('before')
    db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true }) as number}`)
    await expect(add('x'.repeat(100_000))).rejects.toEqual(new StoreUnavailableError('the disk is full'))
    expect(log.lines).toMatchObject([{ level: 'error', fields: { reason: 'the disk is full' } }])
    db.pragma('max_page_count = 100000')
    await add('after')
    expect(notes()).toEqual(['before', 'after'])
  })

  it('EN11 says that the database may not be written', async () => {
    const { db, add, notes } = setUp()
    db.pragma('query_only = ON')
    await expect(add('a')).rejects.toThrow(StoreUnavailableError)
    expect(notes()).toEqual([])
  })

  it('commits what is queued when it is closed, and takes no more', async () => {
    const { add, writer, notes } = setUp()
    const queued = [add('a'), add('b')]
    writer.close()
    await Promise.all(queued)
    expect(notes()).toEqual(['a', 'b'])
    await expect(add('c')).rejects.toThrow(new StoreUnavailableError('the database is closed'))
  })

  it('fails what is queued when it is closed while another program holds the database', async () => {
    const { path, add, writer } = setUp()
    const other = new Database(path)
    onTestFinished(() => void other.close())
    other.exec('BEGIN IMMEDIATE')
    const queued = add('a')
    writer.close()
    await expect(queued).rejects.toThrow('another program holds the database')
  })
})

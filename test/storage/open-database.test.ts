import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { blankConfig } from '#main/engine/endpoints/endpoint-config.ts'
import { MIGRATIONS } from '#main/adapters/sqlite/migrations/index.ts'
import { APPLICATION_ID } from '#main/adapters/sqlite/opening/inspect-file.ts'
import { SCHEMA_VERSION } from '#main/adapters/sqlite/opening/migrate.ts'
import { openDatabase } from '#main/adapters/sqlite/opening/open-database.ts'
import {
  DatabaseDamagedError,
  DatabaseUnusableError,
  ForeignDatabaseError,
  NewerDatabaseError,
} from '#main/adapters/sqlite/opening/open-errors.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { newEvent } from '#test/conformance/store/records.ts'
import { createWorld } from '#test/conformance/store/world.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { tempDirectory } from './temp-directory.ts'

const log = createFakeLog()
const newPath = () => join(tempDirectory(), 'data', 'hookloop.db')
const setting = (db: Database.Database, name: string) => db.pragma(name, { simple: true })

/** A database with some events in it, closed. */
async function filledDatabase(): Promise<string> {
  const path = newPath()
  const store = openSqliteStore({ path, log })
  const { addEvent } = await createWorld(store)
  for (let index = 0; index < 20; index++) await addEvent({ body: new Uint8Array(5_000).fill(index) })
  await store.close()
  return path
}

function change(path: string, sql: string): void {
  const db = new Database(path)
  db.exec(sql)
  db.close()
}

/** Opens what cannot be opened; answers the error, having checked that no byte changed. */
function refusal(path: string): unknown {
  const before = readFileSync(path)
  const error = thrownBy(() => openDatabase({ path, log }).close())
  expect(readFileSync(path).equals(before)).toBe(true)
  return error
}

function thrownBy(step: () => void): unknown {
  try {
    step()
  } catch (error) {
    return error
  }
  throw new Error('it opened')
}

describe('Opening the database', () => {
  it('CAP-2 makes it durable: write-ahead log, full synchronisation, foreign keys', () => {
    const db = openDatabase({ path: newPath(), log })
    expect(setting(db, 'journal_mode')).toBe('wal')
    expect(setting(db, 'synchronous')).toBe(2)
    expect(setting(db, 'foreign_keys')).toBe(1)
    expect(setting(db, 'trusted_schema')).toBe(0)
    db.close()
  })

  it('DA11 makes the directory and its files for their owner only', () => {
    const path = newPath()
    const db = openDatabase({ path, log })
    db.exec(`INSERT INTO settings VALUES ('a', 'b', '1')`)
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700)
    for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(file).mode & 0o777).toBe(0o600)
    db.close()
  })

  it('makes the whole schema in a new file, and leaves it alone the next time', () => {
    const path = newPath()
    openDatabase({ path, log }).close()
    const db = openDatabase({ path, log })
    expect(setting(db, 'user_version')).toBe(SCHEMA_VERSION)
    expect(setting(db, 'application_id')).toBe(APPLICATION_ID)
    expect(db.prepare('SELECT count(*) FROM schema_migrations').pluck().get()).toBe(SCHEMA_VERSION)
    expect(setting(db, 'integrity_check')).toBe('ok')
    db.close()
    expect(readdirSync(join(path, '..'))).toEqual(['hookloop.db'])
  })

  it('DA07 begins again where an earlier first start was cut off', () => {
    const path = newPath()
    mkdirSync(join(path, '..'))
    writeFileSync(`${path}.new`, 'half a file')
    openDatabase({ path, log }).close()
    expect(existsSync(`${path}.new`)).toBe(false)
  })

  it('SEC-6 keeps a whole copy before it upgrades an older database', () => {
    const path = newPath()
    mkdirSync(join(path, '..'))
    change(path, `PRAGMA application_id = ${APPLICATION_ID}; CREATE TABLE old (text); INSERT INTO old VALUES ('kept')`)
    const db = openDatabase({ path, log: createFakeLog() })
    expect(setting(db, 'user_version')).toBe(SCHEMA_VERSION)
    db.close()
    const [copy] = readdirSync(join(path, '..')).filter((name) => name.includes('.schema-0.'))
    expect(statSync(join(path, '..', copy!)).mode & 0o777).toBe(0o600)
    const old = new Database(join(path, '..', copy!), { readonly: true })
    expect(setting(old, 'user_version')).toBe(0)
    expect(old.prepare('SELECT text FROM old').pluck().all()).toEqual(['kept'])
    old.close()
  })

  it('SEC-6 CAP-7 gives the sources of an older database a key for pages and any origin', async () => {
    const path = newPath()
    mkdirSync(join(path, '..'))
    const older = MIGRATIONS.slice(0, 2)
    const applied = `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${older.length};`
    const answer = JSON.stringify({ status: 202, headers: [], body: '', delayMs: 0 })
    const rows = ['one', 'two'].map(
      (slug) => `INSERT INTO sources (id, project_key, slug, name, answer, body_limit_bytes, created_at)
        VALUES ('src_${slug}', 1, '${slug}', '${slug}', '${answer}', 1, 0);`,
    )
    const project = `INSERT INTO projects VALUES (1, 'prj_1', 'default', 'Default', 1, NULL, 0);`
    change(path, [...older.map(({ sql }) => sql), applied, project, ...rows].join('\n'))
    const store = openSqliteStore({ path, log: createFakeLog() })
    const sources = await store.sources.list()
    await store.close()
    expect(sources.map(({ slug, allowedOrigins }) => [slug, allowedOrigins])).toEqual([
      ['one', ['*']],
      ['two', ['*']],
    ])
    expect(sources[0]!.answer).toMatchObject({ status: 202 })
    for (const { ingestKey } of sources) expect(ingestKey).toMatch(/^ing_[0-9a-f]{32}$/)
    expect(sources[0]!.ingestKey).not.toBe(sources[1]!.ingestKey)
  })

  it('SEC-6 OPS-1 OPS-6 gives the projects of an older database a site, and its versions a watch period', async () => {
    const path = newPath()
    mkdirSync(join(path, '..'))
    const older = MIGRATIONS.slice(0, 2)
    const applied = `PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${older.length};`
    const projects = [1, 2].map(
      (key) => `INSERT INTO projects VALUES (${key}, 'prj_${key}', 'p${key}', '', 1, NULL, 0);`,
    )
    const { kind, settings, escalation, watchHours, role, ...config } = blankConfig()
    const endpoint = `
      INSERT INTO endpoints (key, id, project_key, version_key, state, consecutive_failures, created_at)
      VALUES (1, 'end_1', 1, NULL, 'active', 0, 0);
      INSERT INTO endpoint_versions VALUES (1, 'ver_1', 1, 1, 1, '${JSON.stringify(config)}', 'ana', 0);
      UPDATE endpoints SET version_key = 1;`
    change(path, [...older.map(({ sql }) => sql), applied, ...projects, endpoint].join('\n'))
    const store = openSqliteStore({ path, log: createFakeLog() })
    const sites = (await store.projects.list()).map(({ siteId }) => siteId)
    const [migrated] = await store.endpoints.list()
    await store.close()
    for (const site of sites)
      expect(site).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(new Set(sites).size).toBe(2)
    expect(migrated!.version.config).toMatchObject({ kind, settings, escalation, watchHours, role })
  })

  it('DA08 refuses a newer database politely and changes nothing', async () => {
    const path = await filledDatabase()
    change(path, `PRAGMA user_version = ${SCHEMA_VERSION + 7}`)
    const error = refusal(path)
    expect(error).toBeInstanceOf(NewerDatabaseError)
    expect(error).toMatchObject({
      message: expect.stringContaining(`schema ${SCHEMA_VERSION + 7}`),
      hint: expect.stringContaining('Update'),
    })
  })

  it('refuses the database of another program', () => {
    const path = join(tempDirectory(), 'other.db')
    change(path, 'CREATE TABLE theirs (a)')
    expect(refusal(path)).toBeInstanceOf(ForeignDatabaseError)
  })

  it.each([
    ['an empty file', (path: string) => truncateSync(path, 0)],
    ['a file cut in the middle', (path: string) => truncateSync(path, 40_960)],
    ['a file of garbage', (path: string) => writeFileSync(path, 'garbage '.repeat(2_000))],
    ['a file with a page overwritten', (path: string) => overwrite(path, 3 * 4_096, 4_096)],
  ])('EN12 refuses %s, says so and leaves it as it is', async (_what, damage) => {
    const path = await filledDatabase()
    damage(path)
    const error = refusal(path)
    expect(error).toBeInstanceOf(DatabaseDamagedError)
    expect(error).toMatchObject({ message: expect.stringContaining(path), hint: expect.stringContaining('copy') })
  })

  it('EN12 opens a database beside which lies a log of garbage', async () => {
    const path = await filledDatabase()
    writeFileSync(`${path}-wal`, 'garbage '.repeat(10_000))
    const store = openSqliteStore({ path, log })
    expect(await store.projects.list()).toHaveLength(1)
    await store.close()
  })

  it('SEC-3 closes to others a database that they could read', async () => {
    const path = await filledDatabase()
    chmodSync(path, 0o644)
    openDatabase({ path, log }).close()
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('EN12 makes no new database where only the log of an old one is left', async () => {
    const path = await filledDatabase()
    rmSync(path)
    writeFileSync(`${path}-wal`, 'frames')
    expect(() => openDatabase({ path, log })).toThrow(DatabaseDamagedError)
    expect(existsSync(path)).toBe(false)
    expect(readFileSync(`${path}-wal`, 'utf8')).toBe('frames')
  })

  it('EN11 names the path that cannot be made', () => {
    const file = join(tempDirectory(), 'file')
    writeFileSync(file, '')
    const opening = () => openDatabase({ path: join(file, 'hookloop.db'), log })
    expect(opening).toThrow(DatabaseUnusableError)
    expect(opening).toThrow(file)
  })
})

describe('The schema', () => {
  it('keeps one body for equal ones, counts its uses, and splits a long one', async () => {
    const path = newPath()
    const store = openSqliteStore({ path, log })
    const world = await createWorld(store)
    const body = new Uint8Array(2 * 1024 * 1024 + 1)
    await world.addEvent({ body })
    await world.addEvent({ body })
    await store.close()
    const db = new Database(path, { readonly: true })
    expect(db.prepare('SELECT reference_count, length(bytes) FROM bodies').raw().all()).toEqual([[2, 1024 * 1024]])
    expect(db.prepare('SELECT length(bytes) FROM body_chunks ORDER BY number').pluck().all()).toEqual([1024 * 1024, 1])
    db.close()
  })

  it('keeps events and endpoint versions as they were written', async () => {
    const path = newPath()
    const store = openSqliteStore({ path, log })
    const world = await createWorld(store)
    await world.addEvent({ to: [await world.addEndpoint()], event: newEvent(world.project.id, new Uint8Array()) })
    await store.close()
    expect(() => change(path, `UPDATE events SET type = 'other'`)).toThrow('events never change')
    expect(() => change(path, `UPDATE endpoint_versions SET actor = 'other'`)).toThrow('versions never change')
  })
})

function overwrite(path: string, start: number, length: number): void {
  writeFileSync(path, readFileSync(path).fill(0xa5, start, start + length))
}

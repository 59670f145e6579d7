import { copyFileSync, existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { MIGRATIONS } from '#main/adapters/sqlite/migrations/index.ts'
import { migrate, SCHEMA_VERSION } from '#main/adapters/sqlite/opening/migrate.ts'
import { openDatabase } from '#main/adapters/sqlite/opening/open-database.ts'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { createFakeLog } from '#test/support/fake-log.ts'
import { tempDirectory } from '../temp-directory.ts'
import { EVENTS, makeOlder } from './older-schema.ts'

const log = createFakeLog()
const OLDER = MIGRATIONS.map((_, index) => index + 1).slice(0, -1)

const count = (db: Database.Database, table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
const version = (db: Database.Database) => db.pragma('user_version', { simple: true })

function expectWhole(db: Database.Database): void {
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.pragma('foreign_key_check')).toEqual([])
  const counts = ['events', 'bodies', 'deliveries', 'attempts'].map((table) => count(db, table))
  expect(counts).toEqual([EVENTS, EVENTS, EVENTS, EVENTS])
}

/** Every object of the schema, so that two databases can be compared. */
function schemaOf(path: string): unknown[] {
  const db = new Database(path, { readonly: true })
  const names = db
    .prepare(`SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name`)
    .all()
  const columns = (db.pragma('table_list') as { name: string; type: string }[])
    .filter(({ type }) => type === 'table')
    .map(({ name }) => [
      name,
      (db.pragma(`table_xinfo(${name})`) as { name: string }[]).map((it) => it.name).toSorted(),
    ])
    .toSorted()
  db.close()
  return [names, columns]
}

describe('Migrations', () => {
  it.each(OLDER)(
    'DA07 SEC-6 bring schema %i up to date with all that is in it, and keep a whole copy',
    async (from) => {
      const path = join(tempDirectory(), 'hookloop.db')
      makeOlder(path, from)
      const store = openSqliteStore({ path, log })
      const [project] = await store.projects.list()
      expect(await store.events.count(project!.id)).toBe(EVENTS)
      expect((await store.endpoints.list()).map(({ version: { config } }) => config.name)).toEqual(['Orders'])
      expect(await store.deliveries.attempts('dlv_7' as never)).toMatchObject([{ outcome: 'succeeded' }])
      expect(await store.events.body('evt_7' as never)).toEqual(new Uint8Array(Buffer.alloc(3_000, '7 ')))
      await store.close()

      const [name] = readdirSync(dirname(path)).filter((file) => file.includes(`.schema-${from}.`))
      const copy = new Database(join(dirname(path), name!), { readonly: true })
      expect(version(copy)).toBe(from)
      expectWhole(copy)
      copy.close()
      const fresh = join(tempDirectory(), 'fresh.db')
      openDatabase({ path: fresh, log }).close()
      expect(schemaOf(path)).toEqual(schemaOf(fresh))
    },
  )

  it('DA07 leave nothing half done, at whichever statement the program is killed', () => {
    const folder = tempDirectory()
    const path = join(folder, 'hookloop.db')
    makeOlder(path, 1)
    const db = new Database(path)
    db.pragma('foreign_keys = ON')
    // What is in memory would hide what a kill leaves: little room makes it write while the transaction is open.
    db.pragma('cache_size = 4')
    db.pragma('cache_spill = 1')
    const before = schemaOf(path)
    let killed = 0
    const look = () => {
      const copy = join(folder, `killed-${(killed += 1)}.db`)
      lookAtWhatIsLeft(path, copy)
      expect(schemaOf(copy)).toEqual(before)
    }
    migrate(statementByStatement(db, look))
    expect(killed).toBeGreaterThan(40)
    expect(version(db)).toBe(SCHEMA_VERSION)
    expectWhole(db)
    db.close()
  })

  it('DA07 leave the older schema as it was where the disk is full midway, and succeed once it is not', () => {
    const path = join(tempDirectory(), 'hookloop.db')
    makeOlder(path, 1)
    const db = new Database(path)
    const pages = db.pragma('page_count', { simple: true }) as number
    for (const more of [0, 5, 20]) {
      db.pragma(`max_page_count = ${pages + more}`)
      expect(() => migrate(db)).toThrow('full')
      expect(version(db)).toBe(1)
      expectWhole(db)
    }
    db.close()
    openDatabase({ path, log }).close()
    const opened = new Database(path, { readonly: true })
    expect(version(opened)).toBe(SCHEMA_VERSION)
    expectWhole(opened)
    opened.close()
  })
})

/** Not the ones within a trigger, which are indented or end it. */
const STATEMENT_END = /;\s*\n(?!\s|END)/

/** The same database, whose scripts run one statement at a time with a look in between. */
function statementByStatement(db: Database.Database, look: () => void): Database.Database {
  const exec = (sql: string) => {
    for (const statement of sql.split(STATEMENT_END)) {
      if (statement.trim() === '') continue
      db.exec(statement)
      look()
    }
  }
  return new Proxy(db, {
    get: (target, name) => {
      if (name === 'exec') return exec
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}

/** The files as a kill at this moment leaves them, opened again. */
function lookAtWhatIsLeft(path: string, copy: string): void {
  for (const part of ['', '-wal']) if (existsSync(path + part)) copyFileSync(path + part, copy + part)
  const left = new Database(copy, { readonly: true })
  expect(version(left)).toBe(1)
  expectWhole(left)
  left.close()
}

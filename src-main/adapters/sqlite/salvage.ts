import { closeSync, copyFileSync, existsSync, openSync, readSync, rmSync, statSync, truncateSync } from 'node:fs'
import Database from 'better-sqlite3'
import { APPLICATION_ID, explained } from './opening/inspect-file.ts'
import { SCHEMA_VERSION } from './opening/migrate.ts'
import { makeDatabase } from './opening/open-database.ts'
import { DatabaseDamagedError, DatabaseUnusableError } from './opening/open-errors.ts'

export interface Salvaged {
  path: string
  /** Events in the new file. */
  readable: number
  /** Events that the damaged file had, as far as it still tells. */
  of: number
}

/** What the new file has of itself: its own schema, and what its triggers count as rows come. */
const MADE_ANEW: ReadonlySet<string> = new Set(['schema_migrations', 'project_counts'])

/** So many keys in a row whose page cannot be read end a table. */
const GIVE_UP_AFTER_KEYS = 20_000

/**
 * Copies what can be read of the damaged database at `path` into a new one at `to`, leaving the old one as it is. Rows
 * that lost what they belong to are left out. Throws `DatabaseOpenError` where nothing at all can be read.
 */
export function salvage({ path, to }: { path: string; to: string }): Salvaged {
  if (existsSync(to)) throw new DatabaseUnusableError(to, new Error('it exists already'))
  const work = `${to}.reading`
  try {
    for (const part of ['', '-wal']) if (existsSync(path + part)) copyFileSync(path + part, work + part)
    restoreLength(work)
    makeDatabase(to)
    const counts = copyAll(work, to)
    return { path: to, ...counts }
  } catch (error) {
    for (const part of ['', '-wal', '-shm']) rmSync(to + part, { force: true })
    throw explained(path, error)
  } finally {
    for (const part of ['', '-wal', '-shm']) rmSync(work + part, { force: true })
  }
}

/** Fills what was cut off with nothing: SQLite reads no page of a file that is shorter than its header says. */
function restoreLength(path: string): void {
  const header = Buffer.alloc(100)
  const file = openSync(path, 'r')
  const read = readSync(file, header)
  closeSync(file)
  if (read < header.length || header.toString('latin1', 0, 15) !== 'SQLite format 3') return
  const pageBytes = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16)
  const expectedBytes = pageBytes * header.readUInt32BE(28)
  if (statSync(path).size < expectedBytes) truncateSync(path, expectedBytes)
}

function copyAll(from: string, to: string): { readable: number; of: number } {
  const damaged = new Database(from)
  const whole = new Database(to)
  try {
    checkKind(damaged, from)
    whole.pragma('foreign_keys = OFF')
    let of = 0
    whole.transaction(() => {
      for (const table of tablesOf(whole)) {
        const highest = copyTable(damaged, whole, table)
        if (table.name === 'events') of = highest
      }
      dropStrays(whole)
    })()
    const readable = whole.prepare<[], number>('SELECT count(*) FROM events').pluck().get() ?? 0
    return { readable, of: Math.max(of, readable) }
  } finally {
    damaged.close()
    whole.close()
  }
}

function checkKind(db: Database.Database, path: string): void {
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    throw new DatabaseDamagedError(path, 'its first page cannot be read')
  }
  const version = db.pragma('user_version', { simple: true }) as number
  if (version === SCHEMA_VERSION) return
  throw new DatabaseDamagedError(path, `it has schema ${version}, and salvage reads schema ${SCHEMA_VERSION} only`)
}

interface Table {
  name: string
  /** 1 for a table that has no row keys. */
  wr: number
}

function tablesOf(db: Database.Database): Table[] {
  const all = db.pragma('table_list') as (Table & { type: string; schema: string })[]
  return all.filter(
    ({ name, type, schema }) =>
      type === 'table' && schema === 'main' && !name.startsWith('sqlite_') && !MADE_ANEW.has(name),
  )
}

/** Copies the rows that can be read; answers how many rows there seem to have been. */
function copyTable(damaged: Database.Database, whole: Database.Database, { name, wr }: Table): number {
  const columns = whole.pragma(`table_info(${name})`) as { name: string }[]
  const names = columns.map((column) => `"${column.name}"`).join(', ')
  const put = whole.prepare(`INSERT OR IGNORE INTO ${name} (${names}) VALUES (${columns.map(() => '?').join(', ')})`)
  const rows = wr === 1 ? readInOrder(damaged, name, names) : readByKey(damaged, name, names)
  let copied = 0
  for (const row of rows.all) copied += put.run(row).changes
  return Math.max(copied, rows.expected())
}

interface Rows {
  all: Iterable<unknown[]>
  expected: () => number
}

function readInOrder(db: Database.Database, table: string, names: string): Rows {
  function* all(): Generator<unknown[]> {
    try {
      yield* db.prepare<[], unknown[]>(`SELECT ${names} FROM ${table}`).raw().iterate()
    } catch (error) {
      if (!isDamage(error)) throw error
    }
  }
  return { all: all(), expected: () => 0 }
}

/** One row after the other by its key, so that an unreadable page costs the rows on it and no others. */
function readByKey(db: Database.Database, table: string, names: string): Rows {
  const after = db
    .prepare<[number], unknown[]>(`SELECT rowid, ${names} FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT 1`)
    .raw()
  const count = readable(() => db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get())
  let rows = 0
  function* all(): Generator<unknown[]> {
    let key = 0
    for (let unreadable = 0; unreadable < GIVE_UP_AFTER_KEYS;) {
      const row = readable(() => after.get(key) ?? null)
      if (row === null) return
      if (row === undefined) {
        unreadable += 1
        key += 1
        continue
      }
      // What lies between two rows that can be read is taken for rows that cannot.
      rows += 1 + unreadable
      unreadable = 0
      key = row[0] as number
      yield row.slice(1)
    }
  }
  // An index that is whole counts exactly.
  return { all: all(), expected: () => count ?? rows }
}

/** Undefined where the file cannot tell. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (isDamage(error)) return undefined
    throw error
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|IOERR|NOTADB)/.test(error.code)
}

/** Takes out rows that point at what could not be copied, until none is left. */
function dropStrays(db: Database.Database): void {
  for (;;) {
    const strays = db.pragma('foreign_key_check') as { table: string; rowid: number | null }[]
    if (strays.length === 0) return
    for (const { table, rowid } of strays) {
      if (rowid === null) db.exec(`DELETE FROM ${table}`)
      else db.prepare(`DELETE FROM ${table} WHERE rowid = ?`).run(rowid)
    }
  }
}

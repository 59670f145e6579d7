import Database from 'better-sqlite3'
import { MIGRATIONS } from '#main/adapters/sqlite/migrations/index.ts'

/** An empty database as the first `version` steps make it, one after the other. */
export function stepByStep(version: number): Database.Database {
  const db = new Database(':memory:')
  for (const { sql } of MIGRATIONS.slice(0, version)) db.exec(sql)
  return db
}

/** All that a database has from its schema on: every object as it is declared, in order, and every row. */
export function dumpOf(db: Database.Database): { objects: SchemaObject[]; rows: Record<string, unknown[]> } {
  const objects = db
    .prepare<[], SchemaObject>('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid')
    .all()
  const tables = objects.filter(({ type }) => type === 'table').map(({ name }) => name)
  return {
    objects,
    rows: Object.fromEntries(tables.map((name) => [name, db.prepare(`SELECT * FROM "${name}"`).raw().all()])),
  }
}

interface SchemaObject {
  type: string
  name: string
  tbl_name: string
  sql: string | null
}

/** One script that makes what all steps of now make: the file `whole-schema.ts` of the migrations. */
export function renderWholeSchema(): string {
  const db = stepByStep(MIGRATIONS.length)
  const { objects, rows } = dumpOf(db)
  // What SQLite makes by itself has no statement, or a name that it keeps to itself.
  const declared = objects.flatMap(({ name, sql }) => (sql === null || name.startsWith('sqlite_') ? [] : [sql]))
  const filled = Object.entries(rows).flatMap(([table, values]) =>
    values.map((row) => `INSERT INTO ${table} VALUES (${(row as unknown[]).map(literal).join(', ')})`),
  )
  const lines = [...declared, ...filled].map((sql) => `  ${JSON.stringify(sql)},`)
  return `/**
 * What the first so many steps end in, as one script for a database in which nothing is yet: running them one by one takes
 * six times as long. Written by \`npm run schema\`; later steps may be missing and run after it.
 */
export const WHOLE_SCHEMA: { version: number; statements: readonly string[] } = {
version: ${MIGRATIONS.length},
statements: [
${lines.join('\n')}
]}
`
}

function literal(value: unknown): string {
  if (value === null) return 'NULL'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  throw new TypeError('A migration fills a table with something that this script cannot write')
}

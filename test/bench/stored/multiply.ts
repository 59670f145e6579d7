import type { Database } from 'better-sqlite3'

/** What a column of the new rows holds, as SQL; all others are as in the row that is copied. */
type Changes = Readonly<Record<string, string>>

/** An id as ids are spelled, in the order of a number: hexadecimal digits are among theirs. */
export function idSql(prefix: string, number: string): string {
  return `'${prefix}_0' || printf('%025X', ${number})`
}

/**
 * A statement that stores copies of one row `t` of a table, one for each row that `from` tells: a real row, so that the
 * copies are as large as the product makes them, whatever columns its schema has by now.
 */
export function copiesSql(db: Database, table: string, changes: Changes, from: string): string {
  const columns = db
    .prepare<[string], string>('SELECT name FROM pragma_table_info(?)')
    .pluck()
    .all(table)
    .filter((name) => name !== 'key')
  const missing = Object.keys(changes).find((name) => !columns.includes(name))
  if (missing !== undefined) throw new Error(`the table “${table}” has no column “${missing}” any more`)
  const values = columns.map((name) => changes[name] ?? `t.${name}`)
  return `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM ${from}`
}

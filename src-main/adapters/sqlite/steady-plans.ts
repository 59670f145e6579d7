import type { Database } from 'better-sqlite3'

/** Texts and comments are passed over; a parameter is what stands outside of them. */
const PARAMETER = /('(?:[^']|'')*'|"[^"]*"|--[^\n]*|\/\*[^]*?\*\/)|\?\d*|@\w+/g

/**
 * Makes each statement that is prepared from now on keep its plan, whatever is bound to it. SQLite as it is built here
 * looks at the values while it plans (`SQLITE_ENABLE_STAT4`), and so parses and plans a statement anew each time another
 * value is bound to a parameter that it looked at: in a join, in a range, behind LIMIT. That costs some twenty times what
 * the statement itself does. Behind a unary plus, which changes no value, it does not look; the switch that SQLite has
 * for this (`SQLITE_DBCONFIG_ENABLE_QPSG`) is not within reach of the driver.
 */
export function keepPlansSteady(db: Database): Database {
  const prepare = db.prepare.bind(db)
  db.prepare = ((sql: string) => prepare(steady(sql))) as Database['prepare']
  return db
}

/** The statement with its parameters behind a unary plus. */
export function steady(sql: string): string {
  return sql.replace(PARAMETER, (found, passedOver: string | undefined) => (passedOver ? found : `+${found}`))
}

import type { Database, Statement } from 'better-sqlite3'

/** More than there are kinds of filters that are in use at a time. */
const MOST = 64

type Values = (string | number)[]

/**
 * Prepares statements whose text depends on what is asked, and keeps those that were asked for last: to prepare one takes
 * longer than to run it.
 */
export function preparedByText(db: Database): <Row>(sql: string) => Statement<Values, Row> {
  const kept = new Map<string, Statement<Values>>()
  return <Row>(sql: string) => {
    const statement = kept.get(sql) ?? db.prepare<Values>(sql)
    kept.delete(sql)
    kept.set(sql, statement)
    if (kept.size > MOST) kept.delete(kept.keys().next().value!)
    return statement as Statement<Values, Row>
  }
}

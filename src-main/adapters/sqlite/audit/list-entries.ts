import type { Database } from 'better-sqlite3'
import type { AuditQuery, AuditRow, Page } from '#main/engine/ports.ts'
import { placeOf, toPage } from '../cursor.ts'

export const ROW_COLUMNS = `number, at, actor_name AS actorName, actor_kind AS actorKind, key_id AS keyId, address,
  project_id AS projectId, action, target_id AS targetId, target_name AS targetName, outcome, code, detail,
  previous_hash AS previousHash, hash`

type Values = Record<string, string | number>

/** Between which numbers a span of time lies: they follow the clock, but for when it was set back. */
const FIRST_SINCE = `(SELECT min(number) FROM audit_entries INDEXED BY audit_by_time WHERE at >= @since)`
const LAST_UNTIL = `(SELECT max(number) FROM audit_entries INDEXED BY audit_by_time WHERE at < @until)`

/** One page of the entries, newest first, narrowed by what the query names. */
export function prepareListEntries(db: Database): (query: AuditQuery) => Page<AuditRow> {
  return (query) => {
    const conditions = [...narrowing(query)]
    const values = Object.assign({}, ...conditions.map(([, named]) => named)) as Values
    const sql = `
      SELECT ${ROW_COLUMNS} FROM audit_entries
      WHERE ${['number < @before', ...conditions.map(([condition]) => condition)].join(' AND ')}
      ORDER BY number DESC
      LIMIT @limit`
    const before = placeOf(query.cursor).key
    const rows = db.prepare<Values, AuditRow>(sql).all({ ...values, before, limit: query.limit + 1 })
    return toPage(
      rows.map((row) => ({ row, at: row.at, key: row.number })),
      query,
      ({ row }) => row,
    )
  }
}

/** The conditions that a query asks for, each with the values that it names. */
function* narrowing(query: AuditQuery): Generator<[condition: string, named: Values]> {
  const { projectId, action, actor, target, outcome, since, until } = query
  if (projectId !== null) yield ['project_id = @projectId', { projectId }]
  if (action !== null) yield ofAction(action)
  if (actor !== null) yield ['(actor_name = @actor OR key_id = @actor)', { actor }]
  if (target !== null) yield ['(target_id = @target OR target_name = @target)', { target }]
  if (outcome !== null) yield ['outcome = @outcome', { outcome }]
  if (since !== null) yield [`at >= @since AND number >= ${FIRST_SINCE}`, { since }]
  if (until !== null) yield [`at < @until AND number <= ${LAST_UNTIL}`, { until }]
}

function ofAction(action: string): [string, Values] {
  if (!action.endsWith('.*')) return ['action = @action', { action }]
  const prefix = action.slice(0, -1)
  // "/" follows "." in ASCII, so the range holds exactly what begins with the prefix.
  return ['action >= @action AND action < @actionEnd', { action: prefix, actionEnd: `${prefix.slice(0, -1)}/` }]
}

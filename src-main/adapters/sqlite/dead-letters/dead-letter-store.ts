import type { DeadLetterGroup, DeadLetterStore } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'
import { placeOf, toPage, type Place } from '../cursor.ts'
import { DELIVERY_COLUMNS, toDelivery, type DeliveryRow } from '../deliveries/delivery-row.ts'
import { filterSql } from './filter-sql.ts'
import { prepareRetries } from './retries.ts'
import { RETRY_COLUMNS, toRetry, type RetryRow } from './retry-row.ts'

const LIST_RETRIES = `
  SELECT ${RETRY_COLUMNS}, r.created_at AS at, r.key
  FROM bulk_retries r
  WHERE r.project_key = (SELECT key FROM projects WHERE id = @projectId) AND (r.created_at, r.key) < (@at, @key)
  ORDER BY r.created_at DESC, r.key DESC
  LIMIT @limit`

const RUNNING = `SELECT ${RETRY_COLUMNS} FROM bulk_retries r WHERE r.state = 'running' ORDER BY r.key`

export function createDeadLetterStore({ db, read, write }: Connection): DeadLetterStore {
  const retries = prepareRetries(db)
  const listRetries = db.prepare<object, RetryRow & Place>(LIST_RETRIES)
  const running = db.prepare<[], RetryRow>(RUNNING)

  return {
    groups: (query) =>
      read(() => {
        const sql = `
          SELECT (SELECT id FROM endpoints WHERE key = d.endpoint_key) AS endpointId, d.last_failure AS failure,
            count(*) AS count, min(d.updated_at) AS firstAt, max(d.updated_at) AS lastAt
          FROM deliveries d INDEXED BY dead_letters
          WHERE ${filterSql(query)}
          GROUP BY d.endpoint_key, d.last_failure`
        const groups = db.prepare<object, DeadLetterGroup>(sql).all(query)
        return groups.toSorted((a, b) => b.count - a.count || b.lastAt - a.lastAt)
      }),

    list: (query) =>
      read(() => {
        const sql = `
          SELECT ${DELIVERY_COLUMNS}, d.created_at AS at, d.key
          FROM deliveries d INDEXED BY dead_letters_in_order
          WHERE ${filterSql(query)} AND d.key < @key
          ORDER BY d.key DESC
          LIMIT @limit`
        const { key } = placeOf(query.cursor)
        const rows = db.prepare<object, DeliveryRow & Place>(sql).all({ ...query, key, limit: query.limit + 1 })
        return toPage(rows, query, ({ at: _at, key: _key, ...row }) => toDelivery(row))
      }),

    listRetries: (query) =>
      read(() => {
        const rows = listRetries.all({ ...query, ...placeOf(query.cursor), limit: query.limit + 1 })
        return toPage(rows, query, ({ at: _at, key: _key, ...row }) => toRetry(row))
      }),

    createRetry: (retry) => write(() => retries.create(retry)),
    nextOfRetry: (step) => read(() => retries.next(step)),
    advanceRetry: (step) => write(() => retries.advance(step)),
    moveRetry: (step) => write(() => retries.move(step)),
    getRetry: (retryId) => read(() => retries.get(retryId)),
    runningRetries: () => read(() => running.all().map((row) => toRetry(row))),
  }
}

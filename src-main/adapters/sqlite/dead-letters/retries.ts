import type { Database } from 'better-sqlite3'
import { doneOf, type BulkRetry, type DeadLetterFilter } from '#shared/model/bulk-retry.ts'
import { sumCounts } from '#shared/model/counts.ts'
import type { DeadLetterStore, RetryBatch } from '#main/engine/ports.ts'
import { prepareChangeDelivery } from '../deliveries/change-delivery.ts'
import { DELIVERY_COLUMNS, toDelivery, type DeliveryRow } from '../deliveries/delivery-row.ts'
import { filterSql } from './filter-sql.ts'
import { RETRY_COLUMNS, toRetry, toRetryRow, type RetryRow } from './retry-row.ts'

type Step<K extends 'nextOfRetry' | 'advanceRetry' | 'moveRetry'> = Parameters<DeadLetterStore[K]>[0]
type Candidate = DeliveryRow & { eventAt: number; place: number }

const CREATE = `
  INSERT INTO bulk_retries
    (id, project_key, actor, selection, rate_per_second, state, total, retried, refused, cursor, created_at, finished_at)
  VALUES (@id, (SELECT key FROM projects WHERE id = @projectId), @actor, @selection, @ratePerSecond, @state, @total,
    @retried, @refused, @cursor, @createdAt, @finishedAt)`

const GET = `SELECT ${RETRY_COLUMNS} FROM bulk_retries r WHERE r.id = ?`

const SAVE = `
  UPDATE bulk_retries
  SET state = @state, retried = @retried, refused = @refused, cursor = @cursor, finished_at = @finishedAt
  WHERE id = @id`

const CANDIDATE = `${DELIVERY_COLUMNS}, (SELECT received_at FROM events WHERE key = d.event_key) AS eventAt`

/** Chosen ones, in the order in which they were named. */
const NEXT_CHOSEN = `
  SELECT ${CANDIDATE}, c.key + 1 AS place
  FROM json_each(@selection, '$.deliveryIds') c CROSS JOIN deliveries d ON d.id = c.value
  WHERE c.key >= @cursor
  ORDER BY c.key
  LIMIT @limit`

/** What failed after the retry began is not its own. */
const BEFORE_IT = `d.updated_at <= @createdAt`

/** Steps of bulk retries. Run those that change something inside a write. */
export function prepareRetries(db: Database) {
  const create = db.prepare<RetryRow>(CREATE)
  const get = db.prepare<[string], RetryRow>(GET)
  const save = db.prepare<RetryRow>(SAVE)
  const nextChosen = db.prepare<{ selection: string; cursor: number; limit: number }, Candidate>(NEXT_CHOSEN)
  const change = prepareChangeDelivery(db)

  function countOf({ selection, projectId, createdAt }: BulkRetry): number {
    if ('deliveryIds' in selection) return selection.deliveryIds.length
    const sql = `SELECT count(*) FROM deliveries d WHERE ${filterSql(selection.filter)} AND ${BEFORE_IT}`
    return db
      .prepare<object, number>(sql)
      .pluck()
      .get({ ...selection.filter, projectId, createdAt })!
  }

  function nextFound({ projectId, createdAt, cursor }: RetryRow, filter: DeadLetterFilter, limit: number): Candidate[] {
    const sql = `
      SELECT ${CANDIDATE}, d.key AS place
      FROM deliveries d INDEXED BY dead_letters_in_order
      WHERE ${filterSql(filter)} AND ${BEFORE_IT} AND d.key > @cursor
      ORDER BY d.key
      LIMIT @limit`
    return db.prepare<object, Candidate>(sql).all({ ...filter, projectId, createdAt, cursor, limit })
  }

  return {
    get: (id: string): BulkRetry | null => {
      const row = get.get(id)
      return row ? toRetry(row) : null
    },

    create(retry: BulkRetry): BulkRetry {
      const counted = { ...retry, total: countOf(retry) }
      create.run(toRetryRow(counted))
      return counted
    },

    next({ retryId, limit }: Step<'nextOfRetry'>): RetryBatch {
      const row = get.get(retryId)
      if (!row) return { items: [], cursor: 0 }
      const { selection } = toRetry(row)
      const rows = 'filter' in selection ? nextFound(row, selection.filter, limit) : nextChosen.all({ ...row, limit })
      const items = rows.map(({ eventAt, place: _place, ...delivery }) => ({ delivery: toDelivery(delivery), eventAt }))
      return { items, cursor: rows.at(-1)?.place ?? row.cursor }
    },

    advance({ retryId, deliveryIds, refused, cursor, now }: Step<'advanceRetry'>) {
      const row = get.get(retryId)
      if (row?.state !== 'running') return null
      const before = toRetry(row)
      const deliveries = deliveryIds.flatMap(
        (deliveryId) => change.bringForward({ deliveryId, from: ['failed'], trigger: 'manual', now }) ?? [],
      )
      const missed = deliveryIds.length - deliveries.length
      const retry: BulkRetry = {
        ...before,
        retried: before.retried + deliveries.length,
        refused: sumCounts(sumCounts(before.refused, refused), missed > 0 ? { delivery_not_retryable: missed } : {}),
      }
      save.run({ ...toRetryRow(retry), cursor })
      return { retry, deliveries }
    },

    move({ retryId, from, to, now }: Step<'moveRetry'>): BulkRetry | null {
      const row = get.get(retryId)
      const before = row ? toRetry(row) : null
      if (!row || !before || !from.includes(before.state)) return null
      const left = to === 'finished' ? before.total - doneOf(before) : 0
      const retry: BulkRetry = {
        ...before,
        state: to,
        refused: left > 0 ? sumCounts(before.refused, { delivery_not_retryable: left }) : before.refused,
        finishedAt: to === 'finished' || to === 'canceled' ? now : null,
      }
      save.run({ ...toRetryRow(retry), cursor: row.cursor })
      return retry
    },
  }
}

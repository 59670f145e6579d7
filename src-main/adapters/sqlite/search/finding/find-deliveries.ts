import type { Database } from 'better-sqlite3'
import type { Delivery } from '#shared/model/delivery.ts'
import type { DeliveryFilter } from '#shared/model/filter/meaning/delivery-filter.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { Place } from '../../cursor.ts'
import { DELIVERY_COLUMNS, toDelivery, type DeliveryRow } from '../../deliveries/delivery-row.ts'
import { allOf, deliveriesSql, type Sql } from './column-sql.ts'
import { prepareFewDeliveries, statesOf } from './delivery-leads.ts'
import { isAfter, newestFirst, nextOf, type Step, type Steps } from './step.ts'

export type FoundDelivery = Place & { delivery: Delivery }

export interface DeliverySearch {
  projectId: ProjectId
  filter: DeliveryFilter
  /** Where it begins, exclusive. */
  before: Place
}

/** So many deliveries are looked at by one step, of each state that is asked for. */
const STEP_ROWS = 1_000

const PLACES = `SELECT d.created_at AS at, d.key FROM deliveries d`

/** Finds the deliveries that fit a filter, newest first. */
export function prepareFindDeliveries(db: Database): (search: DeliverySearch) => Steps<FoundDelivery> {
  const fewDeliveries = prepareFewDeliveries(db)
  const placesOf = db.prepare<[string], Place>(
    'SELECT d.created_at AS at, d.key FROM json_each(?) k CROSS JOIN deliveries d ON d.key = k.value',
  )
  const next = db.prepare<{ projectId: string; state: string } & Place, Place>(`
    ${PLACES} INDEXED BY deliveries_by_state
    WHERE d.project_key = (SELECT key FROM projects WHERE id = @projectId) AND d.state = @state
      AND (d.created_at, d.key) < (@at, @key)
    ORDER BY d.created_at DESC, d.key DESC LIMIT ${STEP_ROWS}`)

  function fitting(places: readonly Place[], { projectId, filter }: DeliverySearch): FoundDelivery[] {
    const where: Sql = allOf([
      { text: 'd.project_key = (SELECT key FROM projects WHERE id = ?)', values: [projectId] },
      deliveriesSql(filter),
    ])
    const sql = `
      SELECT ${DELIVERY_COLUMNS}, d.created_at AS at, d.key
      FROM json_each(?) k CROSS JOIN deliveries d ON d.key = k.value WHERE ${where.text}`
    const rows = db
      .prepare<(string | number)[], DeliveryRow & Place>(sql)
      .all(JSON.stringify(places.map(({ key }) => key)), ...where.values)
    return newestFirst(rows.map(({ at, key, ...row }) => ({ at, key, delivery: toDelivery(row) })))
  }

  function* lookAt(keys: readonly number[], search: DeliverySearch): Generator<Step<FoundDelivery>, void> {
    const places = newestFirst(placesOf.all(JSON.stringify(keys)).filter((place) => isAfter(place, search.before)))
    for (let start = 0; start < places.length; start += STEP_ROWS) {
      const some = places.slice(start, start + STEP_ROWS)
      yield { found: fitting(some, search), reached: start + STEP_ROWS < places.length ? some.at(-1)! : null }
    }
  }

  /** Each state is read in order by its index. */
  function stretchesOf({ projectId, filter }: DeliverySearch) {
    return statesOf(filter).map((state) => (start: Place) => next.all({ projectId, state, ...start }))
  }

  function* scan(
    search: DeliverySearch,
    stretches: readonly ((start: Place, limit: number) => Place[])[],
  ): Generator<Step<FoundDelivery>, void> {
    let start = search.before
    for (;;) {
      const { rows, reached } = nextOf(stretches, start, STEP_ROWS)
      yield { found: fitting(rows, search), reached }
      if (reached === null) return
      start = reached
    }
  }

  return (search) => {
    const few = fewDeliveries(search)
    if (!few) return scan(search, stretchesOf(search))
    return few.stretches ? scan(search, few.stretches) : lookAt(few.keys('d.key'), search)
  }
}

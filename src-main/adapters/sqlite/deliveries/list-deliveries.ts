import type { Database } from 'better-sqlite3'
import { DeliveryState, type Delivery } from '#shared/model/delivery.ts'
import type { DeliveryQuery, Page } from '#main/engine/ports.ts'
import { deliveriesSql } from '../search/column-sql.ts'
import { placeOf, toPage, type Place } from '../cursor.ts'
import { DELIVERY_COLUMNS, toDelivery, type DeliveryRow } from './delivery-row.ts'

/** What narrows a list, the sharpest first: the first one that is asked for picks the index, the rest only filter. */
const FILTERS = [
  ['eventId', 'd.event_key = (SELECT key FROM events WHERE id = @eventId)'],
  ['replayId', 'd.replay_key = (SELECT key FROM replays WHERE id = @replayId)'],
  ['endpointId', 'd.endpoint_key = (SELECT key FROM endpoints WHERE id = @endpointId)'],
  ['projectId', 'd.project_key = (SELECT key FROM projects WHERE id = @projectId)'],
] as const

type Bound = Omit<DeliveryQuery, 'cursor' | 'states' | 'filter'> & Place & { state: DeliveryState }

/** One page of deliveries, newest first. Each state is read in order by an index, then all are merged. */
export function prepareListDeliveries(db: Database): (query: DeliveryQuery) => Page<Delivery> {
  return ({ states, cursor, filter = [], ...query }) => {
    const further = deliveriesSql(filter)
    const ofState = db.prepare<[...(string | number)[], Bound], DeliveryRow & Place>(listSql(query, further.text))
    const asked = states.length > 0 ? [...new Set(states)] : DeliveryState.options
    const place = placeOf(cursor)
    const rows = asked
      .flatMap((state) => ofState.all(...further.values, { ...query, ...place, state, limit: query.limit + 1 }))
      .toSorted((a, b) => b.at - a.at || b.key - a.key)
    return toPage(rows, { limit: query.limit, cursor }, ({ at: _at, key: _key, ...row }) => toDelivery(row))
  }
}

function listSql(query: Omit<DeliveryQuery, 'cursor' | 'states' | 'filter'>, further: string): string {
  const [index, ...others] = FILTERS.filter(([name]) => query[name] !== null).map(([, condition]) => condition)
  return `
    SELECT ${DELIVERY_COLUMNS}, d.created_at AS at, d.key
    FROM deliveries d
    WHERE ${[index, 'd.state = @state', ...others.map((condition) => `+${condition}`)].join(' AND ')}
      AND (d.created_at, d.key) < (@at, @key) AND ${further}
    ORDER BY d.created_at DESC, d.key DESC
    LIMIT @limit`
}

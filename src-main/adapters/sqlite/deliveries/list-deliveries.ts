import type { Database } from 'better-sqlite3'
import { DeliveryState, type Delivery } from '#shared/model/delivery.ts'
import type { DeliveryQuery, Page } from '#main/engine/ports.ts'
import { placeOf, toPage, type Place } from '../cursor.ts'
import { DELIVERY_COLUMNS, toDelivery, type DeliveryRow } from './delivery-row.ts'

/** What narrows a list, the sharpest first: the first one that is asked for picks the index, the rest only filter. */
const FILTERS = [
  ['eventId', 'd.event_key = (SELECT key FROM events WHERE id = @eventId)'],
  ['replayId', 'd.replay_key = (SELECT key FROM replays WHERE id = @replayId)'],
  ['endpointId', 'd.endpoint_key = (SELECT key FROM endpoints WHERE id = @endpointId)'],
  ['projectId', 'd.project_key = (SELECT key FROM projects WHERE id = @projectId)'],
] as const

type Fields = Pick<DeliveryQuery, (typeof FILTERS)[number][0]>
type Bound = Fields & Place & { state: DeliveryState; limit: number }

/** One page of the deliveries that an index alone picks out, newest first. Each state is read in order by an index, then all are merged. */
export function prepareListDeliveries(db: Database): (query: Omit<DeliveryQuery, 'filter'>) => Page<Delivery> {
  return ({ projectId, eventId, endpointId, replayId, states, cursor, limit }) => {
    const fields = { projectId, eventId, endpointId, replayId }
    const ofState = db.prepare<Bound, DeliveryRow & Place>(listSql(fields))
    const asked = states.length > 0 ? [...new Set(states)] : DeliveryState.options
    const place = placeOf(cursor)
    const rows = asked
      .flatMap((state) => ofState.all({ ...fields, ...place, state, limit: limit + 1 }))
      .toSorted((a, b) => b.at - a.at || b.key - a.key)
    return toPage(rows, { limit, cursor }, ({ at: _at, key: _key, ...row }) => toDelivery(row))
  }
}

function listSql(fields: Fields): string {
  const [index, ...others] = FILTERS.filter(([name]) => fields[name] !== null).map(([, condition]) => condition)
  return `
    SELECT ${DELIVERY_COLUMNS}, d.created_at AS at, d.key
    FROM deliveries d
    WHERE ${[index, 'd.state = @state', ...others.map((condition) => `+${condition}`)].join(' AND ')}
      AND (d.created_at, d.key) < (@at, @key)
    ORDER BY d.created_at DESC, d.key DESC
    LIMIT @limit`
}

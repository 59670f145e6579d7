import type { Database } from 'better-sqlite3'
import { DeliveryState } from '#shared/model/delivery.ts'
import type { DeliveryFilter, DeliveryTest } from '#shared/model/filter/meaning/delivery-filter.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { Place } from '../../cursor.ts'
import { preparedByText } from '../../prepared.ts'
import { allOf, deliveriesSql, type Sql } from './column-sql.ts'

/** Up to so many deliveries are looked at one by one. */
const FEW = 50_000

/** Where deliveries can be read by an index, as far as one test picks them out; `d` is the delivery. */
interface Lead {
  from: string
  where: Sql
  /** The same without the delivery's own row, for counting. */
  counted: string
  /** Each of them holds deliveries in the order of their time; all together are those of `where`. */
  stretches: readonly Sql[] | null
}

/** A delivery as an index tells it. */
export type DeliveryPlace = Place & { eventKey: number }

/** The deliveries that pass a filter, where those are few. */
export interface FewDeliveries {
  /** Of all of them, without repeats: their own keys, or those of their events. */
  keys(column: 'd.key' | 'd.event_key'): number[]
  /** The same, newest first, in some stretches of that order; null where no index holds them so. */
  stretches: readonly Stretch[] | null
}

/** The next deliveries after a place, `limit` of them where there are so many. */
export type Stretch = (start: Place, limit: number) => DeliveryPlace[]

export interface FewOrder {
  projectId: ProjectId
  filter: DeliveryFilter
  /** Older ones may be left out of the stretches, in unix ms. */
  since?: number
}

/** Tells the deliveries that pass a filter where one of its tests leaves few; null where they may be many. */
export function prepareFewDeliveries(db: Database): (order: FewOrder) => FewDeliveries | null {
  const prepared = preparedByText(db)

  function stretchOf(from: string, where: Sql): Stretch {
    return (start, limit) => {
      const place: Sql = { text: '(d.created_at, d.key) < (?, ?)', values: [start.at, start.key] }
      const { text, values } = allOf([where, place])
      const sql = `
        SELECT d.created_at AS at, d.key, d.event_key AS eventKey FROM ${from}
        WHERE ${text} ORDER BY d.created_at DESC, d.key DESC LIMIT ?`
      return prepared<DeliveryPlace>(sql).all(...values, limit)
    }
  }

  return ({ projectId, filter, since = -1 }) => {
    const states = statesOf(filter)
    const lead = fewest(
      db,
      filter.flatMap((test) => leadOf(test, projectId, states) ?? []),
    )
    if (!lead) return null
    const rest = allOf([{ text: `+d.project_key = ${PROJECT}`, values: [projectId] }, deliveriesSql(filter)])
    const recent: Sql = { text: 'd.created_at >= ?', values: [since] }
    return {
      keys(column) {
        const { text, values } = allOf([lead.where, rest])
        const keys = db.prepare<(string | number)[], number>(`SELECT ${column} FROM ${lead.from} WHERE ${text}`).pluck()
        return [...new Set(keys.all(...values))]
      },
      stretches: lead.stretches?.map((stretch) => stretchOf(lead.from, allOf([stretch, recent, rest]))) ?? null,
    }
  }
}

/** The states in which a delivery can be that passes, each once. */
export function statesOf(filter: DeliveryFilter): readonly DeliveryState[] {
  const asked = filter.find((test): test is Extract<DeliveryTest, { kind: 'state' }> => test.kind === 'state')
  return asked && !asked.negated ? [...new Set(asked.states)] : DeliveryState.options
}

function fewest(db: Database, leads: readonly Lead[]): Lead | null {
  let best: Lead | null = null
  let least = FEW + 1
  for (const lead of leads) {
    const sql = `SELECT count(*) FROM (SELECT 1 FROM ${lead.counted} WHERE ${lead.where.text} LIMIT ?)`
    const count = db
      .prepare<(string | number)[], number>(sql)
      .pluck()
      .get(...lead.where.values, least)!
    if (count >= least) continue
    best = lead
    least = count
  }
  return best
}

const PROJECT = '(SELECT key FROM projects WHERE id = ?)'

function leadOf(test: DeliveryTest, projectId: ProjectId, states: readonly DeliveryState[]): Lead | null {
  if (test.negated) return null
  switch (test.kind) {
    case 'state':
      return {
        ...along('deliveries_by_state', `d.project_key = ${PROJECT} AND d.state IN (${marks(test.states)})`, [
          projectId,
          ...test.states,
        ]),
        stretches: [...new Set(test.states)].map((state) => ({
          text: `d.project_key = ${PROJECT} AND d.state = ?`,
          values: [projectId, state],
        })),
      }
    case 'reason':
      return along(
        'deliveries_by_failure',
        `d.project_key = ${PROJECT} AND d.last_failure IN (${marks(test.reasons)})`,
        [projectId, ...test.reasons],
      )
    case 'endpoint': {
      if (test.endpointIds.includes(null)) return null
      const ids = [...new Set(test.endpointIds.filter((id) => id !== null))]
      return {
        ...along(
          'deliveries_by_endpoint',
          `d.endpoint_key IN (SELECT key FROM endpoints WHERE id IN (${marks(ids)}))`,
          ids,
        ),
        stretches: ids.flatMap((id) =>
          states.map((state) => ({
            text: 'd.endpoint_key = (SELECT key FROM endpoints WHERE id = ?) AND d.state = ?',
            values: [id, state],
          })),
        ),
      }
    }
    case 'event':
      return along(
        'deliveries_once',
        `d.event_key IN (SELECT key FROM events WHERE id IN (${marks(test.eventIds)}))`,
        test.eventIds,
      )
    case 'replay':
      return along(
        'deliveries_by_replay',
        `d.replay_key IN (SELECT key FROM replays WHERE id IN (${marks(test.replayIds)}))`,
        test.replayIds,
      )
    case 'status':
      return statusLead(test.statuses, projectId)
    case 'type':
    case 'time':
      return null
  }
}

function along(index: string, text: string, values: readonly (string | number)[]): Lead {
  const from = `deliveries d INDEXED BY ${index}`
  return { from, counted: from, where: { text, values }, stretches: null }
}

/** Answers of success are nearly all, and in no index. */
function statusLead(statuses: readonly { from: number; to: number }[], projectId: ProjectId): Lead | null {
  if (statuses.some(({ from, to }) => from < 300 && to > 199)) return null
  const counted = 'attempts a INDEXED BY attempts_by_status'
  const ranges = statuses.map(() => 'a.status BETWEEN ? AND ?').join(' OR ')
  return {
    from: `${counted} CROSS JOIN deliveries d ON d.key = a.delivery_key`,
    counted,
    stretches: null,
    where: {
      text: `a.project_key = ${PROJECT} AND a.status NOT BETWEEN 200 AND 299 AND (${ranges})`,
      values: [projectId, ...statuses.flatMap(({ from, to }) => [from, to])],
    },
  }
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ')
}

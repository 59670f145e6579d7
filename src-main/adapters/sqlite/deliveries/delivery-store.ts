import type { Database } from 'better-sqlite3'
import { DeliveryState } from '#shared/model/delivery.ts'
import type { DeliveryStore, StateCounts } from '#main/engine/ports.ts'
import type { Connection } from '../connection.ts'
import { placeOf } from '../cursor.ts'
import { askedFields, wholeFilter } from '../search/asked-fields.ts'
import { prepareListAttempts, prepareRequestBody } from './attempts.ts'
import { prepareChangeDelivery } from './change-delivery.ts'
import { prepareClaimDue, prepareClaimProbe } from './attempting/claim-due.ts'
import { prepareConclude } from './attempting/conclude.ts'
import { createHeldRows } from './attempting/held-rows.ts'
import { prepareRecover } from './attempting/recover.ts'
import { prepareRelease } from './attempting/release.ts'
import { prepareGetDelivery } from './delivery-row.ts'
import { prepareAllLanes } from './lanes.ts'
import { prepareListDeliveries } from './list-deliveries.ts'

const COUNT = `
  SELECT kind, count FROM project_counts WHERE project_key = (SELECT key FROM projects WHERE id = ?)`

const COUNT_WAITING = `
  SELECT count(*) FROM deliveries
  WHERE endpoint_key = (SELECT key FROM endpoints WHERE id = ?) AND state IN ('scheduled', 'held', 'delivering')`

export function createDeliveryStore({ db, read, write, searcher, moves }: Connection): DeliveryStore {
  const lanes = prepareAllLanes(db)
  const attempting = { held: createHeldRows(), moves }
  const claimDue = prepareClaimDue(db, attempting)
  const claimProbe = prepareClaimProbe(db, attempting)
  const conclude = prepareConclude(db, attempting)
  const release = prepareRelease(db, attempting)
  const recover = prepareRecover(db, attempting)
  const change = prepareChangeDelivery(db)
  const get = prepareGetDelivery(db)
  const list = prepareListDeliveries(db)
  const attempts = prepareListAttempts(db)
  const requestBody = prepareRequestBody(db)
  const countWaiting = db.prepare<[string], number>(COUNT_WAITING).pluck()
  const countByState = prepareCount(db)

  return {
    lanes: () => read(lanes),
    // A claim that a power cut undoes was due anyway; flushing it would cost each delivery a third wait for the disk.
    claimDue: (step) => write(() => claimDue(step), { flushed: false }),
    claimProbe: (step) => write(() => claimProbe(step)),
    shiftDue: (step) => write(() => change.shiftDue(step)),
    conclude: (step) => write(() => conclude(step)),
    recover: (step) => write(() => recover(step)),
    release: (step) => write(() => release(step)),
    bringForward: (step) => write(() => change.bringForward(step)),
    cancel: (step) => write(() => change.cancel(step)),
    get: (deliveryId) => read(() => get(deliveryId)),
    async list(query) {
      const fields = askedFields(query)
      if (fields) return read(() => list({ ...query, ...fields }))
      const { projectId, cursor, limit, signal } = query
      const search = { projectId, filter: wholeFilter(query), before: placeOf(cursor), signal }
      const { items, nextCursor } = await read(() => searcher.deliveries(search, limit))
      return { items: items.map(({ delivery }) => delivery), nextCursor }
    },

    attempts: (deliveryId) => read(() => attempts(deliveryId)),
    requestBody: (attemptId) => read(() => requestBody(attemptId)),
    countWaiting: (endpointId) => read(() => countWaiting.get(endpointId)!),
    countByState: (projectId) => read(() => countByState(projectId)),
  }
}

function prepareCount(db: Database): (projectId: string) => StateCounts {
  const count = db.prepare<[string], { kind: string; count: number }>(COUNT)
  return (projectId) => {
    const kept = new Map(count.all(projectId).map((row) => [row.kind, row.count]))
    return Object.fromEntries(DeliveryState.options.map((state) => [state, kept.get(state) ?? 0])) as StateCounts
  }
}

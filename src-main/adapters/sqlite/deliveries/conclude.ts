import type { Database } from 'better-sqlite3'
import type { Concluded, Conclusion } from '#main/engine/ports.ts'
import { prepareAddAttempt } from './attempts.ts'
import { prepareGetDelivery } from './delivery-row.ts'
import { prepareMoveAll } from './move-all.ts'
import { prepareSettle } from './settle.ts'

const HELD_BY = `SELECT attempt_id FROM deliveries WHERE id = ? AND state = 'delivering'`

const COUNT_FAILURES = `
  UPDATE endpoints SET consecutive_failures = @consecutiveFailures WHERE id = @endpointId AND deleted_at IS NULL`

const PAUSE = `
  UPDATE endpoints SET state = 'paused', paused_reason = @pause, paused_at = @now
  WHERE id = @endpointId AND state = 'active' AND deleted_at IS NULL`

const END = `
  UPDATE deliveries
  SET state = @state, due_at = @dueAt, next_trigger = @nextTrigger, tries = @tries, last_status = @lastStatus,
    last_failure = @lastFailure, updated_at = @updatedAt, owner = NULL, attempt_id = NULL, claimed_at = NULL
  WHERE id = @id`

interface EndpointChange {
  endpointId: string
  consecutiveFailures: number
  pause: string | null
  now: number
}

/** Keeps the end of one attempt and what it does to its delivery and endpoint. Run it inside a write. */
export function prepareConclude(db: Database): (step: Conclusion) => Concluded {
  const heldBy = db.prepare<[string], string>(HELD_BY).pluck()
  const end = db.prepare<Conclusion['delivery']>(END)
  const changeEndpoint = prepareChangeEndpoint(db)
  const addAttempt = prepareAddAttempt(db)
  const settle = prepareSettle(db)
  const get = prepareGetDelivery(db)

  return ({ attempt, requestBody, delivery, endpoint }) => {
    if (heldBy.get(delivery.id) !== attempt.id) throw new Error(`${delivery.id} is not held by ${attempt.id}`)
    const { endpointId } = get(delivery.id)!
    const now = delivery.updatedAt
    const heldOthers = endpoint && endpointId !== null ? changeEndpoint({ endpointId, ...endpoint, now }) : 0
    const ended = { ...delivery, ...settle(endpointId, delivery) }
    end.run(ended)
    addAttempt({ ...attempt, nextAttemptAt: ended.dueAt }, requestBody)
    return { delivery: get(delivery.id)!, heldOthers }
  }
}

/** Answers how many deliveries a pause put on hold. */
function prepareChangeEndpoint(db: Database): (change: EndpointChange) => number {
  const countFailures = db.prepare<EndpointChange>(COUNT_FAILURES)
  const pauseEndpoint = db.prepare<EndpointChange>(PAUSE)
  const moveAll = prepareMoveAll(db)
  return (change) => {
    countFailures.run(change)
    if (change.pause === null || pauseEndpoint.run(change).changes === 0) return 0
    return moveAll.hold(change)
  }
}

import type { Database } from 'better-sqlite3'
import type { Concluded, Conclusion } from '#main/engine/ports.ts'
import { prepareAddRawAnswer } from '../vault/raw-answers.ts'
import { prepareAppendEvent } from '../events/append-event.ts'
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

const PASS_PROBE = `
  UPDATE endpoints SET state = 'active', paused_reason = NULL, paused_at = NULL
  WHERE id = @endpointId AND state = 'paused' AND paused_reason = 'breaker' AND deleted_at IS NULL`

const FAIL_PROBE = `
  UPDATE endpoints SET paused_at = @now, paused_reason = coalesce(@pause, paused_reason)
  WHERE id = @endpointId AND state = 'paused' AND paused_reason = 'breaker' AND deleted_at IS NULL`

const END = `
  UPDATE deliveries
  SET state = @state, due_at = @dueAt, next_trigger = @nextTrigger, tries = @tries, last_status = @lastStatus,
    last_failure = @lastFailure, updated_at = @updatedAt, owner = NULL, attempt_id = NULL, claimed_at = NULL
  WHERE id = @id`

interface EndpointChange {
  endpointId: string
  consecutiveFailures: number
  pause: string | null
  probe: 'passed' | 'failed' | null
  now: number
}

/** How many other deliveries a change of the endpoint moved. */
interface Moved {
  heldOthers: number
  releasedOthers: number
}

const NOTHING_MOVED: Moved = { heldOthers: 0, releasedOthers: 0 }

/** Keeps the end of one attempt and what it does to its delivery and endpoint. Run it inside a write. */
export function prepareConclude(db: Database): (step: Conclusion) => Concluded {
  const heldBy = db.prepare<[string], string>(HELD_BY).pluck()
  const end = db.prepare<Conclusion['delivery']>(END)
  const changeEndpoint = prepareChangeEndpoint(db)
  const addAttempt = prepareAddAttempt(db)
  const addRawAnswer = prepareAddRawAnswer(db)
  const settle = prepareSettle(db)
  const get = prepareGetDelivery(db)
  const append = prepareAppendEvent(db)

  return ({ attempt, requestBody, rawAnswer, delivery, endpoint, notification }) => {
    if (heldBy.get(delivery.id) !== attempt.id) throw new Error(`${delivery.id} is not held by ${attempt.id}`)
    const before = get(delivery.id)!
    const { endpointId } = before
    const now = delivery.updatedAt
    const moved = endpoint && endpointId !== null ? changeEndpoint({ endpointId, ...endpoint, now }) : NOTHING_MOVED
    const ended = { ...delivery, ...settle(endpointId, delivery) }
    end.run(ended)
    addAttempt({ ...attempt, nextAttemptAt: ended.dueAt }, requestBody)
    if (rawAnswer) addRawAnswer(attempt.id, rawAnswer)
    const told = notification && append(notification)
    const notified = told?.kind === 'appended' ? told.deliveries : []
    return { delivery: { ...before, ...ended }, ...moved, notified }
  }
}

function prepareChangeEndpoint(db: Database): (change: EndpointChange) => Moved {
  const countFailures = db.prepare<EndpointChange>(COUNT_FAILURES)
  const pauseEndpoint = db.prepare<EndpointChange>(PAUSE)
  const passProbe = db.prepare<EndpointChange>(PASS_PROBE)
  const failProbe = db.prepare<EndpointChange>(FAIL_PROBE)
  const moveAll = prepareMoveAll(db)
  return (change) => {
    countFailures.run(change)
    switch (change.probe) {
      case 'passed':
        if (passProbe.run(change).changes === 0) return NOTHING_MOVED
        return { heldOthers: 0, releasedOthers: moveAll.release(change) }
      case 'failed':
        failProbe.run(change)
        return NOTHING_MOVED
      case null:
        if (change.pause === null || pauseEndpoint.run(change).changes === 0) return NOTHING_MOVED
        return { heldOthers: moveAll.hold(change), releasedOthers: 0 }
    }
  }
}

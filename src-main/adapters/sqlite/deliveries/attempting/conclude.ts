import type { Database } from 'better-sqlite3'
import type { Concluded, Conclusion } from '#main/engine/ports.ts'
import { prepareAddRawAnswer } from '../../vault/raw-answers.ts'
import { prepareAppendEvent } from '../../events/append-event.ts'
import { prepareInsertAttempt } from '../attempts.ts'
import { prepareMoveAll } from '../move-all.ts'
import { prepareSettle } from '../settle.ts'
import type { Attempting } from './attempting.ts'
import { prepareHeldRow, type HeldRow } from './held-rows.ts'

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

/** Nothing where another attempt holds it, or its pinned version is another than it was. */
const END = `
  UPDATE deliveries
  SET state = ?, due_at = ?, next_trigger = ?, tries = ?, last_status = ?, last_failure = ?, updated_at = ?,
    owner = NULL, attempt_id = NULL, claimed_at = NULL
  WHERE key = ? AND attempt_id = ? AND pinned_version_key IS ?`

type End = [
  state: string,
  dueAt: number | null,
  nextTrigger: string,
  tries: number,
  lastStatus: number | null,
  lastFailure: string | null,
  updatedAt: number,
  key: number,
  attemptId: string,
  pinnedKey: number | null,
]

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
export function prepareConclude(db: Database, { held, moves }: Attempting): (step: Conclusion) => Concluded {
  const find = prepareHeldRow<[string, string]>(db, `d.id = ? AND d.attempt_id = ? AND d.state = 'delivering'`)
  const end = db.prepare<End>(END)
  const changeEndpoint = prepareChangeEndpoint(db)
  const insertAttempt = prepareInsertAttempt(db)
  const addRawAnswer = prepareAddRawAnswer(db)
  const settle = prepareSettle(db)
  const append = prepareAppendEvent(db)

  /** False where its row is not as it was noted. */
  function endDelivery(row: HeldRow, attemptId: string, change: Conclusion['delivery']): boolean {
    const { state, dueAt, nextTrigger, tries, lastStatus, lastFailure, updatedAt } = change
    const changed = [state, dueAt, nextTrigger, tries, lastStatus, lastFailure, updatedAt] as const
    return end.run(...changed, row.key, attemptId, row.pinnedKey).changes === 1
  }

  return ({ attempt, requestBody, rawAnswer, delivery, endpoint, notification }) => {
    let row = held.take(attempt.id) ?? find(delivery.id, attempt.id)
    if (row?.delivery.id !== delivery.id) throw new Error(`${delivery.id} is not held by ${attempt.id}`)
    const { endpointId } = row.delivery
    const now = delivery.updatedAt
    const moved = endpoint && endpointId !== null ? changeEndpoint({ endpointId, ...endpoint, now }) : NOTHING_MOVED
    const ended = { ...delivery, ...settle(endpointId, delivery) }
    if (!endDelivery(row, attempt.id, ended)) {
      row = find(delivery.id, attempt.id)
      if (!row || !endDelivery(row, attempt.id, ended)) throw new Error(`${delivery.id} is not held by ${attempt.id}`)
    }
    moves.moved(row.projectKey, 'delivering', ended.state)
    insertAttempt(row, { attempt, nextAttemptAt: ended.dueAt, requestBody })
    if (rawAnswer) addRawAnswer(attempt.id, rawAnswer)
    const told = notification && append(notification)
    const notified = told?.kind === 'appended' ? told.deliveries : []
    return { delivery: { ...row.delivery, ...ended }, ...moved, notified }
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

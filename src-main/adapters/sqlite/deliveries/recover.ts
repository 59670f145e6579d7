import type { Database } from 'better-sqlite3'
import { NO_TIMINGS, type Attempt } from '#shared/model/attempt.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { Failure } from '#shared/model/failure.ts'
import type { AttemptId } from '#shared/model/ids.ts'
import { prepareAddAttempt } from './attempts.ts'
import { prepareGetDelivery } from './delivery-row.ts'
import { prepareSettle } from './settle.ts'

const LEFT_IN_FLIGHT: Failure = {
  code: 'interrupted',
  phase: 'send',
  detail: 'Hookloop stopped while this attempt ran; the receiver may have handled it.',
}

const LEFT = `
  SELECT id, attempt_id AS attemptId, claimed_at AS claimedAt FROM deliveries
  WHERE state = 'delivering' AND owner <> @owner
  ORDER BY claimed_at, key`

const GIVE_BACK = `
  UPDATE deliveries
  SET state = @state, due_at = @dueAt, next_trigger = @nextTrigger, last_status = NULL, last_failure = 'interrupted', updated_at = @now,
    owner = NULL, attempt_id = NULL, claimed_at = NULL
  WHERE id = @id`

const REBASE = `
  UPDATE deliveries SET due_at = @now + max(0, due_at - updated_at), updated_at = @now
  WHERE state = 'scheduled' AND updated_at > @now`

interface Left {
  id: string
  attemptId: AttemptId
  claimedAt: number
}

/** Ends what other runs left in flight with an `interrupted` attempt. Run it inside a write. */
export function prepareRecover(db: Database): (step: { owner: string; now: number }) => Delivery[] {
  const left = db.prepare<{ owner: string }, Left>(LEFT)
  const giveBack = db.prepare(GIVE_BACK)
  const rebase = db.prepare<{ now: number }>(REBASE)
  const addAttempt = prepareAddAttempt(db)
  const settle = prepareSettle(db)
  const get = prepareGetDelivery(db)

  return ({ owner, now }) => {
    rebase.run({ now })
    return left.all({ owner }).map((lease) => {
      const { endpointId, nextTrigger: trigger } = get(lease.id)!
      const nextTrigger = trigger === 'probe' ? 'automatic' : trigger
      giveBack.run({ id: lease.id, now, nextTrigger, ...settle(endpointId, { state: 'scheduled', dueAt: now }) })
      const recovered = get(lease.id)!
      addAttempt({ ...interruptedAttempt(recovered, lease, now), trigger }, null)
      return recovered
    })
  }
}

function interruptedAttempt(delivery: Delivery, { attemptId, claimedAt }: Left, now: number): Attempt {
  const { projectId, eventId, endpointId } = delivery
  return {
    id: attemptId,
    projectId,
    deliveryId: delivery.id,
    eventId,
    endpointId,
    endpointVersionId: null,
    number: delivery.attempts,
    trigger: delivery.nextTrigger,
    outcome: 'interrupted',
    startedAt: claimedAt,
    finishedAt: now,
    request: null,
    response: null,
    failure: LEFT_IN_FLIGHT,
    timings: NO_TIMINGS,
    nextAttemptAt: delivery.dueAt,
  }
}

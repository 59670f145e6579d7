import type { Database } from 'better-sqlite3'
import { NO_TIMINGS, type Attempt } from '#shared/model/attempt.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { Failure } from '#shared/model/failure.ts'
import type { AttemptId } from '#shared/model/ids.ts'
import { prepareInsertAttempt } from '../attempts.ts'
import { prepareSettle } from '../settle.ts'
import type { Attempting } from './attempting.ts'
import { prepareHeldRow } from './held-rows.ts'

const LEFT_IN_FLIGHT: Failure = {
  code: 'interrupted',
  phase: 'send',
  detail: 'Hookloop stopped while this attempt ran; the receiver may have handled it.',
}

/** By the index of states, which is one of each project. */
const LEFT = `
  SELECT key, attempt_id AS attemptId, claimed_at AS claimedAt FROM deliveries
  WHERE project_key IN (SELECT key FROM projects) AND state = 'delivering' AND owner <> @owner
  ORDER BY claimed_at, key`

const GIVE_BACK = `
  UPDATE deliveries
  SET state = @state, due_at = @dueAt, next_trigger = @nextTrigger, last_status = NULL, last_failure = 'interrupted', updated_at = @now,
    owner = NULL, attempt_id = NULL, claimed_at = NULL
  WHERE key = @key`

const REBASE = `
  UPDATE deliveries SET due_at = @now + max(0, due_at - updated_at), updated_at = @now
  WHERE state = 'scheduled' AND updated_at > @now`

interface Left {
  key: number
  attemptId: AttemptId
  claimedAt: number
}

/** Ends what other runs left in flight with an `interrupted` attempt. Run it inside a write. */
export function prepareRecover(
  db: Database,
  { moves }: Pick<Attempting, 'moves'>,
): (step: { owner: string; now: number }) => Delivery[] {
  const left = db.prepare<{ owner: string }, Left>(LEFT)
  const giveBack = db.prepare(GIVE_BACK)
  const rebase = db.prepare<{ now: number }>(REBASE)
  const find = prepareHeldRow<[number]>(db, 'd.key = ?')
  const insertAttempt = prepareInsertAttempt(db)
  const settle = prepareSettle(db)

  return ({ owner, now }) => {
    rebase.run({ now })
    return left.all({ owner }).map((lease) => {
      const { endpointId, nextTrigger: trigger } = find(lease.key)!.delivery
      const nextTrigger = trigger === 'probe' ? 'automatic' : trigger
      const to = settle(endpointId, { state: 'scheduled', dueAt: now })
      giveBack.run({ key: lease.key, now, nextTrigger, ...to })
      const row = find(lease.key)!
      moves.moved(row.projectKey, 'delivering', to.state)
      const attempt = { ...interruptedAttempt(row.delivery, lease, now), trigger }
      insertAttempt(row, { attempt, nextAttemptAt: attempt.nextAttemptAt, requestBody: null })
      return row.delivery
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

import type { Database } from 'better-sqlite3'
import type { Claim, ClaimedDelivery, ClaimStep, ProbeStep } from '#main/engine/ports.ts'
import { prepareLane } from '../lanes.ts'
import { prepareClaimedEvent, type ClaimedEvent } from './claimed-event.ts'
import type { Attempting } from './attempting.ts'
import { prepareHeldRow } from './held-rows.ts'

const CLAIM = `
  UPDATE deliveries
  SET state = 'delivering', due_at = NULL, attempts = attempts + 1, updated_at = ?, owner = ?, attempt_id = ?, claimed_at = ?
  WHERE key = ?`

const HELD = `
  SELECT d.key FROM deliveries d JOIN endpoints n ON n.key = d.endpoint_key
  WHERE n.id = ? AND n.state = 'paused' AND n.paused_reason = 'breaker' AND n.deleted_at IS NULL AND d.state = 'held'
  ORDER BY d.created_at, d.key LIMIT 1`

const MARK_PROBE = `UPDATE deliveries SET next_trigger = 'probe' WHERE key = ?`

type Step = Pick<ClaimStep, 'now' | 'owner' | 'nextAttemptId'>

/** Moves what is due in the asked lanes to `delivering`. Run it inside a write. */
export function prepareClaimDue(db: Database, attempting: Attempting): (step: ClaimStep) => Claim {
  const lane = prepareLane(db)
  const prepareStep = prepareClaimOne(db, attempting)
  return (step) => {
    const claimOne = prepareStep(step)
    return {
      claimed: step.lanes.flatMap((asked) => lane.due({ ...asked, now: step.now }).map(claimOne)),
      lanes: step.lanes.map((asked) => lane.next(asked)),
    }
  }
}

/** Moves the oldest held delivery of an endpoint that its breaker paused to `delivering`. Run it inside a write. */
export function prepareClaimProbe(db: Database, attempting: Attempting): (step: ProbeStep) => ClaimedDelivery | null {
  const find = db.prepare<[string], number>(HELD).pluck()
  const mark = db.prepare<[number]>(MARK_PROBE)
  const prepareStep = prepareClaimOne(db, attempting)
  return (step) => {
    const key = find.get(step.endpointId)
    if (key === undefined) return null
    mark.run(key)
    return prepareStep(step)(key)
  }
}

/** Deliveries of one event that are claimed together share what is read of it. */
function prepareClaimOne(db: Database, { held, moves }: Attempting): (step: Step) => (key: number) => ClaimedDelivery {
  const claim = db.prepare<[number, string, string, number, number]>(CLAIM)
  const row = prepareHeldRow<[number]>(db, 'd.key = ?')
  const event = prepareClaimedEvent(db)
  return ({ now, owner, nextAttemptId }) => {
    const events = new Map<number, ClaimedEvent>()
    return (key) => {
      const found = row(key)!
      const attemptId = nextAttemptId()
      claim.run(now, owner, attemptId, now, key)
      const { eventKey, projectKey, delivery } = found
      moves.moved(projectKey, delivery.state, 'delivering')
      delivery.state = 'delivering'
      delivery.dueAt = null
      delivery.attempts += 1
      delivery.updatedAt = now
      held.note(attemptId, found)
      const about = events.get(eventKey) ?? event(eventKey)
      events.set(eventKey, about)
      return { delivery, ...about, attemptId, number: delivery.attempts, trigger: delivery.nextTrigger }
    }
  }
}

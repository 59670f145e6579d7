import type { Database } from 'better-sqlite3'
import type { Claim, ClaimedDelivery, ClaimStep, ProbeStep } from '#main/engine/ports.ts'
import { EVENT_COLUMNS, toEvent, type EventRow } from '../events/event-row.ts'
import { DELIVERY_COLUMNS, toDelivery, type DeliveryRow } from './delivery-row.ts'
import { prepareLane } from './lanes.ts'

const CLAIM = `
  UPDATE deliveries
  SET state = 'delivering', due_at = NULL, attempts = attempts + 1, updated_at = @now, owner = @owner,
    attempt_id = @attemptId, claimed_at = @now
  WHERE key = @key`

const DELIVERY = `SELECT ${DELIVERY_COLUMNS} FROM deliveries d WHERE d.key = ?`
const EVENT = `SELECT ${EVENT_COLUMNS} FROM events e WHERE e.id = ?`

const HELD = `
  SELECT d.key FROM deliveries d JOIN endpoints n ON n.key = d.endpoint_key
  WHERE n.id = ? AND n.state = 'paused' AND n.paused_reason = 'breaker' AND n.deleted_at IS NULL AND d.state = 'held'
  ORDER BY d.created_at, d.key LIMIT 1`

const MARK_PROBE = `UPDATE deliveries SET next_trigger = 'probe' WHERE key = ?`

type Step = Pick<ClaimStep, 'now' | 'owner' | 'nextAttemptId'>

/** Moves what is due in the asked lanes to `delivering`. Run it inside a write. */
export function prepareClaimDue(db: Database): (step: ClaimStep) => Claim {
  const lane = prepareLane(db)
  const claimOne = prepareClaimOne(db)
  return (step) => ({
    claimed: step.lanes.flatMap((asked) => lane.due({ ...asked, now: step.now }).map((key) => claimOne(key, step))),
    lanes: step.lanes.map((asked) => lane.next(asked)),
  })
}

/** Moves the oldest held delivery of an endpoint that its breaker paused to `delivering`. Run it inside a write. */
export function prepareClaimProbe(db: Database): (step: ProbeStep) => ClaimedDelivery | null {
  const held = db.prepare<[string], number>(HELD).pluck()
  const mark = db.prepare<[number]>(MARK_PROBE)
  const claimOne = prepareClaimOne(db)
  return (step) => {
    const key = held.get(step.endpointId)
    if (key === undefined) return null
    mark.run(key)
    return claimOne(key, step)
  }
}

function prepareClaimOne(db: Database): (key: number, step: Step) => ClaimedDelivery {
  const claim = db.prepare<{ key: number; now: number; owner: string; attemptId: string }>(CLAIM)
  const delivery = db.prepare<[number], DeliveryRow>(DELIVERY)
  const event = db.prepare<[string], EventRow>(EVENT)
  return (key, { now, owner, nextAttemptId }) => {
    const attemptId = nextAttemptId()
    claim.run({ key, now, owner, attemptId })
    const claimed = toDelivery(delivery.get(key)!)
    return {
      delivery: claimed,
      event: toEvent(event.get(claimed.eventId)!),
      attemptId,
      number: claimed.attempts,
      trigger: claimed.nextTrigger,
    }
  }
}

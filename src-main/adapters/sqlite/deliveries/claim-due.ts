import type { Database } from 'better-sqlite3'
import type { Claim, ClaimedDelivery, ClaimStep } from '#main/engine/ports.ts'
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

/** Moves what is due in the asked lanes to `delivering`. Run it inside a write. */
export function prepareClaimDue(db: Database): (step: ClaimStep) => Claim {
  const lane = prepareLane(db)
  const claim = db.prepare<{ key: number; now: number; owner: string; attemptId: string }>(CLAIM)
  const delivery = db.prepare<[number], DeliveryRow>(DELIVERY)
  const event = db.prepare<[string], EventRow>(EVENT)

  function claimOne(key: number, { now, owner, nextAttemptId }: ClaimStep): ClaimedDelivery {
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

  return (step) => ({
    claimed: step.lanes.flatMap((asked) => lane.due({ ...asked, now: step.now }).map((key) => claimOne(key, step))),
    lanes: step.lanes.map((asked) => lane.next(asked.lane)),
  })
}

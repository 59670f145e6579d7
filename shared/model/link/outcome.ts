import { z } from 'zod'
import { DeliveryState } from '../delivery.ts'
import { EventId } from '../ids.ts'
import { FailureCode } from '../failure.ts'

/** What became of a relayed event at the machine of a subscriber, as that tells it. */
export const Outcome = z.object({
  /** The event's id at the relay. */
  eventId: EventId,
  /** The name of the endpoint that it went to there. */
  target: z.string().max(200),
  state: DeliveryState,
  attempts: z.number().int().nonnegative(),
  lastStatus: z.number().int().nullable(),
  lastFailure: FailureCode.nullable(),
})
export type Outcome = z.infer<typeof Outcome>

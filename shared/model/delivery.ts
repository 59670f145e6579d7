import { z } from 'zod'
import { FailureCode } from './failure.ts'
import { DeliveryId, EndpointId, EndpointVersionId, EventId, ProjectId, ReplayId } from './ids.ts'
import { Sender } from './sender.ts'

export const DeliveryState = z.enum(['scheduled', 'delivering', 'succeeded', 'failed', 'held', 'canceled', 'simulated'])
export type DeliveryState = z.infer<typeof DeliveryState>

export const Trigger = z.enum(['automatic', 'manual', 'replay', 'probe', 'test'])
export type Trigger = z.infer<typeof Trigger>

/** One event on its way to one endpoint, or to a stored target where `endpointId` is null. */
export const Delivery = z.object({
  id: DeliveryId,
  projectId: ProjectId,
  eventId: EventId,
  /** The event's type, which never changes. */
  eventType: z.string(),
  endpointId: EndpointId.nullable(),
  targetUrl: z.string().nullable(),
  replayId: ReplayId.nullable(),
  /** False keeps the original headers and signature of a replayed event. */
  resign: z.boolean(),
  /** As whom a triggered event is sent; null where the endpoint says who signs. */
  sender: Sender.nullable(),
  state: DeliveryState,
  /** When the next attempt is due; null unless `scheduled`. */
  dueAt: z.number().nullable(),
  nextTrigger: Trigger,
  /** Tries that count against the schedule. */
  tries: z.number().int().nonnegative(),
  /** Attempts made, interrupted ones included; the last attempt's number. */
  attempts: z.number().int().nonnegative(),
  lastStatus: z.number().int().nullable(),
  lastFailure: FailureCode.nullable(),
  /** The endpoint version that this delivery keeps to, where it does not follow the endpoint. */
  pinnedVersionId: EndpointVersionId.nullable(),
  /** Never before its event was received. */
  createdAt: z.number(),
  updatedAt: z.number(),
})
export type Delivery = z.infer<typeof Delivery>

/** What a delivery is made for. A test says nothing of how an endpoint fares; what tells of an alert must not raise one. */
export type DeliveryPurpose = 'event' | 'alert' | 'test'

/** The events that tell of alerts. */
export const ALERT_EVENTS: readonly string[] = ['alert.raised', 'alert.resolved']

/** Of a delivery that is new. */
export function purposeOf({ eventType, nextTrigger }: Pick<Delivery, 'eventType' | 'nextTrigger'>): DeliveryPurpose {
  if (nextTrigger === 'test') return 'test'
  return ALERT_EVENTS.includes(eventType) ? 'alert' : 'event'
}

/** How the deliveries of one event stand; `pending` is scheduled and delivering together. */
export const DeliveryTally = z.object({
  total: z.number(),
  succeeded: z.number(),
  pending: z.number(),
  failed: z.number(),
  held: z.number(),
  canceled: z.number(),
})
export type DeliveryTally = z.infer<typeof DeliveryTally>

export const EMPTY_TALLY: DeliveryTally = { total: 0, succeeded: 0, pending: 0, failed: 0, held: 0, canceled: 0 }

const TALLIED: Readonly<Record<DeliveryState, keyof DeliveryTally | null>> = {
  scheduled: 'pending',
  delivering: 'pending',
  succeeded: 'succeeded',
  failed: 'failed',
  held: 'held',
  canceled: 'canceled',
  simulated: null,
}

/** The tally of an event that has just these deliveries. */
export function tallyOf(deliveries: readonly Pick<Delivery, 'state'>[]): DeliveryTally {
  const tally = { ...EMPTY_TALLY, total: deliveries.length }
  for (const { state } of deliveries) {
    const counted = TALLIED[state]
    if (counted) tally[counted] += 1
  }
  return tally
}

import type { Attempt } from '#shared/model/attempt.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { Policy } from '#shared/model/policy.ts'
import { composedEvent } from '../capture/composed-event.ts'
import type { AppendEvent } from '../ports/event-store.ts'
import type { Ids } from '../ports/system.ts'
import { newDelivery } from './new-delivery.ts'
import { presetOf, resolvePolicy, TARGET_POLICY } from './policies.ts'

/** The type of the event that tells of a delivery that failed for good. */
export const CALLBACK_FAILED = 'callback-failed'

/** The standard schedule; there is no endpoint that could pause or sign. */
const NOTIFICATION_POLICY: Policy = {
  ...resolvePolicy('standard'),
  breaker: null,
  goneAction: 'none',
  provider: 'none',
  notifyOnFailure: false,
}

/** How a delivery goes that has a URL and no endpoint: as its sender's would, else once, but a notification is tried again. */
export function policyOfTarget({
  eventType,
  replayId,
  sender,
}: Pick<Delivery, 'eventType' | 'replayId' | 'sender'>): Policy {
  if (sender) return presetOf(sender.policy) ?? TARGET_POLICY
  return eventType === CALLBACK_FAILED && replayId === null ? NOTIFICATION_POLICY : TARGET_POLICY
}

export interface FailedDelivery {
  delivery: Delivery
  attempt: Attempt
  /** Where the callback was to go. */
  callbackUrl: string
  notificationUrl: string
}

/** The event and the one delivery that tell of a failure, to be kept together with it. */
export function failureNotification(failed: FailedDelivery, { ids, now }: { ids: Ids; now: number }): AppendEvent {
  const body = new TextEncoder().encode(JSON.stringify(content(failed)))
  const event = composedEvent(
    { type: CALLBACK_FAILED, body, contentType: 'application/json', provider: null },
    { id: ids.next('evt'), projectId: failed.delivery.projectId, receivedAt: now },
  )
  const to = { url: failed.notificationUrl }
  return { event, body, deliveries: [newDelivery({ event, to, replay: null }, { ids, now })], idempotency: null }
}

function content({ delivery, attempt, callbackUrl }: FailedDelivery) {
  return {
    type: CALLBACK_FAILED,
    event_id: delivery.eventId,
    event_type: delivery.eventType,
    callback_url: callbackUrl,
    delivery_id: delivery.id,
    attempt: {
      number: attempt.number,
      outcome: attempt.outcome,
      status: attempt.response?.status ?? null,
      cause: attempt.failure?.code ?? null,
      detail: attempt.failure?.detail ?? null,
      finished_at: new Date(attempt.finishedAt).toISOString(),
    },
  }
}

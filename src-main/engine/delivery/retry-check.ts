import { AppError } from '#shared/model/app-error.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { Policy } from '#shared/model/policy.ts'
import type { Clock } from '../ports.ts'
import type { Registry } from '../registry.ts'
import { policyOfTarget } from './failure-notification.ts'

/** What a retry by hand asks before it does anything. */
export interface RetryCheck {
  policyOf(delivery: Delivery): Policy
  endpointOf(delivery: Delivery): Endpoint | null
  /** Throws `AppError` `endpoint_paused`, or `delivery_not_retryable` where the endpoint is gone. */
  target(delivery: Delivery): void
  /** Throws `AppError` `retry_window_over`, with the date, for an event that came at `eventAt`. */
  window(delivery: Delivery, eventAt: number): void
}

export function createRetryCheck({
  registry,
  clock,
}: {
  registry: Pick<Registry, 'endpoints'>
  clock: Pick<Clock, 'now'>
}): RetryCheck {
  const endpointOf = ({ endpointId }: Delivery) =>
    endpointId === null ? null : (registry.endpoints.get(endpointId) ?? null)
  const policyOf = (delivery: Delivery) => endpointOf(delivery)?.version.config.policy ?? policyOfTarget(delivery)
  return {
    endpointOf,
    policyOf,

    target(delivery) {
      if (delivery.endpointId === null) return
      const endpoint = endpointOf(delivery)
      if (!endpoint) throw endpointGone()
      if (endpoint.state === 'paused') throw endpointPaused()
    },

    window(delivery, eventAt) {
      const { manualRetryMs } = policyOf(delivery)
      if (manualRetryMs === null || clock.now() <= eventAt + manualRetryMs) return
      const until = new Date(eventAt + manualRetryMs).toISOString()
      throw new AppError('retry_window_over', `This policy allows retries by hand until ${until}.`, {
        hint: 'Replay the event instead: that makes a new delivery.',
      })
    },
  }
}

export function endpointPaused(): AppError {
  return new AppError('endpoint_paused', 'The endpoint is paused, so nothing is sent to it.', {
    hint: 'Resume the endpoint: that releases what is held.',
  })
}

function endpointGone(): AppError {
  return new AppError('delivery_not_retryable', 'The endpoint of this delivery was deleted.', {
    hint: 'Replay the event to another endpoint.',
  })
}

import type { Endpoint } from '#shared/model/endpoint.ts'
import type { EndpointEffect } from '../ports.ts'

/** The endpoint after what an attempt did to it, as the store keeps it by the conclusion of that attempt. */
export function afterEffect(
  endpoint: Endpoint,
  { consecutiveFailures, pause, probe }: EndpointEffect,
  now: number,
): Endpoint {
  const counted = { ...endpoint, consecutiveFailures }
  const probed = endpoint.pausedReason === 'breaker'
  switch (probe) {
    case 'passed':
      return probed ? { ...counted, state: 'active', pausedReason: null, pausedAt: null } : counted
    case 'failed':
      return probed ? { ...counted, pausedReason: pause ?? endpoint.pausedReason, pausedAt: now } : counted
    case null:
      if (pause === null || endpoint.state === 'paused') return counted
      return { ...counted, state: 'paused', pausedReason: pause, pausedAt: now }
  }
}

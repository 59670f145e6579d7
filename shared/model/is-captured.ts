import type { EventOrigin } from './event.ts'

/** Whether an event is a request as its sender made it, wherever it was captured. */
export function isCaptured({ origin }: { origin: EventOrigin }): boolean {
  return origin === 'captured' || origin === 'relayed'
}

import type { EventOrigin } from './event.ts'
import { isCaptured } from './is-captured.ts'

/** Whether an event's headers are those of its sender, or were written for it, and go on with it. */
export function hasOwnHeaders(event: { origin: EventOrigin }): boolean {
  return isCaptured(event) || event.origin === 'triggered' || event.origin === 'composed'
}

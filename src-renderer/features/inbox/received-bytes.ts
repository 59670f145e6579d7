import type { EventDetail } from '#shared/contract/events.ts'

/** Whether the body of an event is the first bytes of a request that could not be read: head and all, as they came. */
export function isUnread({ capture, httpVersion }: Pick<EventDetail, 'capture' | 'httpVersion'>): boolean {
  return capture === 'malformed' && httpVersion === ''
}

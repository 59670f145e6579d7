import { eventListOptions } from '../features/inbox/queries.ts'
import type { Session } from '../platform/api/session.ts'

/** Addresses at which the Inbox is shown, or led to. */
const INBOX = /^(?:#\/?|#\/inbox(?:\/.*)?)?$/

/** Asks for the rows of the Inbox before anything is drawn, where the window begins there and no filter narrows them. */
export function askEarly({ api, queries }: Session): void {
  const [place = '', search] = location.hash.split('?')
  if (!INBOX.test(place) || new URLSearchParams(search).has('filter')) return
  void queries.prefetchInfiniteQuery(eventListOptions(api, ''))
}

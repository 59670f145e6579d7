import type { EventRecord } from '#shared/model/event.ts'
import type { Failure } from '#shared/model/failure.ts'

const CAPTURE_PREFIX = /^\/in\/[^/]+/
const DOT_SEGMENT = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i
/** What a request line can carry as it is. */
const SENDABLE = /^[\x21-\x7e]*$/

/** Where a delivery goes, its captured path and query appended byte for byte where the endpoint forwards them. */
export function targetUrl(
  text: string,
  { event, forwardPath }: { event: Pick<EventRecord, 'origin' | 'path' | 'query'>; forwardPath: boolean },
): { url: string } | { failure: Failure } {
  const base = URL.parse(text)
  if (!base) return refused('The endpoint’s URL cannot be read: write it whole, such as http://localhost:3000/webhooks')
  if (base.protocol !== 'http:' && base.protocol !== 'https:') {
    return refused(`Only http and https can be delivered to, not ${base.protocol.slice(0, -1)}`)
  }
  base.username = ''
  base.password = ''
  base.hash = ''
  if (!forwardPath || event.origin !== 'captured') return { url: base.href }
  const suffix = event.path.replace(CAPTURE_PREFIX, '')
  if (DOT_SEGMENT.test(suffix))
    return refused('The captured path holds “.” or “..” segments, which would leave the endpoint’s own path')
  if (!SENDABLE.test(suffix) || !SENDABLE.test(event.query ?? '')) {
    return refused('The captured path or query holds characters that a request line cannot carry')
  }
  const path = suffix === '' ? base.pathname : base.pathname.replace(/\/$/, '') + suffix
  const query = [base.search.slice(1), event.query ?? ''].filter((part) => part !== '').join('&')
  return { url: base.origin + path + (query === '' ? '' : `?${query}`) }
}

function refused(detail: string): { failure: Failure } {
  return { failure: { code: 'url_invalid', phase: 'build', detail } }
}

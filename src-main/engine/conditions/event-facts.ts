import type { EventRecord } from '#shared/model/event.ts'
import { parseJson } from '#shared/model/parse-json.ts'

type ConditionedEvent = Pick<EventRecord, 'headers' | 'query' | 'path' | 'method' | 'type'>

/** What conditions ask of an event; each part is read at its first use and once. */
export interface EventFacts {
  event: ConditionedEvent
  /** The body as JSON; undefined where it is none. */
  body(): unknown
  query(): URLSearchParams
}

const CAPTURE_PREFIX = /^\/in\/[^/]+/

export function eventFacts(event: ConditionedEvent, bytes: Uint8Array): EventFacts {
  let body: { value: unknown } | null = null
  let query: URLSearchParams | null = null
  return {
    event,
    body: () => (body ??= { value: parseJson(bytes) }).value,
    query: () => (query ??= new URLSearchParams(event.query ?? '')),
  }
}

/** A captured path as it came, and as it reads below its source. */
export function pathsOf(path: string): string[] {
  return CAPTURE_PREFIX.test(path) ? [path, path.replace(CAPTURE_PREFIX, '') || '/'] : [path]
}

import type { EventRecord } from '#shared/model/event.ts'
import { parseJson } from '#shared/model/parse-json.ts'
import type { Source } from '#shared/model/source.ts'

type ConditionedEvent = Pick<EventRecord, 'headers' | 'query' | 'path' | 'method' | 'type'>
type ConditionedSource = Pick<Source, 'id' | 'slug'>

/** What conditions ask of an event; each part is read at its first use and once. */
export interface EventFacts {
  event: ConditionedEvent
  /** Null where it came into none, or into one that is gone. */
  source: ConditionedSource | null
  /** The body as JSON; undefined where it is none. */
  body(): unknown
  query(): URLSearchParams
}

const CAPTURE_PREFIX = /^\/in\/[^/]+/

export function eventFacts(
  event: ConditionedEvent,
  bytes: Uint8Array,
  source: ConditionedSource | null = null,
): EventFacts {
  let body: { value: unknown } | null = null
  let query: URLSearchParams | null = null
  return {
    event,
    source,
    body: () => (body ??= { value: parseJson(bytes) }).value,
    query: () => (query ??= new URLSearchParams(event.query ?? '')),
  }
}

/** A captured path as it came, and as it reads below its source. */
export function pathsOf(path: string): string[] {
  return CAPTURE_PREFIX.test(path) ? [path, path.replace(CAPTURE_PREFIX, '') || '/'] : [path]
}

/** What the Inbox shows: words to find, and the parts that are named. */
export interface InboxFilter {
  q?: string | undefined
  type?: string | undefined
  source?: string | undefined
  capture?: string | undefined
  verdict?: string | undefined
  /** Instants in ISO 8601; the second is exclusive. */
  since?: string | undefined
  until?: string | undefined
}

export const NAMED = ['type', 'source', 'capture', 'verdict', 'since', 'until'] as const
export type Named = (typeof NAMED)[number]
const CAPTURES = ['complete', 'partial', 'malformed', 'refused'] as const
const VERDICTS = ['valid', 'invalid', 'unchecked'] as const

/** Takes finished `type:audit.*` words out of a text; what is left is the text to find. */
export function takeNamed(text: string): { rest: string; named: Partial<Record<Named, string>> } {
  const named: Partial<Record<Named, string>> = {}
  const rest = text.replaceAll(
    /(^|\s)(type|source|capture|verdict|since|until):(\S+)(?=\s|$)/g,
    (_, before: string, name: Named, value: string) => {
      named[name] = value
      return before
    },
  )
  return { rest: rest.trimStart(), named }
}

/** A word that is none of those known asks for nothing. */
function oneOf<T extends string>(known: readonly T[], value: string | undefined): T | undefined {
  return known.find((word) => word === value)
}

/** Any time that is written out, such as `2026-11-25` or `2026-11-25T10:02`, in the local zone unless it names one. */
function instantOf(value: string | undefined): string | undefined {
  const at = Date.parse(value?.includes('T') === false ? `${value}T00:00` : (value ?? ''))
  return Number.isNaN(at) ? undefined : new Date(at).toISOString()
}

/** The filter as the API takes it; empty parts left out, so that one filter is one key. */
export function toQuery(filter: InboxFilter) {
  const q = filter.q?.trim()
  const capture = oneOf(CAPTURES, filter.capture)
  const verdict = oneOf(VERDICTS, filter.verdict)
  const since = instantOf(filter.since)
  const until = instantOf(filter.until)
  return {
    ...(q !== undefined && q !== '' && { q: q.slice(0, 200) }),
    ...(filter.type !== undefined && { type: filter.type }),
    ...(filter.source !== undefined && { source: filter.source }),
    ...(capture !== undefined && { capture }),
    ...(verdict !== undefined && { verdict }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  }
}

export function isFiltered(filter: InboxFilter): boolean {
  return Object.keys(toQuery(filter)).length > 0
}

/** The filter as one text, as the API reads it. */
export function filterText(filter: InboxFilter): string {
  return Object.entries(toQuery(filter))
    .map(([name, value]) => (name === 'filter' ? value : name === 'q' ? inQuotes(value) : `${name}:${quoted(value)}`))
    .join(' ')
}

function quoted(value: string): string {
  return /[\s",]/.test(value) ? inQuotes(value) : value
}

function inQuotes(value: string): string {
  return `"${value.replaceAll(/["\\]/g, '\\$&')}"`
}

/** What the Inbox shows: words to find, and the parts that are named. */
export interface InboxFilter {
  q?: string | undefined
  type?: string | undefined
  source?: string | undefined
  capture?: string | undefined
  verdict?: string | undefined
}

export const NAMED = ['type', 'source', 'capture', 'verdict'] as const
export type Named = (typeof NAMED)[number]
const CAPTURES = ['complete', 'partial', 'malformed', 'refused'] as const
const VERDICTS = ['valid', 'invalid', 'unchecked'] as const

/** Takes finished `type:audit.*` words out of a text; what is left is the text to find. */
export function takeNamed(text: string): { rest: string; named: Partial<Record<Named, string>> } {
  const named: Partial<Record<Named, string>> = {}
  const rest = text.replaceAll(
    /(^|\s)(type|source|capture|verdict):(\S+)(?=\s|$)/g,
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

/** The filter as the API takes it; empty parts left out, so that one filter is one key. */
export function toQuery(filter: InboxFilter) {
  const q = filter.q?.trim()
  const capture = oneOf(CAPTURES, filter.capture)
  const verdict = oneOf(VERDICTS, filter.verdict)
  return {
    ...(q !== undefined && q !== '' && { q: q.slice(0, 200) }),
    ...(filter.type !== undefined && { type: filter.type }),
    ...(filter.source !== undefined && { source: filter.source }),
    ...(capture !== undefined && { capture }),
    ...(verdict !== undefined && { verdict }),
  }
}

export function isFiltered(filter: InboxFilter): boolean {
  return Object.keys(toQuery(filter)).length > 0
}

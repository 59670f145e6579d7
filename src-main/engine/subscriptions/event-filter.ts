import { parseFilter } from '#shared/model/filter/language/parse-filter.ts'
import { eventPasses } from '#shared/model/filter/meaning/event-passes.ts'
import { readEventFilter, type FilterContext } from '../filter/read-filter.ts'
import { invalidFilter } from '../filter/names.ts'
import type { Candidate } from '../ports.ts'

/** What is known of an event at once, and stays so. */
const NOT_ASKED: ReadonlySet<string> = new Set(['state', 'endpoint', 'reason', 'status', 'since', 'until', 'source'])

/**
 * Throws `AppError` `invalid_filter` where the text cannot be read, or asks what a subscription cannot be narrowed by: how
 * deliveries stand, which changes, and source and time, which it has of its own.
 */
export function checkFilter(text: string): void {
  const { tokens, problem } = parseFilter(text, 'events')
  if (problem) throw invalidFilter(problem.message, problem.hint)
  for (const { term, written } of tokens) {
    const key = term?.kind === 'named' || term?.kind === 'time' ? term.key : term?.kind
    if (key === undefined || !NOT_ASKED.has(key)) continue
    const hint = 'Use type, verdict, provider, a header, a JSON path or text, such as type:audit.* $.total>100.'
    throw invalidFilter(`“${written}” is nothing that a subscription can be narrowed by.`, hint)
  }
}

/** What a subscription takes, as a function; null takes all. Throws as `checkFilter` does. */
export function readTaking(text: string | null, context: FilterContext): (candidate: Candidate) => boolean {
  if (text === null) return () => true
  checkFilter(text)
  const filter = readEventFilter(text, context)
  return ({ event, findings, body }) =>
    eventPasses(filter, {
      event,
      findings,
      deliveries: [],
      get body() {
        return body()
      },
    })
}

import type { FilterSubject, FilterTerm } from './filter-term.ts'
import type { Zone } from './filter-time.ts'
import { readTerm, type FilterProblem } from './read-term.ts'
import { splitFilter } from './split-filter.ts'

export const LONGEST_FILTER = 2_000
const MOST_TERMS = 32

/** A token of a filter: where it stands in the text, and what it asks for or why it cannot be read. */
export interface ParsedToken {
  start: number
  end: number
  /** As it was written. */
  written: string
  term: FilterTerm | null
  problem: FilterProblem | null
}

export interface ParsedFilter {
  tokens: readonly ParsedToken[]
  terms: readonly FilterTerm[]
  /** The first problem, and where; null where everything was read. */
  problem: (FilterProblem & Pick<ParsedToken, 'start' | 'end' | 'written'>) | null
}

/**
 * Reads `type:audit.* state:failed $.data.id=42 "some text" -source:inbox`: all terms must hold. In a time without a zone,
 * `zone` says whose clock is meant.
 */
export function parseFilter(text: string, subject: FilterSubject, zone: Zone = 'utc'): ParsedFilter {
  const tokens = splitFilter(text.slice(0, LONGEST_FILTER)).map((token, index): ParsedToken => {
    const place = { start: token.start, end: token.end, written: text.slice(token.start, token.end) }
    if (index >= MOST_TERMS) return { ...place, term: null, problem: TOO_MANY }
    return { ...place, term: null, problem: null, ...readTerm(token, { subject, zone, written: place.written }) }
  })
  const failed = tokens.find(({ problem }) => problem !== null)
  return {
    tokens,
    terms: tokens.flatMap(({ term }) => term ?? []),
    problem: failed?.problem
      ? { ...failed.problem, start: failed.start, end: failed.end, written: failed.written }
      : text.length > LONGEST_FILTER
        ? { ...TOO_LONG, start: LONGEST_FILTER, end: text.length, written: text.slice(LONGEST_FILTER) }
        : null,
  }
}

const TOO_MANY: FilterProblem = {
  message: `A filter has at most ${MOST_TERMS} parts.`,
  hint: 'Leave some out, or put words that stand together in quotes.',
}
const TOO_LONG: FilterProblem = { message: `A filter has at most ${LONGEST_FILTER} characters.`, hint: 'Shorten it.' }

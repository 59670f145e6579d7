import type { FilterSubject } from '#shared/model/filter/language/filter-term.ts'
import { formatFilter } from '#shared/model/filter/language/format-filter.ts'
import { type ParsedFilter, type ParsedToken, parseFilter } from '#shared/model/filter/language/parse-filter.ts'
import type { ProjectValues } from './use-known-values.ts'

/** The first part of a filter that cannot be read, where it stands, and what to write instead. */
export type FilterTrouble = NonNullable<ParsedFilter['problem']>

/** A filter as a person wrote it. */
export interface ReadFilter {
  /** As the API reads it, whatever the zone: one filter, however it is spaced, is one text. Null where it cannot be read. */
  asked: string | null
  trouble: FilterTrouble | null
}

/**
 * Reads what a person wrote: a time without a zone is meant by the clock of this machine, and a name must be one of those
 * `known`, as far as they are.
 */
export function readFilter(text: string, subject: FilterSubject, known: ProjectValues): ReadFilter {
  const { tokens, terms, problem } = parseFilter(text, subject, 'local')
  const trouble = problem ?? unknownName(tokens, known)
  return { asked: trouble === null ? formatFilter(terms) : null, trouble }
}

const NAMED = {
  source: { id: 'src_', hint: 'Name one by its slug or id.' },
  endpoint: { id: 'end_', hint: 'Name one by its whole name or its id, or write endpoint:none for bare addresses.' },
} as const

function unknownName(tokens: readonly ParsedToken[], known: ProjectValues): FilterTrouble | null {
  for (const { term, start, end, written } of tokens) {
    if (term?.kind !== 'named' || (term.key !== 'source' && term.key !== 'endpoint')) continue
    const { key } = term
    const names = known[key].map(({ value }) => value.toLowerCase())
    const isKnown = (name: string): boolean =>
      names.length === 0 || name.startsWith(NAMED[key].id) || names.includes(name.toLowerCase())
    const strange = term.values.find((name) => !isKnown(name))
    if (strange === undefined) continue
    const message = `There is no ${key} “${strange}” in this project.`
    return { message, hint: NAMED[key].hint, start, end, written }
  }
  return null
}

import { useMemo, useState } from 'react'
import type { FilterSubject } from '#shared/model/filter/language/filter-term.ts'
import { type FilterTrouble, readFilter } from './read-filter.ts'
import { type ProjectValues, useKnownValues } from './use-known-values.ts'

export interface Filter {
  /** As it stands in the address. */
  text: string
  subject: FilterSubject
  /** What the rows are asked for: the latest text that could be read, as the API reads it. Null while none could. */
  asked: string | null
  /** Why the text cannot be read; null where it can. */
  trouble: FilterTrouble | null
  known: ProjectValues
  /** Says that somebody is about to write: from then on what it may name is known. */
  onWanted: () => void
}

/** A filter of the address. Half a token, while it is typed, leaves the rows as they are. */
export function useFilter(text: string, subject: FilterSubject): Filter {
  const [isWanted, setWanted] = useState(false)
  const known = useKnownValues(isWanted || /(?:source|endpoint):/i.test(text))
  const { asked, trouble } = useMemo(() => readFilter(text, subject, known), [text, subject, known])
  const [last, setLast] = useState(asked)
  if (asked !== null && asked !== last) setLast(asked)
  return { text, subject, asked: asked ?? last, trouble, known, onWanted: () => setWanted(true) }
}

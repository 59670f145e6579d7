import type { Database } from 'better-sqlite3'
import type { EventFilter } from '#shared/model/filter/meaning/event-filter.ts'

/** The keys of the events that a filter names one by one; null where it names none so. */
export function prepareNamedEvents(db: Database): (filter: EventFilter) => number[] | null {
  const keysOf = (column: string) =>
    db
      .prepare<[string], number>(`SELECT DISTINCT e.key FROM json_each(?) k CROSS JOIN events e ON ${column} = k.value`)
      .pluck()
  const ways = { event: keysOf('e.id'), edited: keysOf('e.edited_from') }
  return (filter) => {
    const named = filter.find((test) => !test.negated && (test.kind === 'event' || test.kind === 'edited'))
    if (named?.kind !== 'event' && named?.kind !== 'edited') return null
    return ways[named.kind].all(JSON.stringify(named.eventIds))
  }
}

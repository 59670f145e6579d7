import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { LONGEST_FILTER } from '#shared/model/filter/language/parse-filter.ts'
import type { CacheEdits } from '../api/cache-edits.ts'
import { askedOf, type Pages, placeRows, type RowOrder } from './list-pages.ts'

/** Of more events than that at once, their lists are read again as a whole. */
const MOST_EVENTS = 300
/** So long a part of a filter names one event. */
const NAME_LENGTH = 31

/** Rows of filtered lists of which only the engine knows whether they belong there: it is asked about these alone. */
export interface UnsureRows {
  /** What these events have in the list under a key may have changed. */
  add(key: QueryKey, eventIds: readonly string[]): void
  /** They changed: what is on its way about them may be older than that. */
  note(eventIds: readonly string[]): void
  /** Asks about those that were added since. */
  settle(): void
}

export interface UnsureRowsOf<T> extends RowOrder<T> {
  /** All rows that fit a filter; null where they are too many for one answer. */
  ask(filter: string): Promise<readonly T[] | null>
  eventOf(row: T): string
}

interface Asking {
  key: QueryKey
  unsure: Set<string>
  /** Those that it is asked about now. */
  underWay: ReadonlySet<string>
  /** It is to be asked again once that is answered. */
  isDue: boolean
}

export function createUnsureRows<T extends { id: string }>(
  { queries, edits }: { queries: QueryClient; edits: CacheEdits },
  { ask, eventOf, ...order }: UnsureRowsOf<T>,
): UnsureRows {
  const lists = new Map<string, Asking>()

  function readAgain(queryKey: QueryKey): void {
    void queries.invalidateQueries({ queryKey, exact: true })
  }

  async function about(key: QueryKey, eventIds: readonly string[]): Promise<void> {
    const found = await ask(`${askedOf(key).filter ?? ''} event:${eventIds.join(',')}`.trim())
    if (found === null) return readAgain(key)
    const asked = new Set(eventIds)
    edits.edit<Pages<T>>(key, (pages) => placeRows(pages, { found, order, isAsked: (row) => asked.has(eventOf(row)) }))
  }

  async function settleList(list: Asking): Promise<void> {
    const { key, unsure } = list
    list.isDue = list.underWay.size > 0
    if (unsure.size === 0 || list.isDue) return
    const isShown = queries.getQueryCache().find({ queryKey: key, exact: true })?.isActive() ?? false
    list.underWay = new Set(unsure)
    list.unsure = new Set()
    try {
      if (!isShown || unsure.size > MOST_EVENTS) readAgain(key)
      else await Promise.all(chunked([...unsure], roomIn(key)).map((some) => about(key, some)))
    } catch {
      // Whatever is wrong shows where the list is read.
      readAgain(key)
    } finally {
      list.underWay = new Set()
    }
    if (list.isDue) void settleList(list)
    else if (list.unsure.size === 0) lists.delete(JSON.stringify(key))
  }

  return {
    add(key, eventIds) {
      const hash = JSON.stringify(key)
      const list = lists.get(hash) ?? { key, unsure: new Set(), underWay: new Set(), isDue: false }
      for (const id of eventIds) list.unsure.add(id)
      lists.set(hash, list)
    },
    note(eventIds) {
      for (const list of lists.values()) for (const id of eventIds) if (list.underWay.has(id)) list.unsure.add(id)
    },
    settle() {
      for (const list of lists.values()) void settleList(list)
    },
  }
}

/** How many events fit into one filter beside what the list asks for. */
function roomIn(key: QueryKey): number {
  const taken = (askedOf(key).filter ?? '').length + ' event:'.length
  return Math.max(1, Math.floor((LONGEST_FILTER - taken) / NAME_LENGTH))
}

function chunked<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

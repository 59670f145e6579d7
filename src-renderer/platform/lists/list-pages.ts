import type { InfiniteData, QueryKey } from '@tanstack/react-query'

interface Page<T> {
  items: T[]
  nextCursor: string | null
}
export type Pages<T> = InfiniteData<Page<T>, unknown>

/** What a list was asked for: the part of its key that decides whether a row belongs to it. */
export interface Asked {
  filter?: string
}

export function askedOf(key: QueryKey): Asked {
  const options = key[1]
  const input: unknown = typeof options === 'object' && options !== null && 'input' in options ? options.input : null
  return typeof input === 'object' && input !== null ? input : {}
}

export function hasRow<T extends { id: string }>(pages: Pages<T>, id: string): boolean {
  return pages.pages.some((page) => page.items.some((item) => item.id === id))
}

export function prependRows<T>(pages: Pages<T>, items: readonly T[]): Pages<T> {
  const [first, ...rest] = pages.pages
  if (first === undefined || items.length === 0) return pages
  return { ...pages, pages: [{ ...first, items: [...items, ...first.items] }, ...rest] }
}

/** Replaces rows, or drops those for which `change` gives null; pages that keep all their rows stay the same value. */
export function mapRows<T>(pages: Pages<T>, change: (item: T) => T | null): Pages<T> {
  let touched = false
  const mapped = pages.pages.map((page) => {
    const items = page.items.map(change)
    if (items.every((item, index) => item === page.items[index])) return page
    touched = true
    return { ...page, items: items.filter((item) => item !== null) }
  })
  return touched ? { ...pages, pages: mapped } : pages
}

export interface RowOrder<T> {
  /** When a row was made, as text that sorts; lists run newest first, and of one instant by id. */
  at(row: T): string
}

interface Placed<T> {
  /** Rows that belong to the list. */
  found: readonly T[]
  order: RowOrder<T>
  /** Of these rows, only those belong that were found. */
  isAsked(row: T): boolean
}

/** Puts rows where they belong, as far down as the list was read, and drops those that do not; others keep their place. */
export function placeRows<T extends { id: string }>(pages: Pages<T>, { found, order, isAsked }: Placed<T>): Pages<T> {
  const foundIds = new Set(found.map(({ id }) => id))
  const kept = mapRows(pages, (row) => (isAsked(row) && !foundIds.has(row.id) ? null : row))
  const fresh = found.filter(({ id }) => !hasRow(kept, id))
  if (fresh.length === 0) return kept
  const isOlder = (row: T, than: T): boolean =>
    order.at(row) === order.at(than) ? row.id < than.id : order.at(row) < order.at(than)
  const newestFirst = (rows: readonly T[]): T[] => rows.toSorted((a, b) => (isOlder(a, b) ? 1 : -1))
  let left = fresh
  const placed = kept.pages.map((page, index) => {
    const isLast = index === kept.pages.length - 1
    const end = page.items.at(-1)
    const takes = (row: T): boolean =>
      end === undefined ? isLast : !isOlder(row, end) || (isLast && page.nextCursor === null)
    const here = left.filter(takes)
    if (here.length === 0) return page
    left = left.filter((row) => !takes(row))
    return { ...page, items: newestFirst([...page.items, ...here]) }
  })
  return { ...kept, pages: placed }
}

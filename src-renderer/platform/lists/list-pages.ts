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

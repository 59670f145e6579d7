import type { InfiniteData, QueryKey } from '@tanstack/react-query'
import type { DeliveryView } from '#shared/contract/deliveries.ts'
import type { EventSummary } from '#shared/contract/events.ts'

interface Page<T> {
  items: T[]
  nextCursor: string | null
}
export type Pages<T> = InfiniteData<Page<T>, unknown>

/** What a list was asked for: the part of its key that decides whether a row belongs to it. */
export interface Asked {
  q?: string
  type?: string
  source?: string
  capture?: string
  verdict?: string
  since?: string
  until?: string
  eventId?: string
  endpointId?: string
  replayId?: string
  state?: string | string[]
  filter?: string
}

export function askedOf(key: QueryKey): Asked {
  const options = key[1]
  const input: unknown = typeof options === 'object' && options !== null && 'input' in options ? options.input : null
  return typeof input === 'object' && input !== null ? input : {}
}

/** Whether a filter of the form `audit.completed`, `audit.*` or `*` takes a type. */
export function matchesType(type: string, filter: string): boolean {
  return filter.endsWith('*') ? type.startsWith(filter.slice(0, -1)) : type === filter
}

export function wantsEvent(asked: Asked, event: EventSummary): boolean {
  return (
    (asked.type === undefined || matchesType(event.type, asked.type)) &&
    (asked.source === undefined || asked.source === event.source || asked.source === event.sourceId) &&
    (asked.capture === undefined || asked.capture === event.capture) &&
    (asked.verdict === undefined || asked.verdict === event.verdict?.verdict) &&
    // Instants of one form compare as texts.
    (asked.since === undefined || asked.since <= event.receivedAt) &&
    (asked.until === undefined || event.receivedAt < asked.until)
  )
}

export function wantsDelivery(asked: Asked, delivery: DeliveryView): boolean {
  const states = asked.state === undefined ? null : [asked.state].flat()
  return (
    (asked.eventId === undefined || asked.eventId === delivery.eventId) &&
    (asked.endpointId === undefined || asked.endpointId === delivery.endpointId) &&
    (asked.replayId === undefined || asked.replayId === delivery.replayId) &&
    (states === null || states.includes(delivery.state))
  )
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

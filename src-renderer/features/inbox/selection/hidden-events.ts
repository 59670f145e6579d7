import type { EventSummary } from '#shared/contract/events.ts'
import { createObservable, useObservable } from '../../../platform/browser/observable.ts'

/** All that a filter takes, as far as it came until an instant. */
export interface Cleared {
  filter: string
  until: string
}

/** What was deleted in the window and perhaps not yet in the engine: it is not shown any more. */
interface Hidden {
  ids: ReadonlySet<string>
  clears: readonly Cleared[]
}

const hidden = createObservable<Hidden>({ ids: new Set(), clears: [] })

export function hideIds(ids: readonly string[]): void {
  const now = hidden.get()
  hidden.set({ ...now, ids: new Set([...now.ids, ...ids]) })
}

export function showIds(ids: readonly string[]): void {
  const now = hidden.get()
  hidden.set({ ...now, ids: new Set([...now.ids].filter((id) => !ids.includes(id))) })
}

export function hideCleared(clear: Cleared): void {
  const now = hidden.get()
  hidden.set({ ...now, clears: [...now.clears, clear] })
}

export function showCleared(clear: Cleared): void {
  const now = hidden.get()
  hidden.set({ ...now, clears: now.clears.filter((each) => each !== clear) })
}

/** The rows that are left. What a filter cleared is hidden under that filter; under others only the engine knows it. */
export function useVisible(items: readonly EventSummary[], filter: string): readonly EventSummary[] {
  const { ids, clears } = useObservable(hidden)
  const here = clears.filter((clear) => clear.filter === '' || clear.filter === filter)
  if (ids.size === 0 && here.length === 0) return items
  // Instants of one form compare as texts.
  return items.filter(({ id, receivedAt }) => !ids.has(id) && !here.some(({ until }) => receivedAt <= until))
}

/** The engine has done what was asked for: what it lists now is what is left. */
export function showAllCleared(): void {
  hidden.set({ ...hidden.get(), clears: [] })
}

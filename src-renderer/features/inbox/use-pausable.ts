import { useState } from 'react'
import { isPaused } from '../../platform/api/live-feed.ts'
import { useObservable } from '../../platform/browser/observable.ts'

/** While paused, shows the list from the row that was then on top; what came since waits. */
export function usePausable<T extends { id: string }>(items: readonly T[]): { shown: readonly T[]; waiting: number } {
  const paused = useObservable(isPaused)
  const [stoppedId, setStoppedId] = useState<string | null>(null)
  const topId = items[0]?.id ?? null
  if (paused && stoppedId === null && topId !== null) setStoppedId(topId)
  if (!paused && stoppedId !== null) setStoppedId(null)
  const waiting = stoppedId === null ? 0 : items.findIndex((item) => item.id === stoppedId)
  // The row is gone when another filter was chosen: then there is nothing to hold back.
  return waiting <= 0 ? { shown: items, waiting: 0 } : { shown: items.slice(waiting), waiting }
}

import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let nowAt = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    nowAt = Date.now()
    timer = setInterval(() => {
      nowAt = Date.now()
      for (const tell of listeners) tell()
    }, 1_000)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) clearInterval(timer)
  }
}

/** When today began, in unix ms: what shows no finer time need not be drawn each second. */
export function useToday(): number {
  return useSyncExternalStore(subscribe, () => new Date(nowAt).setHours(0, 0, 0, 0))
}

/** The wall clock in unix ms, once a second, from one timer for the whole window. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => nowAt)
}

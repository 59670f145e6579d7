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

/** The wall clock in unix ms, once a second, from one timer for the whole window. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => nowAt)
}

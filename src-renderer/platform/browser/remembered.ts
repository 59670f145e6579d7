import { useCallback, useState } from 'react'

/** Reads what an earlier visit left; null where there is nothing or storage is closed to us. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`hookloop.${key}`)
  } catch {
    return null
  }
}

export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`hookloop.${key}`)
    else localStorage.setItem(`hookloop.${key}`, value)
  } catch {
    // A browser that keeps nothing still works: the choice lasts until the page closes.
  }
}

/** A number that the next visit finds again, such as a pane's width. */
export function useRememberedNumber(key: string, initial: number): readonly [number, (next: number) => void] {
  const [value, setValue] = useState(() => {
    const kept = Number(recall(key) ?? Number.NaN)
    return Number.isFinite(kept) ? kept : initial
  })
  const change = useCallback(
    (next: number) => {
      setValue(next)
      remember(key, String(Math.round(next)))
    },
    [key],
  )
  return [value, change]
}

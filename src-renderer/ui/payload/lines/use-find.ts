import { useMemo, useState } from 'react'
import { findMatches, findPattern, type Matches, NO_MATCHES } from './find-matches.ts'
import { useSliced } from '../../../platform/browser/use-sliced.ts'

/** What is looked for in a text, what was found, and which of it is looked at. */
export interface Find {
  typed: string
  isExact: boolean
  matches: Matches
  isSearching: boolean
  /** Which of the matches; 0 is the first, -1 none yet. */
  current: number
  type(text: string): void
  setExact(isExact: boolean): void
  /** Goes to the next match or the one before, around the end, and answers its place. */
  step(by: 1 | -1): number | null
}

/** Looks for what a person types in a text, without holding up the page. */
export function useFind(text: string): Find {
  const [typed, setTyped] = useState('')
  const [isExact, setExact] = useState(false)
  const [current, setCurrent] = useState(-1)
  const begin = useMemo(
    () => (typed === '' ? null : () => findMatches(text, findPattern(typed, isExact))),
    [text, typed, isExact],
  )
  const found = useSliced(begin)
  const matches = begin === null ? NO_MATCHES : (found ?? NO_MATCHES)
  return {
    typed,
    isExact,
    matches,
    isSearching: begin !== null && found === null,
    current: Math.min(current, matches.starts.length - 1),
    type(next) {
      setTyped(next)
      setCurrent(-1)
    },
    setExact(next) {
      setExact(next)
      setCurrent(-1)
    },
    step(by) {
      const count = matches.starts.length
      if (count === 0) return null
      const next = (Math.max(current, by === 1 ? -1 : 0) + by + count) % count
      setCurrent(next)
      return matches.starts[next] ?? null
    },
  }
}

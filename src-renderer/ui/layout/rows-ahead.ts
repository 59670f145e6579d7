import type { Range } from '@tanstack/react-virtual'

/** Rows that are built beyond those in sight: most of them lie where a person scrolls to. */
const AHEAD = 26
const BEHIND = 6

/** Which rows to build, for one list: it remembers which way it was scrolled. */
export function createRowsAhead(): (range: Range) => number[] {
  let lastStart = 0
  let isUp = false
  return ({ startIndex, endIndex, count }) => {
    if (startIndex !== lastStart) isUp = startIndex < lastStart
    lastStart = startIndex
    const first = Math.max(0, startIndex - (isUp ? AHEAD : BEHIND))
    const last = Math.min(count - 1, endIndex + (isUp ? BEHIND : AHEAD))
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
  }
}

import type { Range } from '@tanstack/react-virtual'
import { useEffect, useState } from 'react'
import { whenIdle } from '../../platform/browser/idle.ts'

/** Rows that are built beyond those in sight: most of them lie where a person scrolls to. */
const AHEAD = 26
const BEHIND = 6

type ChooseRows = (range: Range) => number[]

/** Which rows to build: at first those in sight, so that they stand there soon, and in a quiet moment those ahead. */
export function useRowsAhead(): ChooseRows {
  const [choose, setChoose] = useState<ChooseRows>(() => rowsInSight)
  useEffect(() => whenIdle(() => setChoose(createRowsAhead)), [])
  return choose
}

function rowsInSight({ startIndex, endIndex }: Range): number[] {
  return Array.from({ length: endIndex - startIndex + 1 }, (_, index) => startIndex + index)
}

/** For one list: it remembers which way it was scrolled. */
function createRowsAhead(): ChooseRows {
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

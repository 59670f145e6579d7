import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

const NONE: ReadonlySet<string> = new Set()

interface Steady {
  /** Rows that came above what is read and were not looked at yet. */
  unseen: number
  /** Rows that came while the top was in sight. */
  freshIds: ReadonlySet<string>
  onScroll: () => void
  toTop: () => void
}

/** Keeps what a person reads in its place while rows are put on top. */
export function useSteadyScroll<T extends { id: string }>(
  scroller: RefObject<HTMLElement | null>,
  items: readonly T[],
  { rowPx, onTopGrown }: { rowPx: number; onTopGrown: (() => void) | undefined },
): Steady {
  const topId = useRef<string | null>(null)
  const [unseen, setUnseen] = useState(0)
  const [freshIds, setFreshIds] = useState(NONE)

  useLayoutEffect(() => {
    const before = topId.current
    topId.current = items[0]?.id ?? null
    const element = scroller.current
    if (before === null || element === null || before === topId.current) return
    const added = items.findIndex((item) => item.id === before)
    if (added <= 0) return
    if (element.scrollTop < rowPx / 4) {
      setFreshIds(new Set(items.slice(0, added).map((item) => item.id)))
      onTopGrown?.()
      return
    }
    element.scrollBy({ top: added * rowPx, behavior: 'instant' })
    // Tells the virtualizer before the paint, so that no frame shows other rows.
    element.dispatchEvent(new Event('scroll'))
    setUnseen((count) => count + added)
  }, [items, rowPx, scroller, onTopGrown])

  return {
    unseen,
    freshIds,
    onScroll: () => {
      const above = Math.floor((scroller.current?.scrollTop ?? 0) / rowPx)
      setUnseen((count) => Math.min(count, above))
    },
    toTop: () => {
      setUnseen(0)
      scroller.current?.scrollTo({ top: 0 })
    },
  }
}

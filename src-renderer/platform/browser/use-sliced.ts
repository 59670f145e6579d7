import { useEffect, useState } from 'react'

/** How long the page may be kept from drawing, in ms. */
const SLICE_MS = 10

/** Done in slices, so that it never blocks the page: the latest that `begin` yielded or returned, null before the first. */
export function useSliced<T>(begin: (() => Generator<T, T>) | null): T | null {
  const [progress, setProgress] = useState<{ begin: typeof begin; value: T } | null>(null)
  useEffect(() => {
    if (begin === null) return
    const steps = begin()
    let timer: ReturnType<typeof setTimeout> | undefined
    const work = (): void => {
      const endsAt = performance.now() + SLICE_MS
      let step = steps.next()
      while (step.done !== true && performance.now() < endsAt) step = steps.next()
      setProgress({ begin, value: step.value })
      if (step.done !== true) timer = setTimeout(work)
    }
    work()
    return () => clearTimeout(timer)
  }, [begin])
  return progress !== null && progress.begin === begin ? progress.value : null
}

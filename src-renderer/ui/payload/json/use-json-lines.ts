import { useLayoutEffect, useState } from 'react'
import { type JsonLines, layOutJson } from './json-lines.ts'

/** How long the page may be kept from drawing, in ms. */
const SLICE_MS = 12

export interface JsonProgress {
  layout: JsonLines
  isWhole: boolean
}

/** JSON laid out in slices, so that a large one never blocks the page; a new value with each slice, null before the first. */
export function useJsonLines(text: string): JsonProgress | null {
  const [progress, setProgress] = useState<JsonProgress | null>(null)
  useLayoutEffect(() => {
    const steps = layOutJson(text)
    let timer: ReturnType<typeof setTimeout> | undefined
    const work = (): void => {
      const endsAt = performance.now() + SLICE_MS
      let step = steps.next()
      while (step.done !== true && performance.now() < endsAt) step = steps.next()
      const isWhole = step.done === true
      setProgress({ layout: step.value, isWhole })
      if (!isWhole) timer = setTimeout(work)
    }
    work()
    return () => clearTimeout(timer)
  }, [text])
  return progress
}

import { useState } from 'react'
import { useNow } from '../format/use-now.ts'
import { paceOf, type Sample, withSample } from './pace.ts'

/** How fast something is done by what is seen of it, in a second; null until that can be told. */
export function usePace(done: number): number | null {
  const nowAt = useNow()
  const [samples, setSamples] = useState<readonly Sample[]>([{ at: nowAt, done }])
  if (samples.at(-1)?.at !== nowAt) setSamples(withSample(samples, { at: nowAt, done }))
  return paceOf(samples)
}

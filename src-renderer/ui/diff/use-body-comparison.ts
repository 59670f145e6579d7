import { useMemo } from 'react'
import { useOffThread, type Work } from '../../platform/browser/use-off-thread.ts'
import { type BodyComparison, type BodyPair, compareBodies, type ComparedBody } from './values/compare-bodies.ts'

const LITTLE_BYTES = 32_768

const WORK: Work<BodyPair, BodyComparison> = {
  isLittle: ({ left, right }) => left.bytes.length + right.bytes.length <= LITTLE_BYTES,
  perform: compareBodies,
  start: () => new Worker(new URL('./diff-worker.ts', import.meta.url), { type: 'module' }),
}

/** What differs between two bodies; null while that is found out. */
export function useBodyComparison(left: ComparedBody, right: ComparedBody): BodyComparison | null {
  const pair = useMemo(
    () => ({
      left: { bytes: left.bytes, contentType: left.contentType },
      right: { bytes: right.bytes, contentType: right.contentType },
    }),
    [left.bytes, left.contentType, right.bytes, right.contentType],
  )
  return useOffThread(pair, WORK)
}

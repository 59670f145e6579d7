import { useMemo } from 'react'
import { useOffThread, type Work } from '../../../platform/browser/use-off-thread.ts'
import type { JsonLayout } from './layout/json-layout.ts'
import { type JsonReading, readJsonBody } from './read-json-body.ts'

/** What takes a few ms is read at once. */
const LITTLE_CHARACTERS = 150_000
/** Of a longer text, what is shown until all of it is read. */
const PREVIEW_CHARACTERS = 15_000

const WORK: Work<string, JsonReading> = {
  isLittle: (text) => text.length <= LITTLE_CHARACTERS,
  perform: readJsonBody,
  start: () => new Worker(new URL('./json-worker.ts', import.meta.url), { type: 'module' }),
}

/** The layout of a JSON text, its beginning first where it is long; `problem` is undefined until that is known. */
export function useJsonReading(text: string): { layout: JsonLayout; problem: string | null | undefined } {
  const reading = useOffThread(text, WORK)
  const isKnown = reading !== null
  const preview = useMemo(
    () => (isKnown ? null : readJsonBody(text.slice(0, PREVIEW_CHARACTERS)).layout),
    [isKnown, text],
  )
  return reading ?? { layout: preview!, problem: undefined }
}

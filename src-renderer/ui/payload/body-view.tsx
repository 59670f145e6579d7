import { useMemo } from 'react'
import { formatBytes } from '../format/size.ts'
import { isMultipart } from './multipart/multipart-parts.ts'
import { MultipartView } from './multipart/multipart-view.tsx'
import { Note } from './note.tsx'
import { type Body, SingleBody } from './single-body.tsx'

/** What is laid out at most; the rest is for a download. */
export const SHOWN_BYTES = 16 * 1_048_576

/** A body in the way it is best read: JSON, form, parts, text, or bytes. Always text, never run, opened or expanded. */
export function BodyView({ bytes, contentType, label, onFilter }: Body) {
  const isCut = bytes.length > SHOWN_BYTES
  const shown = useMemo(() => (isCut ? bytes.subarray(0, SHOWN_BYTES) : bytes), [bytes, isCut])
  const body = { bytes: shown, contentType, label, onFilter }
  return (
    <div className="flex min-h-0 grow flex-col">
      {isCut && (
        <Note>{`The first ${formatBytes(SHOWN_BYTES)} of ${formatBytes(bytes.length)}. Download it to see the rest.`}</Note>
      )}
      {isMultipart(contentType) ? <MultipartView {...body} /> : <SingleBody {...body} />}
    </div>
  )
}

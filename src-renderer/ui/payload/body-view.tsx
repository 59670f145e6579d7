import { useMemo, useState } from 'react'
import { Button } from '../controls/button.tsx'
import { formatBytes } from '../format/size.ts'
import { type BodyKind, bodyKind, formFields, jsonProblem } from './body-kind.ts'
import { type DecodedText, decodeText } from './decode-text.ts'
import { HexView } from './hex-view.tsx'
import { JsonView } from './json/json-view.tsx'
import { isMultipart } from './multipart/multipart-parts.ts'
import { MultipartView } from './multipart/multipart-view.tsx'
import { Note } from './note.tsx'
import { PairsTable } from './pairs-table.tsx'
import { TextView } from './text-view.tsx'

/** What is laid out at most; the rest is for a download. */
export const SHOWN_BYTES = 1_048_576

interface Body {
  bytes: Uint8Array
  contentType: string | null
  label: string
}

/** A body in the way it is best read: JSON, form, parts, text, or bytes. Always text, never run, opened or expanded. */
export function BodyView({ bytes, contentType, label }: Body) {
  const isCut = bytes.length > SHOWN_BYTES
  const shown = useMemo(() => (isCut ? bytes.subarray(0, SHOWN_BYTES) : bytes), [bytes, isCut])
  const body = { bytes: shown, contentType, label }
  return (
    <div className="flex min-h-0 grow flex-col">
      {isCut && (
        <Note>{`The first ${formatBytes(SHOWN_BYTES)} of ${formatBytes(bytes.length)}. Download it to see the rest.`}</Note>
      )}
      {isMultipart(contentType) ? <MultipartView {...body} /> : <DecodedBody {...body} isCut={isCut} />}
    </div>
  )
}

function DecodedBody({ bytes, contentType, label, isCut }: Body & { isCut: boolean }) {
  const decoded = useMemo(() => decodeText(bytes, contentType), [bytes, contentType])
  const kind = useMemo(() => bodyKind(contentType, decoded.isLossy ? null : decoded.text), [contentType, decoded])
  if (kind === 'binary') return <BinaryBody bytes={bytes} decoded={decoded} label={label} />
  return (
    <>
      {decoded.encoding !== 'utf-8' && <Note>{`Decoded as ${decoded.encoding.toUpperCase()}.`}</Note>}
      <TextBody kind={kind} text={decoded.text} label={label} isCut={isCut} />
    </>
  )
}

function TextBody({ kind, text, label, isCut }: { kind: BodyKind; text: string; label: string; isCut: boolean }) {
  const problem = useMemo(() => (kind === 'json' && !isCut ? jsonProblem(text) : null), [kind, isCut, text])
  if (kind === 'empty') return <p className="px-4 py-3 text-muted">The body is empty.</p>
  if (kind === 'json' && problem === null) return <JsonView text={text} label={label} />
  if (kind === 'form')
    return (
      <div className="min-h-0 grow overflow-y-auto">
        <PairsTable label={label} pairs={formFields(text)} />
      </div>
    )
  return (
    <>
      {problem !== null && <Note>{`The sender calls this JSON, but it is not: ${problem}.`}</Note>}
      <TextView text={text} label={label} />
    </>
  )
}

/** Bytes that are no text, or only nearly: shown as they are, and as text when asked for. */
function BinaryBody({ bytes, decoded, label }: { bytes: Uint8Array; decoded: DecodedText; label: string }) {
  const [asText, setAsText] = useState(false)
  const encoding = decoded.encoding.toUpperCase()
  const why = decoded.isLossy ? `Not valid ${encoding}` : 'Control characters among the text'
  return (
    <>
      <Note>
        <span>
          {asText && decoded.isLossy
            ? `A lossy view: what is not ${encoding} shows as �. The bytes are kept as they came.`
            : `${why}: shown as ${asText ? 'text' : 'bytes'}.`}
        </span>
        <Button look="ghost" onClick={() => setAsText(!asText)}>
          {asText ? 'Show bytes' : 'Show as text'}
        </Button>
      </Note>
      {asText ? <TextView text={decoded.text} label={label} /> : <HexView bytes={bytes} label={label} />}
    </>
  )
}

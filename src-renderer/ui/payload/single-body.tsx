import { useMemo, useState } from 'react'
import { Button } from '../controls/button.tsx'
import { type BodyKind, bodyKind, isCalledJson, isCalledXml } from './body-kind.ts'
import { type DecodedText, decodeText } from './decode-text.ts'
import { FormView } from './form-view.tsx'
import { HexView } from './hex-view.tsx'
import { JsonView } from './json/json-view.tsx'
import type { FilterBy } from './json/path-bar.tsx'
import { Note } from './note.tsx'
import { TextView } from './text/text-view.tsx'
import { XmlView } from './text/xml-view.tsx'

export interface Body {
  bytes: Uint8Array
  contentType: string | null
  label: string
  /** Offered for values of JSON where it is given. */
  onFilter?: FilterBy | undefined
}

/** A body that is no container of parts. */
export function SingleBody({ bytes, contentType, label, onFilter }: Body) {
  const decoded = useMemo(() => decodeText(bytes, contentType), [bytes, contentType])
  const kind = useMemo(() => bodyKind(contentType, decoded.isLossy ? null : decoded.text), [contentType, decoded])
  if (kind === 'binary') return <BinaryBody bytes={bytes} decoded={decoded} label={label} />
  return (
    <>
      {decoded.encoding !== 'utf-8' && <Note>{`Decoded as ${decoded.encoding.toUpperCase()}.`}</Note>}
      <TextBody kind={kind} text={decoded.text} {...{ contentType, label, onFilter }} />
    </>
  )
}

function TextBody({
  kind,
  text,
  contentType,
  label,
  onFilter,
}: Omit<Body, 'bytes'> & { kind: BodyKind; text: string }) {
  if (kind === 'empty') return <p className="px-4 py-3 text-muted">The body is empty.</p>
  if (kind === 'form') return <FormView text={text} label={label} />
  if (kind === 'text')
    return isCalledXml(contentType) ? <XmlView text={text} label={label} /> : <TextView text={text} label={label} />
  return (
    <JsonView
      text={text}
      label={label}
      onFilter={onFilter}
      otherwise={(problem) => (
        <>
          {isCalledJson(contentType) && <Note>{`The sender calls this JSON, but it is not: ${problem}.`}</Note>}
          <TextView text={text} label={label} />
        </>
      )}
    />
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

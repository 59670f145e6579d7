import { useMemo } from 'react'
import { formatBytes, plural } from '../../format/size.ts'
import { bodyKind } from '../body-kind.ts'
import { decodeText } from '../decode-text.ts'
import { HexView } from '../hex-view.tsx'
import { Note } from '../note.tsx'
import { MOST_PARTS, multipartParts, type Part } from './multipart-parts.ts'

/** How much of a part is shown beside its name. */
const PREVIEW_CHARACTERS = 2_000

/** The parts of a multipart body, the first of many; where it has none to show, its bytes. */
export function MultipartView({
  bytes,
  contentType,
  label,
}: {
  bytes: Uint8Array
  contentType: string | null
  label: string
}) {
  const { parts, isCut, problem } = useMemo(() => multipartParts(bytes, contentType), [bytes, contentType])
  return (
    <>
      {problem !== null && <Note>{problem}</Note>}
      {isCut && <Note>{`Parts, the first ${MOST_PARTS} shown. Download the body to see them all.`}</Note>}
      {parts.length === 0 ? (
        <HexView bytes={bytes} label={label} />
      ) : (
        <ol aria-label={label} className="min-h-0 grow overflow-y-auto">
          {parts.map((part, index) => (
            <PartRow key={index} part={part} number={index + 1} />
          ))}
        </ol>
      )}
    </>
  )
}

function PartRow({ part, number }: { part: Part; number: number }) {
  const { name, fileName, contentType, bytes, headers } = part
  return (
    <li className="flex flex-col gap-1 border-b border-line/55 px-4 py-2">
      <p className="flex flex-wrap items-baseline gap-x-3 text-small text-muted">
        <span className="mono text-text">{name ?? `part ${number}`}</span>
        {fileName !== null && <span className="mono">{fileName}</span>}
        {contentType !== null && <span className="mono">{contentType}</span>}
        <span>{formatBytes(bytes.length)}</span>
        <span>{plural(headers.length, 'header')}</span>
      </p>
      <PartContent part={part} />
    </li>
  )
}

function PartContent({ part: { bytes, contentType } }: { part: Part }) {
  const { text, isLossy } = useMemo(
    () => decodeText(bytes.subarray(0, 4 * PREVIEW_CHARACTERS), contentType),
    [bytes, contentType],
  )
  if (bytes.length === 0) return null
  if (bodyKind(contentType, isLossy ? null : text) === 'binary')
    return <p className="text-small text-faint">Not text: download the body to see its bytes.</p>
  const preview = text.slice(0, PREVIEW_CHARACTERS)
  return (
    <pre className="mono overflow-x-auto whitespace-pre-wrap">
      {preview}
      {preview.length < text.length && '…'}
    </pre>
  )
}

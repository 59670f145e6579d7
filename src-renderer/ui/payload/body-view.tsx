import { useMemo } from 'react'
import { formatBytes } from '../format/size.ts'
import { bodyKind, decodeUtf8, formFields, jsonProblem } from './body-kind.ts'
import { HexView } from './hex-view.tsx'
import { JsonView } from './json-view.tsx'
import { PairsTable } from './pairs-table.tsx'
import { TextView } from './text-view.tsx'

/** What is laid out at most; the rest is for a download. */
export const SHOWN_BYTES = 1_048_576

function Note({ children }: { children: string }) {
  return <p className="shrink-0 border-b border-line bg-panel px-4 py-1.5 text-small text-muted">{children}</p>
}

/** A body in the way it is best read: JSON, form, text, or bytes. Always text, never run. */
export function BodyView({
  bytes,
  contentType,
  label,
}: {
  bytes: Uint8Array
  contentType: string | null
  label: string
}) {
  const isCut = bytes.length > SHOWN_BYTES
  const shown = useMemo(() => (isCut ? bytes.subarray(0, SHOWN_BYTES) : bytes), [bytes, isCut])
  const text = useMemo(() => decodeUtf8(shown), [shown])
  const kind = useMemo(() => bodyKind(contentType, text), [contentType, text])
  const problem = useMemo(() => (kind === 'json' && !isCut ? jsonProblem(text ?? '') : null), [kind, isCut, text])
  return (
    <div className="flex min-h-0 grow flex-col">
      {isCut && (
        <Note>{`The first ${formatBytes(SHOWN_BYTES)} of ${formatBytes(bytes.length)}. Download it to see the rest.`}</Note>
      )}
      {problem !== null && <Note>{`The sender calls this JSON, but it is not: ${problem}.`}</Note>}
      {kind === 'empty' && <p className="px-4 py-3 text-muted">The body is empty.</p>}
      {kind === 'json' &&
        (problem === null ? (
          <JsonView text={text ?? ''} label={label} />
        ) : (
          <TextView text={text ?? ''} label={label} />
        ))}
      {kind === 'text' && <TextView text={text ?? ''} label={label} />}
      {kind === 'binary' && <HexView bytes={shown} label={label} />}
      {kind === 'form' && (
        <div className="min-h-0 grow overflow-y-auto">
          <PairsTable label={label} pairs={formFields(text ?? '')} />
        </div>
      )}
    </div>
  )
}

import { useMemo } from 'react'
import { jsonLines, type SpanKind } from './json-lines.ts'
import { LineView } from './line-view.tsx'

const TONES: Record<SpanKind, string> = {
  key: 'text-key',
  string: 'text-string',
  number: 'text-number',
  word: 'text-number',
  mark: 'text-text',
}

export function JsonView({ text, label }: { text: string; label: string }) {
  const lines = useMemo(() => jsonLines(text), [text])
  const widest = useMemo(
    () =>
      lines.reduce(
        (most, { depth, spans }) =>
          Math.max(
            most,
            spans.reduce((sum, span) => sum + span.text.length, depth * 2),
          ),
        0,
      ),
    [lines],
  )
  return (
    <LineView
      label={label}
      count={lines.length}
      widest={widest}
      renderLine={(index) => {
        const line = lines[index]
        if (line === undefined) return null
        return (
          <>
            {'  '.repeat(line.depth)}
            {line.spans.map((span, at) => (
              <span key={at} className={TONES[span.kind]}>
                {span.text}
              </span>
            ))}
          </>
        )
      }}
    />
  )
}

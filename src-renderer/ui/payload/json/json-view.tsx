import { plural } from '../../format/size.ts'
import { LineView } from '../line-view.tsx'
import { Note } from '../note.tsx'
import { DEEPEST_INDENT, type JsonLines, type Line, type SpanKind } from './json-lines.ts'
import { useJsonLines } from './use-json-lines.ts'

const TONES: Record<SpanKind, string> = {
  key: 'text-key',
  string: 'text-string',
  number: 'text-number',
  word: 'text-number',
  mark: 'text-text',
}

export function JsonView({ text, label }: { text: string; label: string }) {
  const progress = useJsonLines(text)
  if (progress === null) return null
  const { layout, isWhole } = progress
  const notes = isWhole ? markNotes(layout) : []
  return (
    <>
      {notes.map((note) => (
        <Note key={note}>{note}</Note>
      ))}
      <LineView
        label={label}
        count={layout.lines.length}
        widest={layout.widest}
        renderLine={(index) => {
          const line = layout.lines[index]
          return line === undefined ? null : <JsonLine line={line} />
        }}
      />
    </>
  )
}

/** What a reader of this JSON would quietly change, in words. */
function markNotes({ marks }: JsonLines): string[] {
  const { 'duplicate key': keys, 'loses digits': numbers } = marks
  return [
    ...(keys > 0
      ? [`${plural(keys, 'key stands', 'keys stand')} twice in an object: most readers keep the last value.`]
      : []),
    ...(numbers > 0
      ? [
          `${plural(numbers, 'number loses digits when JavaScript reads it', 'numbers lose digits when JavaScript reads them')}.`,
        ]
      : []),
  ]
}

function JsonLine({ line: { depth, spans } }: { line: Line }) {
  return (
    <>
      {'  '.repeat(Math.min(depth, DEEPEST_INDENT))}
      {spans.map(({ kind, text, mark }, at) =>
        mark === undefined ? (
          <span key={at} className={TONES[kind]}>
            {text}
          </span>
        ) : (
          <mark
            key={at}
            title={mark}
            className={`bg-transparent underline decoration-retry decoration-wavy underline-offset-2 ${TONES[kind]}`}
          >
            {text}
            <span className="sr-only"> ({mark})</span>
          </mark>
        ),
      )}
    </>
  )
}

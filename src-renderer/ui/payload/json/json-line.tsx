import { plural } from '../../format/size.ts'
import type { Matches } from '../lines/find-matches.ts'
import { MarkedText } from '../lines/marked-text.tsx'
import { DEEPEST_INDENT, type JsonLayout } from './layout/json-layout.ts'
import type { SpanKind } from './layout/json-token.ts'
import { lineSpans, type Span } from './layout/line-spans.ts'

const TONES: Record<SpanKind, string> = {
  key: 'text-key',
  string: 'text-string',
  number: 'text-number',
  word: 'text-number',
  mark: 'text-text',
}

/** One line of JSON; where it is folded, with what it hides in a few words. */
export function JsonLine({
  text,
  layout,
  line,
  isFolded,
  matches,
  current,
}: {
  text: string
  layout: JsonLayout
  line: number
  isFolded: boolean
  matches: Matches
  current: number
}) {
  const depth = layout.depths[line] ?? 0
  const closing = isFolded ? lineSpans(text, layout, layout.partners[line] ?? line) : []
  return (
    <>
      {'  '.repeat(Math.min(depth, DEEPEST_INDENT))}
      {lineSpans(text, layout, line).map((span) => (
        <SpanText key={span.at} span={span} matches={matches} current={current} />
      ))}
      {isFolded && (
        <>
          <span className="px-1 text-small text-faint">
            {plural(layout.sizes[line] ?? 0, closing[0]?.text === '}' ? 'key' : 'item')}
          </span>
          {closing.map(({ text: part, at }) => (
            <span key={at}>{part}</span>
          ))}
        </>
      )}
    </>
  )
}

function SpanText({
  span: { kind, text, at, mark },
  matches,
  current,
}: {
  span: Span
  matches: Matches
  current: number
}) {
  const content = <MarkedText text={text} at={at} matches={matches} current={current} />
  if (mark === undefined) return <span className={TONES[kind]}>{content}</span>
  return (
    <mark
      title={mark}
      className={`bg-transparent underline decoration-retry decoration-wavy underline-offset-2 ${TONES[kind]}`}
    >
      {content}
      <span className="sr-only"> ({mark})</span>
    </mark>
  )
}

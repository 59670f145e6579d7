import type { JsonLayout } from './json-layout.ts'
import type { JsonMark } from './json-marks.ts'
import { kindOf, LONGEST_SPAN, type SpanKind, TOKEN } from './json-token.ts'

export interface Span {
  kind: SpanKind
  text: string
  /** Where it stands in the source. */
  at: number
  /** Set where a reader would take it for something else. */
  mark?: JsonMark
}

/** What a line of a layout shows, without its indent. */
export function lineSpans(source: string, layout: JsonLayout, line: number): Span[] {
  const start = layout.starts[line] ?? 0
  const spans: Span[] = []
  for (const { 0: token, index } of source.slice(start, layout.ends[line]).matchAll(TOKEN)) {
    if (/^\s/.test(token)) continue
    const at = start + index
    const mark = layout.marks.get(at)
    const last = spans.at(-1)
    if (token === ':' && last?.kind === 'string') last.kind = 'key'
    spans.push({
      kind: kindOf(token),
      text: token === ':' ? ': ' : shorten(token),
      at,
      ...(mark !== undefined && { mark }),
    })
  }
  return spans
}

function shorten(text: string): string {
  if (text.length <= LONGEST_SPAN) return text
  return `${text.slice(0, LONGEST_SPAN)}… ${(text.length - LONGEST_SPAN).toLocaleString('en-US')} more characters`
}

export type SpanKind = 'key' | 'string' | 'number' | 'word' | 'mark'

export interface Span {
  kind: SpanKind
  text: string
}

export interface Line {
  /** How deep it is indented, in levels. */
  depth: number
  spans: Span[]
}

const TOKEN = /"[^"\\]*(?:\\[^][^"\\]*)*"?|-?\d[\d.eE+-]*|[A-Za-z]+|[{}[\],:]|\s+|[^]/gy
/** A value longer than this is shown with its end cut: no screen shows it, and laying it out would block. */
const LONGEST_SPAN = 4_000

function kindOf(token: string): SpanKind {
  if (token.startsWith('"')) return 'string'
  if (/^-?\d/.test(token)) return 'number'
  return /^[A-Za-z]/.test(token) ? 'word' : 'mark'
}

function shorten(text: string): string {
  if (text.length <= LONGEST_SPAN) return text
  return `${text.slice(0, LONGEST_SPAN)}… ${(text.length - LONGEST_SPAN).toLocaleString('en-US')} more characters`
}

/** Lines under construction: marks decide where one ends. */
class LineWriter {
  readonly lines: Line[] = []
  #depth = 0
  #line: Line = { depth: 0, spans: [] }

  add(kind: SpanKind, text: string): void {
    this.#line.spans.push({ kind, text: shorten(text) })
  }

  breakLine(change: number): void {
    this.#depth = Math.max(0, this.#depth + change)
    if (this.#line.spans.length > 0) this.lines.push(this.#line)
    this.#line = { depth: this.#depth, spans: [] }
  }

  /** An empty object or array stays on its line. */
  tryCloseEmpty(mark: string): boolean {
    const opened = this.lines.at(-1)
    const last = opened?.spans.at(-1)?.text
    if (opened === undefined || this.#line.spans.length > 0 || (mark === '}' ? last !== '{' : last !== '['))
      return false
    this.lines.pop()
    opened.spans.push({ kind: 'mark', text: mark })
    this.#depth = opened.depth
    this.#line = opened
    return true
  }

  turnKey(): void {
    const last = this.#line.spans.at(-1)
    if (last?.kind === 'string') last.kind = 'key'
  }
}

/**
 * Lays JSON out in lines, two spaces a level. Works on the text as it came: digits, escapes, order and duplicate keys
 * stay as they were sent, and what is not JSON, or was cut, still shows.
 */
export function jsonLines(source: string): readonly Line[] {
  const writer = new LineWriter()
  for (const [token] of source.matchAll(TOKEN)) {
    if (/^\s/.test(token)) continue
    if (token === '{' || token === '[') {
      writer.add('mark', token)
      writer.breakLine(1)
    } else if (token === '}' || token === ']') {
      if (writer.tryCloseEmpty(token)) continue
      writer.breakLine(-1)
      writer.add('mark', token)
    } else if (token === ',') {
      writer.add('mark', token)
      writer.breakLine(0)
    } else if (token === ':') {
      writer.turnKey()
      writer.add('mark', ': ')
    } else writer.add(kindOf(token), token)
  }
  writer.breakLine(0)
  return writer.lines
}

import { type JsonMark, KeyTracker, losesDigits } from './json-marks.ts'

export type SpanKind = 'key' | 'string' | 'number' | 'word' | 'mark'

export interface Span {
  kind: SpanKind
  text: string
  /** Set where a reader would take it for something else. */
  mark?: JsonMark
}

export interface Line {
  /** How deep it is indented, in levels. */
  depth: number
  spans: Span[]
}

/** Lines as they are laid out. */
export interface JsonLines {
  readonly lines: readonly Line[]
  /** Characters of the longest line. */
  readonly widest: number
  /** How many of each mark. */
  readonly marks: Readonly<Record<JsonMark, number>>
}

const TOKEN = /"[^"\\]*(?:\\[^][^"\\]*)*"?|-?\d[\d.eE+-]*|[A-Za-z]+|[{}[\],:]|\s+|[^]/gy
/** A value longer than this is shown with its end cut: no screen shows it, and laying it out would block. */
const LONGEST_SPAN = 4_000
/** Deeper levels are indented no further: no screen is that wide. */
export const DEEPEST_INDENT = 60
/** How many tokens are laid out in one go, a few ms of work. */
const TOKENS_PER_STEP = 10_000

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
class LineWriter implements JsonLines {
  readonly lines: Line[] = []
  readonly marks = { 'duplicate key': 0, 'loses digits': 0 }
  readonly #keys = new KeyTracker()
  widest = 0
  #depth = 0
  #line: Line = { depth: 0, spans: [] }
  /** The last value as it came, which a colon turns into a key. */
  #lastValue = ''

  take(token: string): void {
    if (token === '{' || token === '[') this.#open(token)
    else if (token === '}' || token === ']') this.#close(token)
    else if (token === ',') {
      this.#add({ kind: 'mark', text: token })
      this.breakLine(0)
    } else if (token === ':') {
      this.#turnKey()
      this.#add({ kind: 'mark', text: ': ' })
    } else this.#value(token)
  }

  breakLine(change: number): void {
    this.#depth = Math.max(0, this.#depth + change)
    const { depth, spans } = this.#line
    if (spans.length > 0) {
      this.lines.push(this.#line)
      const indent = 2 * Math.min(depth, DEEPEST_INDENT)
      this.widest = Math.max(
        this.widest,
        spans.reduce((sum, { text }) => sum + text.length, indent),
      )
    }
    this.#line = { depth: this.#depth, spans: [] }
  }

  #open(token: '{' | '['): void {
    if (token === '{') this.#keys.openObject()
    else this.#keys.openArray()
    this.#add({ kind: 'mark', text: token })
    this.breakLine(1)
  }

  #close(token: '}' | ']'): void {
    this.#keys.close()
    if (this.#tryCloseEmpty(token)) return
    this.breakLine(-1)
    this.#add({ kind: 'mark', text: token })
  }

  #value(token: string): void {
    const kind = kindOf(token)
    const span: Span = { kind, text: shorten(token) }
    if (kind === 'number' && losesDigits(token)) this.#mark(span, 'loses digits')
    this.#lastValue = token
    this.#add(span)
  }

  #add(span: Span): void {
    this.#line.spans.push(span)
  }

  #mark(span: Span, mark: JsonMark): void {
    span.mark = mark
    this.marks[mark]++
  }

  /** An empty object or array stays on its line. */
  #tryCloseEmpty(mark: string): boolean {
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

  #turnKey(): void {
    const last = this.#line.spans.at(-1)
    if (last?.kind !== 'string') return
    last.kind = 'key'
    if (this.#keys.isRepeated(this.#lastValue)) this.#mark(last, 'duplicate key')
  }
}

/**
 * Lays JSON out in lines, two spaces a level, and yields after each few ms of work what stands so far. Works on the text
 * as it came: digits, escapes, order and duplicate keys stay as they were sent, and what is not JSON, or was cut, still
 * shows. What it returns is the whole.
 */
export function* layOutJson(source: string): Generator<JsonLines, JsonLines> {
  const writer = new LineWriter()
  let tokens = 0
  for (const [token] of source.matchAll(TOKEN)) {
    if (!/^\s/.test(token)) writer.take(token)
    if (++tokens % TOKENS_PER_STEP === 0) yield writer
  }
  writer.breakLine(0)
  return writer
}

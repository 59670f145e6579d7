import { Numbers } from '../../lines/numbers.ts'
import { type JsonMark, KeyTracker, losesDigits } from './json-marks.ts'
import { kindOf, LONGEST_SPAN, TOKEN } from './json-token.ts'

/**
 * Where the lines of a JSON text stand in it. Numbers alone, so that ten megabytes cost little and pass between threads;
 * what a line looks like is read off the text once it is in sight.
 */
export interface JsonLayout {
  /** How many lines. */
  count: number
  /** Places in the text: of the first token of each line, and behind its last one. */
  starts: Int32Array
  ends: Int32Array
  /** How deep each line is indented, in levels. */
  depths: Int32Array
  /** Of a line that opens an object or list the line that closes it, and the other way round; -1 for any other. */
  partners: Int32Array
  /** Members of what a line opens. */
  sizes: Int32Array
  /** Characters of the longest line. */
  widest: number
  /** Places of the tokens that a reader would take for something else. */
  marks: ReadonlyMap<number, JsonMark>
  /** The text goes on: no browser scrolls further. */
  isCut: boolean
}

/** Deeper levels are indented no further: no screen is that wide. */
export const DEEPEST_INDENT = 60
/** How many tokens are laid out in one go, a few ms of work. */
export const TOKENS_PER_STEP = 10_000
/** Browsers end a page at some 17 million pixels. */
export const MOST_LINES = 850_000

interface OpenLine {
  start: number
  end: number
  width: number
  /** The line that this one closes; -1 where it closes none. */
  partner: number
}

/** Lines under construction: marks decide where one ends. */
class LayoutWriter {
  readonly #starts = new Numbers()
  readonly #ends = new Numbers()
  readonly #depths = new Numbers()
  readonly #partners = new Numbers()
  readonly #sizes = new Numbers()
  readonly #marks = new Map<number, JsonMark>()
  readonly #keys = new KeyTracker()
  readonly #opened: { mark: string; line: number }[] = []
  #widest = 0
  /** Of the line that was ended last. */
  #widthBefore = 0
  #depth = 0
  #line: OpenLine = NEW_LINE
  #last = { token: '', at: -1 }

  get count(): number {
    return this.#starts.length
  }

  take(token: string, at: number): void {
    if (token === '{' || token === '[') this.#open(token, at)
    else if (token === '}' || token === ']') this.#close(token, at)
    else if (token === ',') {
      this.#add(at, 1, 1)
      this.#breakLine()
      const opened = this.#opened.at(-1)
      if (opened) this.#sizes.set(opened.line, this.#sizes.at(opened.line) + 1)
    } else if (token === ':') {
      if (this.#last.token.startsWith('"') && this.#keys.isRepeated(this.#last.token))
        this.#marks.set(this.#last.at, 'duplicate key')
      this.#add(at, 1, 2)
    } else {
      if (kindOf(token) === 'number' && losesDigits(token)) this.#marks.set(at, 'loses digits')
      this.#add(at, token.length, Math.min(token.length, LONGEST_SPAN + 30))
    }
    this.#last = { token, at }
  }

  end(isCut: boolean): JsonLayout {
    this.#breakLine()
    for (const { line } of this.#opened) this.#partners.set(line, this.count - 1)
    return {
      count: this.count,
      starts: this.#starts.done(),
      ends: this.#ends.done(),
      depths: this.#depths.done(),
      partners: this.#partners.done(),
      sizes: this.#sizes.done(),
      widest: this.#widest,
      marks: this.#marks,
      isCut,
    }
  }

  #open(token: '{' | '[', at: number): void {
    if (token === '{') this.#keys.openObject()
    else this.#keys.openArray()
    this.#add(at, 1, 1)
    this.#opened.push({ mark: token, line: this.count })
    this.#breakLine()
    this.#depth += 1
  }

  #close(token: '}' | ']', at: number): void {
    this.#keys.close()
    const opened = this.#opened.pop()
    if (opened !== undefined && this.#isEmpty(opened, token)) {
      // An empty object or list stays on its line.
      this.#depth -= 1
      this.#line = { start: this.#starts.pop(), end: at + 1, width: this.#widthBefore, partner: -1 }
      this.#ends.pop()
      this.#depths.pop()
      this.#partners.pop()
      this.#sizes.pop()
      this.#line.width += 1
      return
    }
    if (opened !== undefined && this.#last.token !== ',') this.#sizes.set(opened.line, this.#sizes.at(opened.line) + 1)
    this.#breakLine()
    this.#depth = Math.max(0, this.#depth - 1)
    this.#line = { ...NEW_LINE, partner: opened?.line ?? -1 }
    if (opened !== undefined) this.#partners.set(opened.line, this.count)
    this.#add(at, 1, 1)
  }

  #isEmpty({ mark, line }: { mark: string; line: number }, token: '}' | ']'): boolean {
    return line === this.count - 1 && this.#line.start < 0 && mark === (token === '}' ? '{' : '[')
  }

  #add(at: number, length: number, width: number): void {
    const { start, width: before, partner } = this.#line
    this.#line = { start: start < 0 ? at : start, end: at + length, width: before + width, partner }
  }

  #breakLine(): void {
    const { start, end, width, partner } = this.#line
    this.#line = NEW_LINE
    if (start < 0) return
    this.#starts.push(start)
    this.#ends.push(end)
    this.#depths.push(this.#depth)
    this.#partners.push(partner)
    this.#sizes.push(0)
    this.#widthBefore = width
    this.#widest = Math.max(this.#widest, width + 2 * Math.min(this.#depth, DEEPEST_INDENT))
  }
}

const NEW_LINE: OpenLine = { start: -1, end: -1, width: 0, partner: -1 }

/**
 * Lays JSON out in lines, two spaces a level; yields after each few ms of work how many lines stand. Works on the text
 * as it came: digits, escapes, order and duplicate keys stay as they were sent, and what is not JSON, or was cut, still
 * shows.
 */
export function* layOutJson(source: string): Generator<number, JsonLayout> {
  const writer = new LayoutWriter()
  let tokens = 0
  let isCut = false
  for (const { 0: token, index } of source.matchAll(TOKEN)) {
    if (!/^\s/.test(token)) writer.take(token, index)
    if (++tokens % TOKENS_PER_STEP !== 0) continue
    if (writer.count >= MOST_LINES) {
      isCut = true
      break
    }
    yield writer.count
  }
  return writer.end(isCut)
}

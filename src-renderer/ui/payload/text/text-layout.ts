import { Numbers } from '../lines/numbers.ts'

/** Where the lines of a text stand in it. */
export interface TextLayout {
  starts: Int32Array
  /** Before the line break. */
  ends: Int32Array
  /** Characters of the longest line, as far as lines are shown. */
  widest: number
  isCut: boolean
}

export const LONGEST_LINE = 4_000
/** Browsers end a page at some 17 million pixels. */
const MOST_LINES = 850_000

/** Finds the lines of a text, whatever ends them. */
export function layOutText(text: string): TextLayout {
  const [starts, ends] = [new Numbers(), new Numbers()]
  let [start, widest] = [0, 0]
  const take = (end: number): void => {
    starts.push(start)
    ends.push(end)
    widest = Math.max(widest, Math.min(end - start, LONGEST_LINE + 30))
  }
  for (const { 0: lineBreak, index } of text.matchAll(/\r\n|\n|\r/g)) {
    take(index)
    start = index + lineBreak.length
    if (starts.length >= MOST_LINES) return { starts: starts.done(), ends: ends.done(), widest, isCut: true }
  }
  take(text.length)
  return { starts: starts.done(), ends: ends.done(), widest, isCut: false }
}

/** What of a layout may be handed to another thread instead of copied. */
export function buffersOf({ starts, ends }: TextLayout): Transferable[] {
  return [starts, ends].map(({ buffer }) => buffer as ArrayBuffer)
}

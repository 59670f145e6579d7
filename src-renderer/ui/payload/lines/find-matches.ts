import { Numbers } from './numbers.ts'

/** Places at which a text holds what is looked for. */
export interface Matches {
  /** In ascending order. */
  starts: Int32Array
  ends: Int32Array
  /** There are more. */
  isCut: boolean
}

export const NO_MATCHES: Matches = { starts: new Int32Array(), ends: new Int32Array(), isCut: false }
export const MOST_MATCHES = 10_000
/** How many matches are taken, or characters passed, in one go: a few ms of work. */
const MATCHES_PER_STEP = 500
const CHARACTERS_PER_STEP = 400_000

/** What is typed as a pattern: spaces around a colon may be there or not, as JSON is shown with one and mostly sent without. */
export function findPattern(typed: string, isExact: boolean): RegExp {
  const escaped = typed.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`).replaceAll(/\s*:\s*/g, String.raw`\s*:\s*`)
  return new RegExp(escaped, isExact ? 'g' : 'gi')
}

/** Looks through a text, and yields after each few ms of work what was found so far. */
export function* findMatches(text: string, pattern: RegExp): Generator<Matches, Matches> {
  const [starts, ends] = [new Numbers(), new Numbers()]
  const found = (isCut: boolean): Matches => ({ starts: starts.done(), ends: ends.done(), isCut })
  let window = CHARACTERS_PER_STEP
  pattern.lastIndex = 0
  for (let from = 0; from < text.length;) {
    // A match that begins in this window may end behind it.
    const part = text.slice(from, from + window + 2_000)
    pattern.lastIndex = 0
    let next = from + window
    for (let inStep = 0, match = pattern.exec(part); match !== null; match = pattern.exec(part)) {
      if (match[0] === '') return found(false)
      if (match.index >= window) break
      starts.push(from + match.index)
      ends.push(from + match.index + match[0].length)
      next = Math.max(next, from + match.index + match[0].length)
      if (starts.length >= MOST_MATCHES) return found(true)
      if (++inStep >= MATCHES_PER_STEP) {
        next = from + match.index + match[0].length
        break
      }
    }
    from = next
    window = CHARACTERS_PER_STEP
    yield found(false)
  }
  return found(false)
}

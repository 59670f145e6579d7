import { linearPattern, type LinearPattern } from '../linear-pattern.ts'

/** Stands in for `RegExp` inside an expression, so that no text makes a match take longer than linear time. */
export class LinearRegexEngine {
  lastIndex = 0
  readonly #pattern: LinearPattern

  /** Throws where the expression uses what cannot be matched in linear time. */
  constructor({ source, flags }: RegExp) {
    this.#pattern = patternOf(source, flags)
  }

  exec(text: string): (string[] & { index: number }) | null {
    const match = this.#pattern.match(text, this.lastIndex)
    if (!match) return null
    const groups = match.groups.map((group) => group ?? '')
    this.lastIndex = match.start + (groups[0] ?? '').length
    return Object.assign(groups, { index: match.start })
  }
}

const KEPT = 200
const patterns = new Map<string, LinearPattern>()

/** An expression builds its patterns anew each time it passes them: the last ones are kept. */
function patternOf(source: string, flags: string): LinearPattern {
  const key = `${flags}/${source}`
  const known = patterns.get(key)
  if (known) return known
  const pattern = linearPattern(source, { ignoreCase: flags.includes('i'), multiline: flags.includes('m') })
  if (patterns.size >= KEPT) patterns.clear()
  patterns.set(key, pattern)
  return pattern
}

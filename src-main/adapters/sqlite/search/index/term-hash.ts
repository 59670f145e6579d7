/** Begins every term that is no part of a text; no text is split so that a term of one begins with it and is as long. */
const MARK = '\u00a4'

/**
 * A term for a fact about an event, such as its type or the value at a path: the same for the same fact, and so short that
 * two facts may share one. Whoever finds an event by it looks at the event itself.
 */
export function factTerm(kind: string, ...parts: readonly string[]): string {
  let one = 0x811c9dc5
  let other = 0x9e3779b9
  for (const part of [kind, ...parts]) {
    for (let index = 0; index < part.length; index++) {
      const code = part.charCodeAt(index)
      one = Math.imul(one ^ code, 0x01000193)
      other = Math.imul(other ^ code, 0x85ebca6b)
      other ^= other >>> 13
    }
    // Parts must not run into each other.
    one = Math.imul(one ^ 0x10000, 0x01000193)
    other = Math.imul(other ^ 0x10000, 0x85ebca6b)
  }
  return `${MARK}${(one >>> 0).toString(36)}.${(other >>> 0).toString(36)}`
}

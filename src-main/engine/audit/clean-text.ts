/** The longest text of an entry, in characters. */
const LONGEST = 300

/** Control characters, and those that turn the direction of what follows. */
// oxlint-disable-next-line no-control-regex -- control characters are just what is looked for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g

/** Text from outside as one line: escaped where it could pass for another entry or drive a terminal, and cut. */
export function cleanText(text: string): string {
  // Cut first and again: escaping makes it longer, and what is a megabyte long is not worth escaping whole.
  return cut(cut(text).toWellFormed().replaceAll(UNSAFE, escaped))
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

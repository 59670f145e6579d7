/** A piece of a filter's text between blanks, where it stands, and its parts as they were written. */
export interface FilterToken {
  start: number
  end: number
  negated: boolean
  parts: TokenParts
}

export interface Value {
  text: string
  isQuoted: boolean
}

export type TokenParts =
  | { kind: 'text'; value: Value }
  /** `name:` and what follows it, parted by commas. */
  | { kind: 'keyed'; name: string; values: readonly Value[] }
  /** `header:name`, and `=value` where there is one. */
  | { kind: 'header'; name: string; value: Value | null }
  /** `$…`, and the comparison where there is one; its value is null where none was written. */
  | { kind: 'json'; path: string; comparison: string | null; value: Value | null }

const KEY = /^([A-Za-z]+):/
const COMPARISON = /^\s*(!=|>=|<=|=|>|<)\s*/
/** A path ends at a blank or a comparison, but not inside of brackets with quotes. */
const PATH = /^\$(?:\["(?:[^"\\]|\\.)*"?\]?|[^\s=!<>])*/

/**
 * Parts a filter's text into its tokens. Whatever is written, something is read: quotes left open end with the text, for a
 * person is still typing.
 */
export function splitFilter(text: string): FilterToken[] {
  const tokens: FilterToken[] = []
  const reader = new Reader(text)
  while (reader.skipBlanks()) {
    const start = reader.at
    const negated = reader.take(/^-(?=\S)/) !== null
    const parts = readParts(reader)
    tokens.push({ start, end: reader.at, negated, parts })
  }
  return tokens
}

function readParts(reader: Reader): TokenParts {
  const path = reader.take(PATH)
  if (path !== null) return readJson(reader, path)
  const name = reader.take(KEY)?.slice(0, -1).toLowerCase()
  if (name === undefined) return { kind: 'text', value: reader.value(/^\S*/) }
  if (name !== 'header') return { kind: 'keyed', name, values: readValues(reader) }
  const header = reader.take(/^[^\s=]*/) ?? ''
  const isCompared = reader.take(/^=/) !== null
  return { kind: 'header', name: header, value: isCompared ? reader.value(/^\S*/) : null }
}

function readJson(reader: Reader, path: string): TokenParts {
  const comparison = reader.take(COMPARISON)?.trim() ?? null
  return { kind: 'json', path, comparison, value: comparison === null ? null : reader.value(/^\S*/) }
}

function readValues(reader: Reader): Value[] {
  const values: Value[] = []
  do values.push(reader.value(/^[^\s,]*/))
  while (reader.take(/^,/) !== null)
  return values.filter(({ text, isQuoted }) => text !== '' || isQuoted)
}

class Reader {
  at = 0
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  /** Whether anything is left. */
  skipBlanks(): boolean {
    this.take(/^\s+/)
    return this.at < this.text.length
  }

  take(pattern: RegExp): string | null {
    const found = pattern.exec(this.text.slice(this.at))?.[0]
    if (found === undefined) return null
    this.at += found.length
    return found
  }

  /** What stands in quotes, or else what `bare` takes. */
  value(bare: RegExp): Value {
    const quotes = /^"((?:[^"\\]|\\.)*)(?:"|\\?$)/s.exec(this.text.slice(this.at))
    if (quotes === null) return { text: this.take(bare) ?? '', isQuoted: false }
    this.at += quotes[0].length
    return { text: quotes[1]!.replaceAll(/\\(.)/gs, '$1'), isQuoted: true }
  }
}

/** A value as it must be written to be read back: in quotes wherever it is not one bare word. */
export function quoted({ text, isQuoted }: Value, special: RegExp = /[\s"]/): string {
  if (!isQuoted && text !== '' && !special.test(text)) return text
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`
}

/** JSON text without its white space: punctuation, strings and scalars as they are written. */
export type JsonTokens = readonly string[]

/** The tokens of JSON text; null for any other text. Digits, escapes and repeated keys stay as they are. */
export function jsonTokens(text: string): JsonTokens | null {
  if (!isJson(text)) return null
  const tokens: string[] = []
  for (let at = 0; at < text.length;) {
    const end = tokenEnd(text, at)
    const token = text.slice(at, end)
    if (!/^\s/.test(token)) tokens.push(token)
    at = end
  }
  return tokens
}

function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}

/** What follows relies on the text being JSON. */
function tokenEnd(text: string, from: number): number {
  const first = text[from] ?? ''
  if ('{}[]:,'.includes(first)) return from + 1
  let at = from + 1
  if (first === '"') {
    while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
    return at + 1
  }
  const stop = ' \t\r\n'.includes(first) ? /[^ \t\r\n]/g : /[{}[\]:,"\s]/g
  stop.lastIndex = at
  at = stop.exec(text)?.index ?? text.length
  return at
}

const DEEPEST = 200

/** The tokens with the members of each object sorted by key; null where they are nested too deeply to be worth it. */
export function sortedTokens(tokens: JsonTokens): JsonTokens | null {
  const reader = { tokens, at: 0 }
  return sortedValue(reader, 0)
}

function sortedValue(reader: { tokens: JsonTokens; at: number }, depth: number): string[] | null {
  const first = reader.tokens[reader.at++] ?? ''
  if (first !== '{' && first !== '[') return [first]
  if (depth > DEEPEST) return null
  const close = first === '{' ? '}' : ']'
  const entries: { key: string; tokens: string[] }[] = []
  while (reader.tokens[reader.at] !== close) {
    if (reader.tokens[reader.at] === ',') reader.at++
    const key = first === '{' ? (reader.tokens[reader.at] ?? '') : ''
    if (first === '{') reader.at += 2
    const value = sortedValue(reader, depth + 1)
    if (value === null) return null
    entries.push({ key, tokens: first === '{' ? [key, ':', ...value] : value })
  }
  reader.at++
  const ordered = first === '{' ? entries.toSorted((one, other) => compareKeys(one.key, other.key)) : entries
  return [first, ...ordered.flatMap(({ tokens }, index) => (index === 0 ? tokens : [',', ...tokens])), close]
}

function compareKeys(one: string, other: string): number {
  const [a, b] = [JSON.parse(one) as string, JSON.parse(other) as string]
  return a < b ? -1 : a > b ? 1 : 0
}

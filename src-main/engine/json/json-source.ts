/**
 * The top-level fields of a JSON object, each value as the text that it was written as, so that digits, escapes and
 * repeated keys stay. Null where the text is not a JSON object.
 */
export function fieldSources(text: string): { key: string; source: string }[] | null {
  if (!isJsonObject(text)) return null
  const fields: { key: string; source: string }[] = []
  let at = skipSpace(text, text.indexOf('{') + 1)
  while (text[at] !== '}') {
    const keyEnd = stringEnd(text, at)
    const start = skipSpace(text, skipSpace(text, keyEnd) + 1)
    const end = valueEnd(text, start)
    fields.push({ key: JSON.parse(text.slice(at, keyEnd)), source: text.slice(start, end) })
    at = skipSpace(text, end)
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
  return fields
}

/** The items of a JSON array, each as the text that it was written as. Null where the text is not a JSON array. */
export function itemSources(text: string): string[] | null {
  if (!Array.isArray(parsed(text))) return null
  const items: string[] = []
  let at = skipSpace(text, text.indexOf('[') + 1)
  while (text[at] !== ']') {
    const end = valueEnd(text, at)
    items.push(text.slice(at, end))
    at = skipSpace(text, end)
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
  return items
}

/** What follows relies on this: the text is known to be JSON. */
function isJsonObject(text: string): boolean {
  const value = parsed(text)
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Undefined where the text is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (' \t\r\n'.includes(text[at] ?? 'end')) at++
  return at
}

function stringEnd(text: string, from: number): number {
  let at = from + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}

function valueEnd(text: string, from: number): number {
  let depth = 0
  let at = from
  do {
    const char = text[at]
    if (char === '"') at = stringEnd(text, at)
    else {
      if (char === '{' || char === '[') depth++
      else if (char === '}' || char === ']') depth--
      at++
    }
    // A number, true, false or null has no closing sign.
  } while (depth > 0 || !/[\s,}\]]/.test(text[at] ?? ','))
  return at
}

/**
 * The text with another value at a path such as `data.items.0.id`, and every other byte as it was; null where the text is
 * not JSON, or nothing stands there. `source` is JSON text itself.
 */
export function replacedSource(text: string, path: string, source: string): string | null {
  if (parsed(text) === undefined) return null
  const place = placeOf(text, path === '' ? [] : path.split('.'))
  return place && text.slice(0, place.start) + source + text.slice(place.end)
}

interface Span {
  start: number
  end: number
}

function placeOf(text: string, keys: readonly string[]): Span | null {
  let start = skipSpace(text, 0)
  for (const key of keys) {
    const found = text[start] === '{' ? memberOf(text, start, key) : itemOf(text, start, key)
    if (found === null) return null
    start = found
  }
  return { start, end: valueEnd(text, start) }
}

/** Where the value of a key begins; of a repeated key the last, as it is read. */
function memberOf(text: string, from: number, key: string): number | null {
  let found: number | null = null
  let at = skipSpace(text, from + 1)
  while (text[at] !== '}') {
    const keyEnd = stringEnd(text, at)
    const start = skipSpace(text, skipSpace(text, keyEnd) + 1)
    if (JSON.parse(text.slice(at, keyEnd)) === key) found = start
    at = skipSpace(text, valueEnd(text, start))
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
  return found
}

function itemOf(text: string, from: number, key: string): number | null {
  if (text[from] !== '[') return null
  let at = skipSpace(text, from + 1)
  for (let index = 0; text[at] !== ']'; index++) {
    if (String(index) === key) return at
    at = skipSpace(text, valueEnd(text, at))
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
  return null
}

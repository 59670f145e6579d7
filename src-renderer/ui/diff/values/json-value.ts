import { losesDigits } from '../../payload/json/layout/json-marks.ts'

/** A number as it was sent, where JavaScript would read another one. */
export class ExactNumber {
  readonly digits: string

  constructor(digits: string) {
    this.digits = digits
  }
}

/** What newer engines tell a reviver of the text that it stands for. */
interface Place {
  source?: string
}

/** A JSON text as a value whose numbers keep their digits; undefined where it is not JSON. */
export function readExactJson(text: string): unknown {
  try {
    const revive = (_key: string, value: unknown, place?: Place): unknown =>
      typeof value === 'number' && place?.source !== undefined && losesDigits(place.source)
        ? new ExactNumber(place.source)
        : value
    return JSON.parse(text, revive as (key: string, value: unknown) => unknown) as unknown
  } catch {
    return undefined
  }
}

/** Whether a value has more than `levels` levels. */
export function isDeeper(value: unknown, levels: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true
    level = level.flatMap((each) =>
      Array.isArray(each) ? (each as unknown[]) : isObject(each) ? Object.values(each) : [],
    )
  }
  return false
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber)
}

/** A value on one line, with the keys of its objects in order: equal values are equal texts. */
export function plainText(value: unknown): string {
  if (value instanceof ExactNumber) return value.digits
  if (Array.isArray(value)) return `[${value.map(plainText).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value) ?? 'null'
  return `{${sortedEntries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}:${plainText(inner)}`)
    .join(',')}}`
}

/** The lines of a value, two spaces a level, with the keys of its objects in order. */
export function plainLines(value: unknown): string[] {
  const lines: string[] = []
  write(value, { indent: '', before: '', after: '' }, lines)
  return lines
}

interface Around {
  indent: string
  before: string
  after: string
}

function write(value: unknown, { indent, before, after }: Around, lines: string[]): void {
  const isList = Array.isArray(value)
  const entries: [string, unknown][] = isList
    ? value.map((inner: unknown) => ['', inner])
    : isObject(value)
      ? sortedEntries(value).map(([key, inner]) => [`${JSON.stringify(key)}: `, inner])
      : []
  if (entries.length === 0) {
    lines.push(`${indent}${before}${plainText(value)}${after}`)
    return
  }
  lines.push(`${indent}${before}${isList ? '[' : '{'}`)
  entries.forEach(([key, inner], at) =>
    write(inner, { indent: `${indent}  `, before: key, after: at < entries.length - 1 ? ',' : '' }, lines),
  )
  lines.push(`${indent}${isList ? ']' : '}'}${after}`)
}

function sortedEntries(value: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

const SPAN_UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const
const SPAN_WORDS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(SPAN_UNITS),
  m: 60_000,
  sec: 1_000,
  day: 86_400_000,
  days: 86_400_000,
}

const SIZE_UNITS = [
  ['MiB', 1_048_576],
  ['KiB', 1_024],
  ['B', 1],
] as const
const SIZE_WORDS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(SIZE_UNITS.map(([unit, bytes]) => [unit.toLowerCase(), bytes])),
  kb: 1_000,
  mb: 1_000_000,
}

/** A span as it is typed, exact to the ms: `1 h 30 min`, `250 ms`, `0 s`. */
export function writeSpan(ms: number): string {
  const parts: string[] = []
  let rest = ms
  for (const [unit, unitMs] of SPAN_UNITS) {
    const count = Math.floor(rest / unitMs)
    if (count > 0) parts.push(`${count} ${unit}`)
    rest -= count * unitMs
  }
  return parts.length === 0 ? '0 s' : parts.join(' ')
}

/** In ms; null for what is no span. A number without a unit is none, but for 0. */
export function readSpan(text: string): number | null {
  const ms = readAmount(text, SPAN_WORDS)
  return ms === null ? null : Math.round(ms)
}

/** A size as it is typed, exact to the byte: `64 KiB`, `100 B`. */
export function writeSize(bytes: number): string {
  const [unit, unitBytes] = SIZE_UNITS.find(([, size]) => bytes !== 0 && bytes % size === 0) ?? SIZE_UNITS[2]
  return `${bytes / unitBytes} ${unit}`
}

/** In bytes; null for what is no size. */
export function readSize(text: string): number | null {
  const bytes = readAmount(text.toLowerCase(), SIZE_WORDS)
  return bytes === null ? null : Math.round(bytes)
}

/** `1 h 30 min`, `1.5h`, `0`: numbers with units, added up. */
function readAmount(text: string, units: Readonly<Record<string, number>>): number | null {
  const trimmed = text.trim()
  if (trimmed === '0') return 0
  if (!/^(?:\d+(?:\.\d+)?\s*[a-z]+\s*)+$/i.test(trimmed)) return null
  let sum = 0
  for (const [, count, unit = ''] of trimmed.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/gi)) {
    if (!Object.hasOwn(units, unit)) return null
    sum += Number(count) * (units[unit] ?? 0)
  }
  return sum
}

/** A list by commas, each read by `read`; null as soon as one cannot be read. Nothing is an empty list. */
export function readList<T>(text: string, read: (part: string) => T | null): T[] | null {
  if (text.trim() === '') return []
  const values = text.split(/[,;]/).map((part) => read(part))
  return values.every((value): value is NonNullable<typeof value> => value !== null) ? values : null
}

/** Null for what is no number. */
export function readNumber(text: string): number | null {
  return /^\s*-?\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : null
}

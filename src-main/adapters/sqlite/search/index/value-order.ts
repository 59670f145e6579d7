import type { Comparison, Operand } from '#shared/model/filter/language/filter-term.ts'
import { isNumber } from '#shared/model/filter/meaning/json-test.ts'
import { factTerm } from './term-hash.ts'

/** Values are put in order by so many bits, and named by their first 4, 8, … of them: a few names then cover any range. */
const BITS = 20
const STEP_BITS = 4
const HIGHEST = 2 ** BITS - 1

/** The day that begins a text; texts that begin with one are ordered as their days are. */
const DAY = /^([01]\d{3}|20[0-3]\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/

type Kind = 'number' | 'day'

/** What names a value by its size: a number's, or the day's with which a text begins. */
export function orderTerms(path: string, value: unknown): string[] {
  if (typeof value === 'number') return termsAround('number', path, numberPlace(value))
  if (typeof value !== 'string') return []
  const day = dayPlace(value)
  return day === null ? [otherTextTerm(path)] : termsAround('day', path, day)
}

/**
 * Terms of which every value at a path that compares as asked has one, and few others have; null where the order of the
 * values does not help.
 */
export function comparedTerms(path: string, comparison: Comparison, { text, isQuoted }: Operand): string[] | null {
  if (comparison === '=' || comparison === '!=') return null
  const isUpwards = comparison === '>' || comparison === '>='
  const cover = (kind: Kind, place: number): string[] =>
    coverOf(isUpwards ? place : 0, isUpwards ? HIGHEST : place).map((part) => termOf(kind, path, part))
  if (!isQuoted && isNumber(text)) return cover('number', numberPlace(Number(text)))
  const day = dayPlace(text)
  return day === null ? null : [otherTextTerm(path), ...cover('day', day)]
}

/** All values whose first `bits` bits are `first`. */
interface Part {
  bits: number
  first: number
}

function termsAround(kind: Kind, path: string, place: number): string[] {
  return Array.from({ length: BITS / STEP_BITS }, (_, index) => {
    const bits = (index + 1) * STEP_BITS
    return termOf(kind, path, { bits, first: place >>> (BITS - bits) })
  })
}

function termOf(kind: Kind, path: string, { bits, first }: Part): string {
  return factTerm(kind, path, `${bits}.${first}`)
}

/** Texts are compared with each other however they begin. */
function otherTextTerm(path: string): string {
  return factTerm('text', path)
}

/** The fewest parts that hold the places between two, both inclusive, and no others. */
function coverOf(lowest: number, highest: number): Part[] {
  const cover: Part[] = []
  const width = 2 ** STEP_BITS
  let [low, high] = [lowest, highest]
  for (let bits = BITS; low <= high; bits -= STEP_BITS) {
    const isLast = bits === STEP_BITS
    while (low <= high && (isLast || low % width !== 0)) cover.push({ bits, first: low++ })
    while (low <= high && high % width !== width - 1) cover.push({ bits, first: high-- })
    low = Math.ceil(low / width)
    high = Math.floor(high / width)
  }
  return cover
}

const bytes = new DataView(new ArrayBuffer(8))

/** The place of a number among all: of two, the larger has never the lower one. */
function numberPlace(value: number): number {
  // Minus zero is as large as zero.
  bytes.setFloat64(0, value + 0)
  const high = bytes.getUint32(0)
  const ordered = high >>> 31 === 1 ? ~high : high | 0x8000_0000
  return ordered >>> (32 - BITS)
}

/** The place of the day with which a text begins; null where it begins with none. */
function dayPlace(text: string): number | null {
  const found = DAY.exec(text)
  if (!found) return null
  const [year, month, day] = found.slice(1).map(Number) as [number, number, number]
  return year * 512 + month * 32 + day
}

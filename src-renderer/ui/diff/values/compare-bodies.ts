import { bodyKind } from '../../payload/body-kind.ts'
import { decodeText } from '../../payload/decode-text.ts'
import { type FieldChange, fieldChanges } from './field-changes.ts'
import { isDeeper, plainLines, readExactJson } from './json-value.ts'
import { diffLines, type LineDiff } from './line-diff.ts'

/** How much of a body is compared; the rest is said to be left out. */
export const COMPARED_BYTES = 2 * 1_048_576
const MOST_FIELDS = 5_000
/** What is nested deeper is compared as text. */
const MOST_LEVELS = 500

export interface ComparedBody {
  bytes: Uint8Array
  contentType: string | null
}

export interface BodyPair {
  left: ComparedBody
  right: ComparedBody
}

export type BodyComparison =
  /** Byte for byte. */
  | { kind: 'same' }
  /** At least one is no text; they part at `offset`, null where that lies beyond what is compared. */
  | { kind: 'bytes'; offset: number | null }
  | {
      kind: 'text'
      lines: LineDiff
      /** Null unless both are JSON. */
      fields: readonly FieldChange[] | null
      /** There are more than are listed. */
      moreFields: boolean
      isCut: boolean
    }

/** What differs between two bodies: as JSON values where both are, and line by line where they are text. */
export function compareBodies({ left, right }: BodyPair): BodyComparison {
  const offset = firstDifference(left.bytes, right.bytes)
  if (offset === null && left.bytes.length === right.bytes.length) return { kind: 'same' }
  const [one, other] = [textOf(left), textOf(right)]
  if (one === null || other === null) return { kind: 'bytes', offset }
  const isCut = Math.max(left.bytes.length, right.bytes.length) > COMPARED_BYTES
  const values = isCut ? [undefined, undefined] : [readExactJson(one), readExactJson(other)]
  const asSent = () => diffLines(linesOf(one), linesOf(other))
  if (!isComparable(values[0]) || !isComparable(values[1])) {
    return { kind: 'text', lines: asSent(), fields: null, moreFields: false, isCut }
  }
  const fields = fieldChanges(values[0], values[1])
  return {
    kind: 'text',
    // Equal values differ in nothing but how they are written: then that is shown.
    lines: fields.length === 0 ? asSent() : diffLines(plainLines(values[0]), plainLines(values[1])),
    fields: fields.slice(0, MOST_FIELDS),
    moreFields: fields.length > MOST_FIELDS,
    isCut,
  }
}

function isComparable(value: unknown): boolean {
  return value !== undefined && !isDeeper(value, MOST_LEVELS)
}

function textOf({ bytes, contentType }: ComparedBody): string | null {
  const { text, isLossy } = decodeText(bytes.subarray(0, COMPARED_BYTES), contentType)
  return bodyKind(contentType, isLossy ? null : text) === 'binary' ? null : text
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r/)
}

/** Null where the shorter one is the beginning of the longer. */
function firstDifference(left: Uint8Array, right: Uint8Array): number | null {
  const shared = Math.min(left.length, right.length)
  for (let at = 0; at < shared; at++) if (left[at] !== right[at]) return at
  return null
}

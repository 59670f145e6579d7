import { diffArrays } from 'diff'
import { formatJsonPath, pathOfKeys } from '#shared/model/filter/language/json-path.ts'
import { ExactNumber, isObject, plainText } from './json-value.ts'

/** One place at which two JSON values differ. */
export interface FieldChange {
  kind: 'added' | 'removed' | 'changed'
  /** Such as `$.data.items[3].id`: on the left, or on the right for what was added. */
  path: string
  /** JSON on one line; null where there is nothing. */
  left: string | null
  right: string | null
}

/** Lists longer than this are compared place by place. */
const LONGEST_ALIGNED = 2_000
const ALIGNING_MS = 500

/** What differs between two JSON values, wherever their keys stand; elements of lists are found again where they moved up or down. */
export function fieldChanges(left: unknown, right: unknown): FieldChange[] {
  const changes: FieldChange[] = []
  compare(left, right, { path: [], changes })
  return changes
}

interface Place {
  path: readonly (string | number)[]
  changes: FieldChange[]
}

function compare(left: unknown, right: unknown, { path, changes }: Place): void {
  if (Array.isArray(left) && Array.isArray(right)) return compareLists(left, right, { path, changes })
  if (isObject(left) && isObject(right)) return compareObjects(left, right, { path, changes })
  const [one, other] = [plainText(left), plainText(right)]
  if (one === other && isExact(left) === isExact(right)) return
  changes.push({ kind: 'changed', path: formatJsonPath(pathOfKeys(path)), left: one, right: other })
}

function isExact(value: unknown): boolean {
  return value instanceof ExactNumber
}

type Fields = Readonly<Record<string, unknown>>

function compareObjects(left: Fields, right: Fields, { path, changes }: Place): void {
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const place = { path: [...path, key], changes }
    if (!Object.hasOwn(right, key)) remove(left[key], place)
    else if (!Object.hasOwn(left, key)) add(right[key], place)
    else compare(left[key], right[key], place)
  }
}

function compareLists(left: readonly unknown[], right: readonly unknown[], { path, changes }: Place): void {
  let [leftAt, rightAt] = [0, 0]
  for (const { removed, added } of runsOf(left, right)) {
    const both = Math.min(removed, added)
    for (let at = 0; at < both; at++)
      compare(left[leftAt + at], right[rightAt + at], { path: [...path, leftAt + at], changes })
    for (let at = both; at < removed; at++) remove(left[leftAt + at], { path: [...path, leftAt + at], changes })
    for (let at = both; at < added; at++) add(right[rightAt + at], { path: [...path, rightAt + at], changes })
    leftAt += removed
    rightAt += added
  }
}

/** Stretches of two lists beside each other: equal ones, and those that stand in each other's place. */
function runsOf(left: readonly unknown[], right: readonly unknown[]): { removed: number; added: number }[] {
  const whole = [{ removed: left.length, added: right.length }]
  if (Math.max(left.length, right.length) > LONGEST_ALIGNED) return whole
  const parts = diffArrays(left.map(plainText), right.map(plainText), { timeout: ALIGNING_MS })
  if (parts === undefined) return whole
  const runs: { removed: number; added: number }[] = []
  let open = { removed: 0, added: 0 }
  for (const { removed, added, count } of parts) {
    if (removed) open.removed += count
    else if (added) open.added += count
    else {
      runs.push(open, { removed: count, added: count })
      open = { removed: 0, added: 0 }
    }
  }
  return [...runs, open]
}

function add(value: unknown, { path, changes }: Place): void {
  changes.push({ kind: 'added', path: formatJsonPath(pathOfKeys(path)), left: null, right: plainText(value) })
}

function remove(value: unknown, { path, changes }: Place): void {
  changes.push({ kind: 'removed', path: formatJsonPath(pathOfKeys(path)), left: plainText(value), right: null })
}

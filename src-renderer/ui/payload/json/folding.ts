import type { JsonLayout } from './layout/json-layout.ts'
import { lastNotAbove, Numbers } from '../lines/numbers.ts'

/** Which lines are folded: one flag for each line. */
export type Folds = Uint8Array

/** Folds whatever opens at `depth` or deeper. */
export function foldFrom({ count, depths, partners }: JsonLayout, depth: number): Folds {
  const folds = new Uint8Array(count)
  for (let line = 0; line < count; line++)
    if ((partners[line] ?? -1) > line && (depths[line] ?? 0) >= depth) folds[line] = 1
  return folds
}

export function toggled(folds: Folds, line: number): Folds {
  const next = folds.slice()
  next[line] = folds[line] === 1 ? 0 : 1
  return next
}

/** The same folds but for those that hide a line; the very same where nothing does. */
export function revealing(folds: Folds, { partners }: JsonLayout, line: number): Folds {
  let next = folds
  for (let at = 0; at < line; at++) {
    if (folds[at] !== 1 || (partners[at] ?? -1) < line) continue
    if (next === folds) next = folds.slice()
    next[at] = 0
  }
  return next
}

/** The lines that are in sight, in ascending order; null where all are. */
export function linesInSight({ count, partners }: JsonLayout, folds: Folds): Int32Array | null {
  if (!folds.includes(1)) return null
  const lines = new Numbers()
  for (let line = 0; line < count; line++) {
    lines.push(line)
    if (folds[line] === 1) line = Math.max(line, partners[line] ?? -1)
  }
  return lines.done()
}

/** The row at which a line, or what folds it away, is in sight. */
export function rowOf(inSight: Int32Array | null, line: number): number {
  return inSight === null ? line : Math.max(0, lastNotAbove(inSight, line))
}

/** How many levels open anywhere. */
export function levelsOf({ depths, partners }: JsonLayout): number {
  let most = 0
  for (let line = 0; line < depths.length; line++)
    if ((partners[line] ?? -1) > line) most = Math.max(most, (depths[line] ?? 0) + 1)
  return most
}

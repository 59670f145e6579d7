import type { DiffRow } from './values/line-diff.ts'

/** What a list of differences shows: rows, and in place of long equal stretches how many lines they have. */
export type ShownRow = { kind: 'row'; row: DiffRow } | { kind: 'hidden'; from: number; count: number }

/** Equal lines that stay in sight before and after a change. */
const CONTEXT = 3
/** Hiding fewer would save nothing. */
const FEWEST_HIDDEN = 4

/** Hides equal lines far from any change, but for the stretches that begin at one of `opened`. */
export function shownRows(rows: readonly DiffRow[], opened: ReadonlySet<number>): ShownRow[] {
  const shown: ShownRow[] = []
  for (let from = 0; from < rows.length;) {
    const end = endOfStretch(rows, from)
    const hidden = rows[from]?.kind === 'same' ? hiddenPart(from, end, rows.length) : null
    if (hidden === null || opened.has(hidden.from)) show(from, end)
    else {
      show(from, hidden.from)
      shown.push({ kind: 'hidden', ...hidden })
      show(hidden.from + hidden.count, end)
    }
    from = end
  }
  return shown

  function show(from: number, to: number): void {
    for (const row of rows.slice(from, to)) shown.push({ kind: 'row', row })
  }
}

function endOfStretch(rows: readonly DiffRow[], from: number): number {
  const isSame = rows[from]?.kind === 'same'
  let end = from + 1
  while (end < rows.length && (rows[end]?.kind === 'same') === isSame) end++
  return end
}

function hiddenPart(from: number, end: number, total: number): { from: number; count: number } | null {
  const start = from === 0 ? 0 : from + CONTEXT
  const stop = end === total ? end : end - CONTEXT
  return stop - start >= FEWEST_HIDDEN ? { from: start, count: stop - start } : null
}

/** The place of the first row of the next change after `place`, or before it; null where there is none. */
export function nextChange(rows: readonly ShownRow[], place: number, step: 1 | -1): number | null {
  const isChange = (at: number): boolean => {
    const shown = rows[at]
    return shown?.kind === 'row' && shown.row.kind !== 'same'
  }
  for (let at = place + step; at >= 0 && at < rows.length; at += step) {
    if (isChange(at) && !isChange(at - 1)) return at
  }
  return null
}

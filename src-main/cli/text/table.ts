import { styleText } from 'node:util'
import { plain } from './plain.ts'

export interface Column<T> {
  title: string
  value: (row: T) => string
  /** May be cut where the terminal is narrow. */
  shrinks?: true
  right?: true
}

const GAP = '  '
const MIN_WIDTH = 8

/** A table that fits `width` columns; `empty` stands in for no rows. */
export function table<T>(rows: readonly T[], columns: readonly Column<T>[], empty: string, width = terminalWidth()) {
  if (rows.length === 0) return empty
  const cells = rows.map((row) => columns.map((column) => plain(column.value(row))))
  const widths = fit(columns, cells, width)
  const line = (values: readonly string[]) =>
    values
      .map((value, index) => pad(value, widths[index] ?? 0, columns[index]?.right ?? false))
      .join(GAP)
      .trimEnd()
  const head = styleText('dim', line(columns.map((column) => column.title)))
  return [head, ...cells.map(line)].join('\n')
}

/** Pairs of a name and a value, one a line. */
export function sheet(pairs: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length))
  return pairs.map(([name, value]) => `${styleText('dim', name.padEnd(width))}${GAP}${plain(value)}`).join('\n')
}

/** Cuts the widest column that may shrink until the row fits, or none is left to cut. */
function fit<T>(columns: readonly Column<T>[], cells: readonly string[][], width: number): number[] {
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...cells.map((row) => row[index]?.length ?? 0)),
  )
  const total = () => widths.reduce((sum, each) => sum + each, 0) + GAP.length * (columns.length - 1)
  while (total() > width) {
    const candidates = widths.map((each, index) => (columns[index]?.shrinks ? each : 0))
    const widest = Math.max(...candidates)
    if (widest <= MIN_WIDTH) break
    const second = Math.max(MIN_WIDTH, ...candidates.filter((each) => each < widest))
    widths[candidates.indexOf(widest)] = Math.max(second, widest - (total() - width), MIN_WIDTH)
    if (second === widest) break
  }
  return widths
}

function pad(value: string, width: number, right: boolean): string {
  const cut = value.length > width ? `${value.slice(0, width - 1)}…` : value
  return right ? cut.padStart(width) : cut.padEnd(width)
}

/** What is piped is never cut. */
function terminalWidth(): number {
  return process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY
}

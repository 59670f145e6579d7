import cliTruncate from 'cli-truncate'
import stringWidth from 'string-width'
import { plain } from './plain.ts'
import { draw, type Style, type Text, type View } from './view.ts'

export interface Column<T> {
  title: string
  value: (row: T, view: View) => string
  style?: (row: T) => Style | undefined
  /** May be cut where the terminal is narrow. */
  shrinks?: true
  right?: true
}

const GAP = '  '
const MIN_WIDTH = 8

/** A table that fits where it is shown; `empty` stands in for no rows. */
export function table<T>(rows: readonly T[], columns: readonly Column<T>[], empty: string): Text {
  if (rows.length === 0) return empty
  return (view) => {
    const cells = rows.map((row) => columns.map((column) => plain(column.value(row, view))))
    const widths = fit(columns, cells, view.width)
    const line = (values: readonly string[], paint: (value: string, index: number) => string) =>
      values
        .map((value, index) => paint(pad(value, widths[index] ?? 0, columns[index]?.right ?? false), index))
        .join(GAP)
        .trimEnd()
    const head = view.paint(
      'dim',
      line(
        columns.map(({ title }) => title),
        (title) => title,
      ),
    )
    const body = cells.map((values, row) =>
      line(values, (value, index) => {
        const style = columns[index]?.style?.(rows[row]!)
        return style === undefined ? value : view.paint(style, value)
      }),
    )
    return [head, ...body].join('\n')
  }
}

/** Pairs of a name and a value, one a line. */
export function sheet(pairs: readonly (readonly [name: string, value: Text])[]): Text {
  const width = Math.max(...pairs.map(([name]) => stringWidth(name)))
  return (view) =>
    pairs.map(([name, value]) => `${view.paint('dim', pad(name, width))}${GAP}${plain(draw(value, view))}`).join('\n')
}

/** Cuts the widest column that may shrink until the row fits, or none is left to cut. */
function fit<T>(columns: readonly Column<T>[], cells: readonly string[][], width: number): number[] {
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...cells.map((row) => stringWidth(row[index] ?? ''))),
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

/** Cut or filled up to `width` columns of the terminal, which wide letters take two of. */
export function pad(value: string, width: number, right = false): string {
  const cut = stringWidth(value) > width ? cliTruncate(value, width) : value
  const space = ' '.repeat(Math.max(0, width - stringWidth(cut)))
  return right ? `${space}${cut}` : `${cut}${space}`
}

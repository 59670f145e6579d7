import { table } from '#main/cli/text/table.ts'
import type { Text } from '#main/cli/text/view.ts'
import { isReached, shownReach, type Measured } from './figure.ts'

/** What one row of the bench came to: what it measured, or a sentence that says why it failed. */
export interface RowResult {
  row: string
  seconds: number
  outcome: Measured | string
}

/** One line as it is printed and written down. */
export interface Line {
  row: string
  name: string
  against: string
  result: string
  reach: string
  verdict: 'reached' | 'MISSED' | 'NOT MEASURED' | 'FAILED'
}

/** How a run of the bench ends for who called it: the worst that any line came to. */
export const EXIT = { reached: 0, missed: 1, notMeasured: 3 } as const

export function linesOf({ row, outcome }: RowResult): Line[] {
  if (typeof outcome === 'string')
    return [{ row, name: row, against: '', result: outcome, reach: '', verdict: 'FAILED' }]
  const { figures, unmeasured = [] } = outcome
  return [
    ...figures.map((figure): Line => {
      const { name, against, result } = figure
      return {
        row,
        name,
        against,
        result,
        reach: shownReach(figure),
        verdict: isReached(figure) ? 'reached' : 'MISSED',
      }
    }),
    ...unmeasured.map(({ name, against, because }): Line => ({
      row,
      name,
      against,
      result: because,
      reach: '',
      verdict: 'NOT MEASURED',
    })),
  ]
}

export function exitCodeOf(lines: readonly Line[]): number {
  if (lines.some(({ verdict }) => verdict === 'FAILED' || verdict === 'NOT MEASURED')) return EXIT.notMeasured
  return lines.some(({ verdict }) => verdict === 'MISSED') ? EXIT.missed : EXIT.reached
}

export function tableOf(lines: readonly Line[]): Text {
  return table(
    lines,
    [
      { title: 'ROW', value: ({ row }) => row },
      { title: 'MEASURE', value: ({ name }) => name },
      { title: 'AGAINST', value: ({ against }) => against, shrinks: true },
      { title: 'RESULT', value: ({ result }) => result },
      { title: 'REACH', value: ({ reach }) => reach, right: true },
      { title: '', value: ({ verdict }) => verdict },
    ],
    'Nothing was measured.',
  )
}

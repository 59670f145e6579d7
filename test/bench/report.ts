import { table } from '#main/cli/text/table.ts'
import { draw, type Text, viewOf } from '#main/cli/text/view.ts'

export interface Measure {
  name: string
  result: string
  limit: string
  kept: boolean
}

/** Prints it as it fits this terminal. */
export function print(text: Text): void {
  console.log(draw(text, viewOf({ env: process.env, now: Date.now }, process.stdout)))
}

/** Prints the measures beside their limits; the process ends with 1 where one is missed. */
export function report(title: string, measures: readonly Measure[]): void {
  console.log(`${title}\n`)
  print(
    table(
      measures,
      [
        { title: 'MEASURE', value: ({ name }) => name },
        { title: 'RESULT', value: ({ result }) => result, right: true },
        { title: 'LIMIT', value: ({ limit }) => limit, right: true },
        { title: '', value: ({ kept }) => (kept ? '' : 'MISSED') },
      ],
      '',
    ),
  )
  process.exitCode = measures.every(({ kept }) => kept) ? 0 : 1
}

/** What so large a share of the values stays within. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

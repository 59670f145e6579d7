import { table } from '#main/cli/text/table.ts'

export interface Measure {
  name: string
  result: string
  limit: string
  kept: boolean
}

/** Prints the measures beside their limits; the process ends with 1 where one is missed. */
export function report(title: string, measures: readonly Measure[]): void {
  console.log(`${title}\n`)
  const columns = [
    { title: 'MEASURE', value: ({ name }: Measure) => name },
    { title: 'RESULT', value: ({ result }: Measure) => result, right: true },
    { title: 'LIMIT', value: ({ limit }: Measure) => limit, right: true },
    { title: '', value: ({ kept }: Measure) => (kept ? 'kept' : 'MISSED') },
  ]
  console.log(table(measures, columns, ''))
  process.exitCode = measures.every(({ kept }) => kept) ? 0 : 1
}

/** What so large a share of the values stays within. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** How often each of some names was met; a name that is left out was not. */
export type Counts<K extends string> = { readonly [N in K]?: number | undefined }

/** What was counted before and now, by name. */
export function sumCounts<K extends string>(before: Counts<K>, more: Counts<K>): { [N in K]?: number } {
  const sum: Partial<Record<K, number>> = {}
  for (const counts of [before, more]) {
    for (const [name, count = 0] of Object.entries(counts) as [K, number | undefined][]) {
      sum[name] = (sum[name] ?? 0) + count
    }
  }
  return sum
}

/** Of all names together. */
export function totalOf(counts: Counts<string>): number {
  return Object.values(counts).reduce<number>((sum, count = 0) => sum + count, 0)
}

/** Those that are not nothing, the most first. */
export function mostFirst<K extends string>(counts: Counts<K>): { name: K; count: number }[] {
  return (Object.entries(counts) as [K, number | undefined][])
    .map(([name, count = 0]) => ({ name, count }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
}

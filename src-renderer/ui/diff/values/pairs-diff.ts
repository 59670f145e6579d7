import type { HeaderList } from '#shared/model/header.ts'

/** One name and what stands there on either side; null where it is not there. */
export interface PairDifference {
  name: string
  left: string | null
  right: string | null
}

/**
 * Headers beside each other: those of the same name, whatever its case, in the order in which they come; what only one
 * side has stands where it came.
 */
export function pairHeaders(left: HeaderList, right: HeaderList): PairDifference[] {
  const waiting = Map.groupBy(right, ([name]) => name.toLowerCase())
  const pairs = left.map(([name, value]): PairDifference => {
    const other = waiting.get(name.toLowerCase())?.shift()
    return { name, left: value, right: other?.[1] ?? null }
  })
  const rest = right.filter((header) => waiting.get(header[0].toLowerCase())?.includes(header))
  return [...pairs, ...rest.map(([name, value]) => ({ name, left: null, right: value }))]
}

/** Where labels stand that belong at `wanted`: in the same order, none over another, as near as there is room. */
export function spreadLabels(
  wanted: readonly number[],
  { height, from, to }: { height: number; from: number; to: number },
): number[] {
  const order = wanted.map((place, index) => ({ place, index })).toSorted((a, b) => a.place - b.place)
  const placed = Array.from<number>({ length: wanted.length })
  let free = from
  for (const { place, index } of order) {
    placed[index] = Math.max(place, free)
    free = placed[index] + height
  }
  // What was pushed out below moves up again, and pushes those above it.
  let below = to + height
  for (const { index } of order.toReversed()) {
    placed[index] = Math.min(placed[index]!, below - height)
    below = placed[index]
  }
  return placed
}

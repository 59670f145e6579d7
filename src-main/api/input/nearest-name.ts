/** The known name that was most likely meant; null where none is near. */
export function nearestName(given: string, known: readonly string[]): string | null {
  const near = known
    .map((name) => ({ name, distance: distance(given.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance: slips }) => slips <= Math.min(2, Math.ceil(name.length / 3)))
    .toSorted((one, other) => one.distance - other.distance)
  return near[0]?.name ?? null
}

/** How many letters are to be put in, taken out or replaced; more than three is far. */
function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 3) return 4
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const replaced = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row.at(-1)!
}

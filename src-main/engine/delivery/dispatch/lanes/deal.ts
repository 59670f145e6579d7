/** Deals out `budget` among wishes in equal shares; what one does not want goes to the others. */
export function deal(wishes: readonly number[], budget: number): number[] {
  const shares = wishes.map(() => 0)
  let left = budget
  let open = wishes.map((_, index) => index)
  while (left > 0 && open.length > 0) {
    const each = Math.max(1, Math.floor(left / open.length))
    for (const index of open) {
      const extra = Math.min(each, left, (wishes[index] ?? 0) - (shares[index] ?? 0))
      shares[index] = (shares[index] ?? 0) + extra
      left -= extra
    }
    open = open.filter((index) => (shares[index] ?? 0) < (wishes[index] ?? 0))
  }
  return shares
}

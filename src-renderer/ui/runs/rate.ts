const SLOWEST = 0.01
const FASTEST = 1_000

/** A rate as it is typed: nothing for no limit, `invalid` for what is none. */
export function readRate(text: string): number | null | 'invalid' {
  if (text.trim() === '') return null
  const perSecond = Number(text)
  return Number.isFinite(perSecond) && perSecond >= SLOWEST && perSecond <= FASTEST ? perSecond : 'invalid'
}

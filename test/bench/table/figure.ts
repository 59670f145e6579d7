/** One line of the table: what was measured, beside what, and whether that is enough. */
export interface Figure {
  name: string
  /** What it is measured against. */
  against: string
  value: number
  /** The value as it is shown, with what it was made of. */
  result: string
  reach: number
  /** Whether `reach` is the most that it may be, or the least. */
  bound: 'most' | 'least'
  /** How `value` and `reach` are counted: `times` as ratios. */
  unit: 'times' | 'ms' | 'MB'
}

/** One size and what it cost there, for the plot. */
export interface Cost {
  name: string
  size: number
  ms: number
}

/** A figure that could not be had here, and what it lacks. */
export interface Unmeasured {
  name: string
  against: string
  because: string
}

/** What one measure of the bench answers; it leaves nothing running. */
export interface Measured {
  figures: readonly Figure[]
  unmeasured?: readonly Unmeasured[]
  costs?: readonly Cost[]
}

export function isReached({ value, reach, bound }: Figure): boolean {
  return bound === 'most' ? value <= reach : value >= reach
}

export function shownReach({ reach, bound, unit }: Figure): string {
  const sign = bound === 'most' ? '≤' : '≥'
  return unit === 'times' ? `${sign} ${reach}×` : `${sign} ${reach.toLocaleString('en')} ${unit}`
}

import type { Colour } from './theme-colours.ts'

/** What is drawn of one thing over time. */
export interface ChartSeries {
  name: string
  colour: Colour
  /** One for each step; null where there is nothing to tell. */
  values: readonly (number | null)[]
  /** Lines that cross are told apart by more than their colour. */
  dash?: readonly number[]
}

/** What bars that stand on each other reach up to: the first series lies at the bottom. */
export function stackUp(series: readonly ChartSeries[]): (number | null)[][] {
  const reached = new Map<number, number>()
  return series.map(({ values }) =>
    values.map((value, index) => {
      const top = (reached.get(index) ?? 0) + (value ?? 0)
      reached.set(index, top)
      return top === 0 ? null : top
    }),
  )
}

export function isEmptyChart(series: readonly ChartSeries[]): boolean {
  return series.every(({ values }) => values.every((value) => value === null || value === 0))
}

import uPlot, { type Options } from 'uplot'
import { shortDay, shortTime } from '../format/time.ts'
import type { ChartSeries } from './chart-series.ts'
import { type Colour, readColour } from './theme-colours.ts'

const DAY_S = 86_400
/** Room for labels such as `300 ms`. */
const AXIS_PX = 56

export interface Drawn {
  kind: 'bars' | 'lines'
  series: readonly ChartSeries[]
  /** The chart's bounds, unix ms. */
  sinceMs: number
  untilMs: number
  format: (value: number) => string
  /** Whether only whole numbers have a line. */
  isCount: boolean
  onCursor: (index: number | null, leftPx: number) => void
}

/** How uPlot draws it where `host` stands: with the colours and the face of the page. */
export function plotOptions(host: HTMLElement, drawn: Drawn, size: { width: number; height: number }): Options {
  const colour = (name: Colour): string => readColour(host, name)
  const font = `11px ${getComputedStyle(host).fontFamily}`
  const axis = {
    stroke: colour('muted'),
    font,
    grid: { stroke: colour('line'), width: 1 },
    ticks: { stroke: colour('line'), width: 1, size: 4 },
  }
  return {
    ...size,
    padding: [8, 18, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: drawn.kind === 'lines', size: 6 } },
    scales: {
      x: { time: true, range: [drawn.sinceMs / 1_000, drawn.untilMs / 1_000] },
      y: { range: (_plot, _min, max) => [0, Math.max(max * 1.08, drawn.isCount ? 4 : 1)] },
    },
    axes: [
      {
        ...axis,
        space: 64,
        size: 28,
        values: (...[, splits, , , step]) => splits.map((at) => tickWords(at, step)),
      },
      {
        ...axis,
        size: AXIS_PX,
        space: 36,
        values: (_plot, splits) =>
          splits.map((value) => (drawn.isCount && !Number.isInteger(value) ? null : drawn.format(value))),
      },
    ],
    series: [{}, ...drawn.series.map((series) => seriesOptions(series, drawn.kind, colour))],
    hooks: {
      setCursor: [
        (plot) => {
          const { idx, left } = plot.cursor
          drawn.onCursor(left === undefined || left < 0 ? null : (idx ?? null), (left ?? 0) + AXIS_PX)
        },
      ],
    },
  }
}

function seriesOptions(
  { colour: name, dash }: ChartSeries,
  kind: Drawn['kind'],
  colour: (name: Colour) => string,
): uPlot.Series {
  if (kind === 'bars') {
    return { fill: colour(name), width: 0, paths: uPlot.paths.bars!({ size: [0.78, 22], radius: 0.1 }) }
  }
  return {
    stroke: colour(name),
    width: 1.75,
    dash: dash === undefined ? undefined : [...dash],
    points: { show: true, size: 5, fill: colour(name), filter: (plot, index) => alone(plot.data[index] ?? []) },
  }
}

/** Where a value stands with none beside it: a line would not show it. */
function alone(values: uPlot.TypedArray | readonly (number | null | undefined)[]): number[] {
  const isThere = (index: number): boolean => typeof values[index] === 'number'
  return [...values.keys()].filter((index) => isThere(index) && !isThere(index - 1) && !isThere(index + 1))
}

function tickWords(at: number, step: number): string {
  return step >= DAY_S ? shortDay(at * 1_000) : shortTime(at * 1_000)
}

import 'uplot/dist/uPlot.min.css'
import { useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import { type ChartSeries, isEmptyChart, stackUp } from './chart-series.ts'
import { Legend } from './legend.tsx'
import { plotOptions } from './plot-options.ts'
import { useThemeTurn } from './theme-colours.ts'

const HEIGHT_PX = 190
const TIP_PX = 190

export interface TimeChartProps {
  /** What it shows, in a sentence. */
  label: string
  kind: 'bars' | 'lines'
  series: readonly ChartSeries[]
  /** The beginning of each step, unix ms. */
  at: readonly number[]
  stepMs: number
  format: (value: number) => string
  isCount?: boolean
  /** What a step is called in its tip. */
  stepWords: (index: number) => string
  /** A step was chosen. */
  onPick?: (index: number) => void
}

/** Values over time with axes, and a tip at the pointer. It is a picture: its figures stand in a table beside it. */
export default function TimeChart(props: TimeChartProps) {
  const { label, kind, series, at, stepMs, format, isCount = false, onPick } = props
  const host = useRef<HTMLDivElement>(null)
  const theme = useThemeTurn()
  const [tip, setTip] = useState<{ index: number; leftPx: number; isRight: boolean } | null>(null)
  const pick = useRef(onPick)
  useEffect(() => {
    pick.current = onPick
  })
  useEffect(() => {
    const place = host.current
    if (place === null) return
    // The topmost bar is drawn first, and those below it over it.
    const drawn = kind === 'bars' ? series.toReversed() : series
    const values = kind === 'bars' ? stackUp(series).toReversed() : series.map((each) => [...each.values])
    const options = plotOptions(
      place,
      {
        kind,
        series: drawn,
        sinceMs: at[0] ?? 0,
        untilMs: (at.at(-1) ?? 0) + stepMs,
        format,
        isCount,
        onCursor: (index, leftPx) =>
          setTip(index === null ? null : { index, leftPx, isRight: leftPx > place.clientWidth / 2 }),
      },
      { width: place.clientWidth, height: HEIGHT_PX },
    )
    const plot = new uPlot(options, [at.map((start) => (start + stepMs / 2) / 1_000), ...values], place)
    plot.over.addEventListener('click', () => {
      const { idx } = plot.cursor
      if (idx !== null && idx !== undefined) pick.current?.(idx)
    })
    const sizes = new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: HEIGHT_PX }))
    sizes.observe(place)
    return () => {
      sizes.disconnect()
      plot.destroy()
    }
  }, [kind, series, at, stepMs, format, isCount, theme])

  return (
    <div className="flex flex-col gap-1">
      <div className="relative">
        <div
          ref={host}
          role="img"
          aria-label={label}
          className={onPick === undefined ? '' : 'cursor-pointer'}
          style={{ height: HEIGHT_PX }}
        />
        {isEmptyChart(series) && (
          <p className="pointer-events-none absolute inset-x-0 top-18 text-center text-small text-muted">
            Nothing in this time
          </p>
        )}
        {tip !== null && (
          <div
            aria-hidden="true"
            className="pointer-events-none absolute top-1 z-10 flex flex-col gap-0.5 rounded-md border border-line bg-panel px-2.5 py-1.5 text-small shadow-float"
            style={{ width: TIP_PX, left: tip.isRight ? tip.leftPx - TIP_PX - 12 : tip.leftPx + 12 }}
          >
            <span className="text-muted">{props.stepWords(tip.index)}</span>
            {series.map(({ name, colour, values, dash }) => {
              const value = values[tip.index]
              return (
                <span key={name} className="flex items-center gap-1.5">
                  <Legend colour={colour} isLine={kind === 'lines'} dash={dash} />
                  {name}
                  <b className="ml-auto font-medium">{value === null || value === undefined ? '–' : format(value)}</b>
                </span>
              )
            })}
          </div>
        )}
      </div>
    </div>
  )
}

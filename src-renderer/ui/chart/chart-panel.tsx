import { lazy, type ReactNode, Suspense } from 'react'
import type { ChartSeries } from './chart-series.ts'
import { Legend } from './legend.tsx'
import type { TimeChartProps } from './time-chart.tsx'

const TimeChart = lazy(() => import('./time-chart.tsx'))

/** A chart under its heading, with what each of its series is called, and its figures as a table. */
export function ChartPanel({
  title,
  note,
  columns,
  rows,
  ...chart
}: TimeChartProps & {
  title: string
  /** What it all comes to. */
  note: ReactNode
  /** Of the table; the first is the time. */
  columns: readonly string[]
  /** The table's rows, one for each step that has something; the first cell is the time. */
  rows: readonly { key: string; cells: readonly ReactNode[] }[]
}) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-2 px-4 py-3">
      <PanelHead title={title} note={note} />
      <ul className="flex flex-wrap gap-x-4 gap-y-0.5 text-small text-muted">
        {chart.series.map((series) => (
          <LegendItem key={series.name} series={series} isLine={chart.kind === 'lines'} />
        ))}
      </ul>
      <Suspense fallback={<div className="h-[190px]" />}>
        <TimeChart {...chart} />
      </Suspense>
      <details className="text-small">
        <summary className="w-fit text-muted hover:text-text">Show the figures</summary>
        {rows.length === 0 ? (
          <p className="py-1.5 text-muted">Nothing in this time.</p>
        ) : (
          <div tabIndex={0} role="region" aria-label={`Figures: ${title}`} className="mt-1.5 max-h-60 overflow-y-auto">
            <table className="w-full border-collapse">
              <caption className="sr-only">{title}</caption>
              <thead className="text-mini text-faint">
                <tr>
                  {columns.map((column, index) => (
                    <th key={column} scope="col" className={`font-normal ${index === 0 ? 'text-left' : 'text-right'}`}>
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map(({ key, cells }) => (
                  <tr key={key} className="border-t border-line/55">
                    {cells.map((cell, index) => (
                      <td key={columns[index]} className={index === 0 ? 'py-0.5 text-muted' : 'py-0.5 text-right'}>
                        {cell}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </details>
    </section>
  )
}

export function PanelHead({ title, note }: { title: string; note: ReactNode }) {
  return (
    <header className="flex items-baseline gap-3">
      <h2 className="font-semibold">{title}</h2>
      <span className="ml-auto min-w-0 truncate text-muted">{note}</span>
    </header>
  )
}

function LegendItem({ series: { name, colour, dash }, isLine }: { series: ChartSeries; isLine: boolean }) {
  return (
    <li className="flex items-center gap-1.5">
      <Legend colour={colour} isLine={isLine} dash={dash} />
      {name}
    </li>
  )
}

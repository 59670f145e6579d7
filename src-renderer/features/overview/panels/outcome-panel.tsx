import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { OverviewPointView, OverviewView } from '#shared/contract/stats/overview.ts'
import { ChartPanel } from '../../../ui/chart/chart-panel.tsx'
import { formatCount, plural } from '../../../ui/format/size.ts'
import { outcomeSeries, stepWords } from '../overview-words.ts'

/** How attempts ended, step by step; a step leads to its deliveries. */
export function OutcomePanel({ overview }: { overview: OverviewView }) {
  const navigate = useNavigate()
  const { points, stepMs, totals } = overview
  const series = useMemo(() => outcomeSeries(overview), [overview])
  const at = useMemo(() => points.map((point) => Date.parse(point.at)), [points])
  const ended = points
    .map((point, index) => ({ point, words: stepWords(overview, index) }))
    .filter(({ point }) => point.succeeded + point.failed + point.retried + point.simulated > 0)
  return (
    <ChartPanel
      title="Deliveries by outcome"
      note={plural(totals.succeeded, 'delivered', 'delivered')}
      label={`Deliveries by outcome: ${formatCount(totals.succeeded)} delivered, ${formatCount(totals.retried)} attempts retried, ${formatCount(totals.failed)} failed for good`}
      kind="bars"
      isCount
      series={series}
      at={at}
      stepMs={stepMs}
      format={formatCount}
      stepWords={(index) => stepWords(overview, index)}
      onPick={(index) => {
        const point = points[index]
        if (point !== undefined) void navigate({ to: '/deliveries', search: searchOf(point, stepMs) })
      }}
      columns={['Time', 'Delivered', 'Retried', 'Failed']}
      rows={ended.toReversed().map(({ point, words }) => ({
        key: point.at,
        cells: [
          <Link
            key="time"
            to="/deliveries"
            search={searchOf(point, stepMs)}
            className="underline decoration-line underline-offset-2 hover:decoration-current"
          >
            {words}
          </Link>,
          formatCount(point.succeeded),
          formatCount(point.retried),
          formatCount(point.failed),
        ],
      }))}
    />
  )
}

/** The deliveries that changed last in a step. */
function searchOf({ at }: OverviewPointView, stepMs: number): { filter: string } {
  return { filter: `since:${at} until:${new Date(Date.parse(at) + stepMs).toISOString()}` }
}

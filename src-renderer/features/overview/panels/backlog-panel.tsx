import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { OverviewView } from '#shared/contract/stats/overview.ts'
import { ChartPanel } from '../../../ui/chart/chart-panel.tsx'
import { formatCount } from '../../../ui/format/size.ts'
import { backlogSeries, stepWords } from '../overview-words.ts'

const LINK = 'underline decoration-line underline-offset-2 hover:decoration-current'

/** What waited over time: scheduled or under way, and held by paused endpoints. */
export function BacklogPanel({ overview }: { overview: OverviewView }) {
  const { points, stepMs } = overview
  const series = useMemo(() => backlogSeries(overview), [overview])
  const at = useMemo(() => points.map((point) => Date.parse(point.at)), [points])
  const now = points.at(-1)?.backlog ?? { waiting: 0, held: 0 }
  const changed = points
    .map((point, index) => ({ ...point, index, words: stepWords(overview, index) }))
    .filter(({ backlog, index }) => {
      const before = points[index - 1]?.backlog
      return backlog !== null && (backlog.waiting !== before?.waiting || backlog.held !== before?.held)
    })
  return (
    <ChartPanel
      title="Backlog"
      note={
        <>
          <Link to="/deliveries" search={{ filter: 'state:scheduled,delivering' }} className={LINK}>
            {formatCount(now.waiting)} waiting
          </Link>
          {now.held > 0 && (
            <>
              {' · '}
              <Link to="/deliveries" search={{ filter: 'state:held' }} className={`text-held ${LINK}`}>
                {formatCount(now.held)} held
              </Link>
            </>
          )}
        </>
      }
      label={`Backlog over time: now ${formatCount(now.waiting)} waiting and ${formatCount(now.held)} held`}
      kind="lines"
      isCount
      series={series}
      at={at}
      stepMs={stepMs}
      format={formatCount}
      stepWords={(index) => stepWords(overview, index)}
      columns={['Time', 'Waiting', 'Held']}
      rows={changed.toReversed().map(({ at: key, backlog, words }) => ({
        key,
        cells: [words, formatCount(backlog?.waiting ?? 0), formatCount(backlog?.held ?? 0)],
      }))}
    />
  )
}

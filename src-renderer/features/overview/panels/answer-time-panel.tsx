import { useMemo } from 'react'
import type { OverviewView } from '#shared/contract/stats/overview.ts'
import { ChartPanel } from '../../../ui/chart/chart-panel.tsx'
import { plural } from '../../../ui/format/size.ts'
import { formatSpan } from '../../../ui/format/time.ts'
import { answerTimeSeries, stepWords } from '../overview-words.ts'

function spanWords(ms: number | null): string {
  return ms === null ? 'none' : formatSpan(ms)
}

/** How long receivers took to answer. */
export function AnswerTimePanel({ overview }: { overview: OverviewView }) {
  const { points, stepMs, totals } = overview
  const series = useMemo(() => answerTimeSeries(overview), [overview])
  const at = useMemo(() => points.map((point) => Date.parse(point.at)), [points])
  const { p50Ms, p95Ms, p99Ms, sampleSize } = totals.answerTime
  const answered = points
    .map((point, index) => ({ point, words: stepWords(overview, index) }))
    .filter(({ point }) => point.answerTime.sampleSize > 0)
  const [half, most, nearlyAll] = [p50Ms, p95Ms, p99Ms].map(spanWords)
  return (
    <ChartPanel
      title="Answer time"
      note={`p50 ${half} · p95 ${most} · p99 ${nearlyAll}`}
      label={`Answer time of ${plural(sampleSize, 'answer')}: half within ${half}, 95 % within ${most}, 99 % within ${nearlyAll}`}
      kind="lines"
      series={series}
      at={at}
      stepMs={stepMs}
      format={formatSpan}
      stepWords={(index) => stepWords(overview, index)}
      columns={['Time', 'p50', 'p95', 'p99', 'Answers']}
      rows={answered.toReversed().map(({ point: { at: key, answerTime }, words }) => ({
        key,
        cells: [
          words,
          spanWords(answerTime.p50Ms),
          spanWords(answerTime.p95Ms),
          spanWords(answerTime.p99Ms),
          answerTime.sampleSize,
        ],
      }))}
    />
  )
}

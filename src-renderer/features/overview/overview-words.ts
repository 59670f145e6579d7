import type { OverviewPointView, OverviewView } from '#shared/contract/stats/overview.ts'
import { OverviewRange } from '#shared/model/overview.ts'
import type { ChartSeries } from '../../ui/chart/chart-series.ts'
import { shortDay, shortTime } from '../../ui/format/time.ts'

export const RANGE_WORDS: Readonly<Record<OverviewRange, string>> = {
  '1h': 'hour',
  '24h': '24 hours',
  '7d': '7 days',
  '30d': '30 days',
}

/** The range that the address names, or a day. */
export function rangeOf(text: string | undefined): OverviewRange {
  return OverviewRange.safeParse(text).data ?? '24h'
}

/** Such as `14:15 to 14:30`, or `20 Nov, 06:00 to 12:00`. */
export function stepWords({ points, stepMs, range }: OverviewView, index: number): string {
  const at = Date.parse(points[index]?.at ?? '')
  if (Number.isNaN(at)) return ''
  const times = `${shortTime(at)} to ${shortTime(at + stepMs)}`
  return range === '1h' || range === '24h' ? times : `${shortDay(at)}, ${times}`
}

function column(points: readonly OverviewPointView[], pick: (point: OverviewPointView) => number | null) {
  return points.map(pick)
}

export function outcomeSeries({ points, totals }: OverviewView): readonly ChartSeries[] {
  const series: ChartSeries[] = [
    { name: 'delivered', colour: 'ok', values: column(points, ({ succeeded }) => succeeded) },
    { name: 'failed, retried', colour: 'retry', values: column(points, ({ retried }) => retried) },
    { name: 'failed for good', colour: 'fail', values: column(points, ({ failed }) => failed) },
  ]
  if (totals.simulated > 0)
    series.push({ name: 'simulated', colour: 'muted', values: column(points, ({ simulated }) => simulated) })
  return series
}

export function answerTimeSeries({ points }: OverviewView): readonly ChartSeries[] {
  return [
    { name: 'p50', colour: 'accent', values: column(points, ({ answerTime }) => answerTime.p50Ms) },
    { name: 'p95', colour: 'string', values: column(points, ({ answerTime }) => answerTime.p95Ms), dash: [6, 3] },
    { name: 'p99', colour: 'held', values: column(points, ({ answerTime }) => answerTime.p99Ms), dash: [2, 3] },
  ]
}

export function backlogSeries({ points }: OverviewView): readonly ChartSeries[] {
  return [
    { name: 'waiting', colour: 'retry', values: column(points, ({ backlog }) => backlog?.waiting ?? null) },
    { name: 'held', colour: 'held', values: column(points, ({ backlog }) => backlog?.held ?? null), dash: [6, 3] },
  ]
}

/** Whether a project delivered anything in this time, or has something to deliver. */
export function hasAnything({ points, totals }: OverviewView): boolean {
  const ended = totals.succeeded + totals.failed + totals.retried + totals.simulated
  return ended > 0 || points.some(({ backlog }) => backlog !== null && backlog.waiting + backlog.held > 0)
}

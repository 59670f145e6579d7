import { addAnswerTimes, answerTimeAt, countAnswerTimes } from '#shared/model/answer-times.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { OverviewRange } from '#shared/model/overview.ts'
import { rateOf, type Rate } from '#shared/model/rate.ts'
import type { Backlog, EndpointFigures, FigureRow, FigureStore, OutcomeFigures } from './figure-store.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Fewer ended deliveries than these say nothing. */
const MIN_SAMPLE = 5

const RANGES = {
  '1h': { lengthMs: HOUR_MS, stepMs: MINUTE_MS, span: 'minute' },
  '24h': { lengthMs: 24 * HOUR_MS, stepMs: 15 * MINUTE_MS, span: 'minute' },
  '7d': { lengthMs: 7 * 24 * HOUR_MS, stepMs: HOUR_MS, span: 'hour' },
  '30d': { lengthMs: 30 * 24 * HOUR_MS, stepMs: 6 * HOUR_MS, span: 'hour' },
} as const satisfies Record<OverviewRange, { lengthMs: number; stepMs: number; span: 'minute' | 'hour' }>

export interface AnswerTimeFigures {
  p50Ms: number | null
  p95Ms: number | null
  p99Ms: number | null
  sampleSize: number
}

export interface OverviewPoint extends OutcomeFigures {
  /** The beginning of the step. */
  at: number
  answerTime: AnswerTimeFigures
  /** The most that waited at a time; null from before it was looked at. */
  backlog: Backlog | null
}

export interface Overview {
  range: OverviewRange
  since: number
  until: number
  stepMs: number
  /** One for each step, the oldest first. */
  points: readonly OverviewPoint[]
  totals: OutcomeFigures & { successRate: Rate; answerTime: AnswerTimeFigures }
  /** The busiest first. */
  endpoints: readonly (EndpointFigures & { successRate: Rate })[]
}

/** How a project's deliveries went in the steps up to the one of now. */
export async function showOverview(
  store: Pick<FigureStore, 'rows' | 'endpoints'>,
  { projectId, range, now }: { projectId: ProjectId; range: OverviewRange; now: number },
): Promise<Overview> {
  const { lengthMs, stepMs, span } = RANGES[range]
  const until = now - (now % stepMs) + stepMs
  const window = { projectId, span, since: until - lengthMs, until }
  const [{ rows, before }, endpoints] = await Promise.all([store.rows(window), store.endpoints(window)])
  const { succeeded, failed, ...others } = sumOf(rows)
  return {
    range,
    since: window.since,
    until,
    stepMs,
    points: pointsOf(rows, { ...window, stepMs, before }),
    totals: {
      ...others,
      succeeded,
      failed,
      successRate: rateOf(succeeded, succeeded + failed, MIN_SAMPLE),
      answerTime: percentilesOf(rows),
    },
    endpoints: endpoints
      .map((each) => ({ ...each, successRate: rateOf(each.succeeded, each.succeeded + each.failed, MIN_SAMPLE) }))
      .toSorted((a, b) => b.successRate.sampleSize - a.successRate.sampleSize),
  }
}

/** One for each step. Where nothing was looked at, as many waited as before: nothing changed. */
function pointsOf(
  rows: readonly FigureRow[],
  { since, until, stepMs, before }: { since: number; until: number; stepMs: number; before: Backlog | null },
): OverviewPoint[] {
  const byStep = Map.groupBy(rows, ({ at }) => at - (at % stepMs))
  let standing = before
  return Array.from({ length: (until - since) / stepMs }, (_, index) => {
    const at = since + index * stepMs
    const own = byStep.get(at) ?? []
    const seen = own.flatMap(({ backlog }) => backlog ?? [])
    const most = (name: keyof Backlog): number =>
      Math.max(...seen.map((each) => each.most[name]), standing?.[name] ?? 0)
    const backlog = seen.length === 0 ? standing : { waiting: most('waiting'), held: most('held') }
    standing = seen.at(-1)?.last ?? standing
    return { at, ...sumOf(own), answerTime: percentilesOf(own), backlog }
  })
}

function sumOf(rows: readonly FigureRow[]): OutcomeFigures {
  const sum = (name: keyof OutcomeFigures): number => rows.reduce((all, row) => all + row[name], 0)
  return {
    succeeded: sum('succeeded'),
    failed: sum('failed'),
    retried: sum('retried'),
    simulated: sum('simulated'),
  }
}

function percentilesOf(rows: readonly FigureRow[]): AnswerTimeFigures {
  const times = addAnswerTimes(rows.map(({ answerTimes }) => answerTimes))
  return {
    p50Ms: answerTimeAt(times, 0.5),
    p95Ms: answerTimeAt(times, 0.95),
    p99Ms: answerTimeAt(times, 0.99),
    sampleSize: countAnswerTimes(times),
  }
}

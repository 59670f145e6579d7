import type { Endpoint } from '#shared/model/endpoint.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { OverviewRange } from '#shared/model/overview.ts'
import { rateOf, type Rate } from '#shared/model/rate.ts'
import type { Clock, DeliveryStore } from '../ports.ts'
import type { FigureStore } from './figure-store.ts'
import { showOverview, type Overview } from './overview.ts'
import type { AttemptCounts, EndedDeliveries, StatsStore } from './stats-store.ts'

const WINDOW_MS = 24 * 3_600_000
/** Fewer ended deliveries than these say nothing about an endpoint. */
const MIN_SAMPLE = 5
/** Of how many answers percentiles are taken at most, the newest. */
const ANSWER_LIMIT = 10_000

export interface EndpointStats extends EndedDeliveries, AttemptCounts {
  /** The window's start, unix ms. */
  since: number
  successRate: Rate
  waiting: number
  answerTime: { p50Ms: number | null; p95Ms: number | null; sampleSize: number }
}

export interface StatsApi {
  /** Of the deliveries that ended in the last 24 hours. */
  successRate(endpoint: Endpoint): Promise<Rate>
  /** Of the last 24 hours. */
  endpoint(endpoint: Endpoint): Promise<EndpointStats>
  /** Of all that a project delivers. */
  overview(projectId: ProjectId, range: OverviewRange): Promise<Overview>
}

export function createStats(deps: {
  store: StatsStore
  figures: FigureStore
  deliveries: Pick<DeliveryStore, 'countWaiting'>
  clock: Pick<Clock, 'now'>
}): StatsApi {
  const { store, clock } = deps
  const rate = ({ succeeded, failed }: EndedDeliveries) => rateOf(succeeded, succeeded + failed, MIN_SAMPLE)
  return {
    successRate: async ({ id }) => rate(await store.ended({ endpointId: id, since: clock.now() - WINDOW_MS })),

    overview: (projectId, range) => showOverview(deps.figures, { projectId, range, now: clock.now() }),

    async endpoint({ id: endpointId }) {
      const since = clock.now() - WINDOW_MS
      const query = { endpointId, since }
      const [ended, attempts, times, waiting] = await Promise.all([
        store.ended(query),
        store.attempts(query),
        store.answerTimes({ ...query, limit: ANSWER_LIMIT }),
        deps.deliveries.countWaiting(endpointId),
      ])
      return { since, ...ended, ...attempts, successRate: rate(ended), waiting, answerTime: percentilesOf(times) }
    },
  }
}

function percentilesOf(times: readonly number[]): EndpointStats['answerTime'] {
  const sorted = times.toSorted((a, b) => a - b)
  return { p50Ms: atShare(sorted, 0.5), p95Ms: atShare(sorted, 0.95), sampleSize: sorted.length }
}

/** The smallest value that at least this share of them do not exceed; null of none. */
function atShare(sorted: readonly number[], share: number): number | null {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? null
}

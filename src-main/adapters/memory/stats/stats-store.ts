import type { Attempt } from '#shared/model/attempt.ts'
import type { DeliveryPurpose, DeliveryState } from '#shared/model/delivery.ts'
import type { EndpointId } from '#shared/model/ids.ts'
import type { AttemptCounts, EndedDeliveries, StatsStore } from '#main/engine/ports.ts'
import { storedPurpose } from '../deliveries/stored-purpose.ts'
import type { MemoryState } from '../state.ts'

const WAITING: readonly DeliveryState[] = ['scheduled', 'held', 'delivering']

interface Query {
  endpointId: EndpointId
  since: number
  without: readonly DeliveryPurpose[]
}

export function createStatsStore(state: MemoryState): StatsStore {
  const deliveriesOf = ({ endpointId, without }: Query) =>
    [...state.deliveries.values()]
      .map(({ delivery }) => delivery)
      .filter((delivery) => delivery.endpointId === endpointId && !without.includes(storedPurpose(state, delivery)))

  const attemptsOf = (query: Query): Attempt[] =>
    deliveriesOf(query)
      .flatMap(({ id }) => state.attempts.get(id) ?? [])
      .filter(({ outcome, finishedAt }) => finishedAt > query.since && ['succeeded', 'failed'].includes(outcome))

  function ended(query: Query): EndedDeliveries {
    const after = deliveriesOf(query).filter(({ updatedAt }) => updatedAt > query.since)
    const count = (name: DeliveryState) => after.filter((delivery) => delivery.state === name).length
    return { succeeded: count('succeeded'), failed: count('failed') }
  }

  function attempts(query: Query): AttemptCounts {
    const all = attemptsOf(query)
    return {
      attempts: all.length,
      retries: all.filter(({ number, trigger }) => number > 1 && trigger === 'automatic').length,
      timeouts: all.filter(({ failure }) => failure?.code === 'timed_out').length,
    }
  }

  return {
    ended: async (query) => ended({ ...query, without: ['test'] }),
    attempts: async (query) => attempts({ ...query, without: ['test'] }),

    answerTimes: async (query) =>
      attemptsOf({ ...query, without: ['test'] })
        .filter(({ response }) => response !== null)
        .toSorted((a, b) => b.finishedAt - a.finishedAt)
        .slice(0, query.limit)
        .map(({ timings }) => timings.totalMs),

    counts: async ({ endpointIds, since }) =>
      endpointIds.map((endpointId) => {
        const query: Query = { endpointId, since, without: ['test', 'alert'] }
        const waiting = deliveriesOf(query).filter((delivery) => WAITING.includes(delivery.state)).length
        return { endpointId, ...ended(query), ...attempts(query), waiting }
      }),
  }
}

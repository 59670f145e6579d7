import { addAnswerTimes, answerTimeClass } from '#shared/model/answer-times.ts'
import type { Attempt } from '#shared/model/attempt.ts'
import type { Delivery, DeliveryState } from '#shared/model/delivery.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { Backlog, FigureRow, FigureStore, FigureWindow, OutcomeFigures } from '#main/engine/ports.ts'
import { storedPurpose } from '../deliveries/stored-purpose.ts'
import type { MemoryState } from '../state.ts'

interface Ended {
  attempt: Attempt
  delivery: Delivery
}

const SPAN_MS = { minute: 60_000, hour: 3_600_000 } as const

/** Counts when it is asked: what is forgotten or counted before makes no difference here. */
export function createFigureStore(state: MemoryState): FigureStore {
  const countOf = (projectId: ProjectId, states: readonly DeliveryState[]): number =>
    [...state.deliveries.values()].filter(
      ({ delivery }) => delivery.projectId === projectId && states.includes(delivery.state),
    ).length

  const endedIn = ({ projectId, since, until }: FigureWindow): Ended[] =>
    [...state.deliveries.values()]
      .filter(({ delivery }) => delivery.projectId === projectId && storedPurpose(state, delivery) !== 'test')
      .flatMap(({ delivery }) => (state.attempts.get(delivery.id) ?? []).map((attempt) => ({ attempt, delivery })))
      .filter(
        ({ attempt: { outcome, finishedAt } }) =>
          outcome !== 'interrupted' && finishedAt >= since && finishedAt < until,
      )

  return {
    count: async () => 0,
    async sample({ projectIds, now }) {
      for (const projectId of projectIds) {
        const waiting = countOf(projectId, ['scheduled', 'delivering'])
        state.samples.push({ projectId, at: now, waiting, held: countOf(projectId, ['held']) })
      }
    },
    async forget({ hoursBefore }) {
      state.samples = state.samples.filter(({ at }) => at >= hoursBefore)
    },

    async rows(window) {
      const spanMs = SPAN_MS[window.span]
      const beginning = (at: number): number => at - (at % spanMs)
      const sampled = state.samples.filter(({ projectId, at }) => projectId === window.projectId && at < window.until)
      const samples = Map.groupBy(
        sampled.filter(({ at }) => at >= window.since),
        ({ at }) => beginning(at),
      )
      const ended = Map.groupBy(endedIn(window), ({ attempt }) => beginning(attempt.finishedAt))
      const before = sampled.findLast(({ at }) => at < window.since)
      return {
        rows: [...new Set([...samples.keys(), ...ended.keys()])]
          .toSorted((a, b) => a - b)
          .map((at) => ({ at, ...figuresOf(ended.get(at) ?? []), backlog: backlogOf(samples.get(at) ?? []) })),
        before: before === undefined ? null : { waiting: before.waiting, held: before.held },
      }
    },

    async endpoints(window) {
      const byEndpoint = Map.groupBy(endedIn(window), ({ delivery }) => delivery.endpointId)
      return [...byEndpoint]
        .map(([endpointId, ended]) => {
          const { succeeded, failed } = figuresOf(ended)
          return { endpointId, succeeded, failed }
        })
        .filter(({ succeeded, failed }) => succeeded + failed > 0)
    },
  }
}

function backlogOf(samples: readonly Backlog[]): FigureRow['backlog'] {
  const last = samples.at(-1)
  if (last === undefined) return null
  const most = (name: keyof Backlog): number => Math.max(...samples.map((each) => each[name]))
  return {
    most: { waiting: most('waiting'), held: most('held') },
    last: { waiting: last.waiting, held: last.held },
  }
}

function figuresOf(ended: readonly Ended[]): OutcomeFigures & Pick<FigureRow, 'answerTimes'> {
  const figures: OutcomeFigures = { succeeded: 0, failed: 0, retried: 0, simulated: 0 }
  for (const { attempt, delivery } of ended) {
    const goesOn = attempt.nextAttemptAt !== null || delivery.state === 'held'
    if (attempt.outcome === 'interrupted') continue
    figures[attempt.outcome === 'failed' && goesOn ? 'retried' : attempt.outcome] += 1
  }
  const answered = ended.filter(({ attempt }) => attempt.response !== null)
  const answerTimes = addAnswerTimes(answered.map(({ attempt }) => ({ [answerTimeClass(attempt.timings.totalMs)]: 1 })))
  return { ...figures, answerTimes }
}

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addAnswerTimes, answerTimeAt, answerTimeClass, type AnswerTimes } from '#shared/model/answer-times.ts'
import type { FigureRow, FigureStore } from '#main/engine/ports.ts'
import type { Change } from '#main/engine/engine.ts'
import { createFeed } from '#main/engine/feed.ts'
import { createFigures } from '#main/engine/stats/figures.ts'
import { showOverview } from '#main/engine/stats/overview.ts'
import { ids } from '#test/conformance/store/records.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'
import { createFakeLog } from '#test/support/fake-log.ts'

const MINUTE_MS = 60_000
const NOW = Date.UTC(2026, 4, 4, 12, 7, 30)
const projectId = ids.next('prj')

function timesOf(all: readonly number[]): AnswerTimes {
  return addAnswerTimes(all.map((ms) => ({ [answerTimeClass(ms)]: 1 })))
}

/** A store that tells what it was asked. */
function figuresThatHold(rows: readonly FigureRow[], asked: object[] = []): Pick<FigureStore, 'rows' | 'endpoints'> {
  return {
    rows: async (window) => {
      asked.push(window)
      return { rows, before: { waiting: 3, held: 0 } }
    },
    endpoints: async () => [
      { endpointId: null, succeeded: 1, failed: 0 },
      { endpointId: ids.next('end'), succeeded: 95, failed: 5 },
    ],
  }
}

it('an overview has one point for each step up to now, and null where there is nothing to tell', async () => {
  const at = NOW - (NOW % MINUTE_MS)
  const counts = { succeeded: 9, failed: 1, retried: 2, simulated: 0 }
  const backlog = { most: { waiting: 7, held: 1 }, last: { waiting: 2, held: 1 } }
  const busy = { ...counts, backlog, answerTimes: timesOf([10, 10, 800]) }
  const asked: object[] = []
  const figures = figuresThatHold([{ ...busy, at: at - 2 * MINUTE_MS }], asked)
  const shown = await showOverview(figures, { projectId, range: '1h', now: NOW })
  expect(asked).toEqual([{ projectId, span: 'minute', since: at - 59 * MINUTE_MS, until: at + MINUTE_MS }])
  expect(shown.points).toHaveLength(60)
  expect(shown.points.at(-3)).toMatchObject({ ...counts, answerTime: { sampleSize: 3 }, backlog: backlog.most })
  // Nothing changed before and after, so as many wait as were seen last.
  expect(shown.points.at(-1)).toMatchObject({ succeeded: 0, backlog: backlog.last })
  expect(shown.points[0]).toEqual({
    at: shown.since,
    succeeded: 0,
    failed: 0,
    retried: 0,
    simulated: 0,
    backlog: { waiting: 3, held: 0 },
    answerTime: { p50Ms: null, p95Ms: null, p99Ms: null, sampleSize: 0 },
  })
  expect(shown.totals).toMatchObject({ succeeded: 9, failed: 1, successRate: { percent: 90, verdict: 'measured' } })
})

it('an overview names the busiest endpoint first, and says where a rate has too small a sample', async () => {
  const shown = await showOverview(figuresThatHold([]), { projectId, range: '30d', now: NOW })
  expect(shown.points).toHaveLength(120)
  expect(shown.endpoints.map(({ successRate }) => successRate)).toEqual([
    { percent: 95, sampleSize: 100, verdict: 'measured' },
    { percent: 100, sampleSize: 1, verdict: 'insufficient_data' },
  ])
})

it('times that were added up by class tell every percentile to within a fifth', () => {
  const times = fc.array(fc.double({ min: 1, max: 200_000, noNaN: true }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(times, fc.constantFrom(0.5, 0.95, 0.99), (all, share) => {
      const exact = all.toSorted((a, b) => a - b)[Math.ceil(all.length * share) - 1]!
      const told = answerTimeAt(timesOf(all), share)!
      expect(told).toBeGreaterThan(exact / 1.2 - 1)
      expect(told).toBeLessThan(exact * 1.2 + 1)
    }),
  )
  expect(answerTimeAt({}, 0.5)).toBeNull()
  expect(answerTimeAt(timesOf([0.2, 0.4]), 0.5)).toBeLessThan(1)
})

it('figures are counted a moment after a change, and on where there is more, and old ones forgotten each hour', async () => {
  const clock = createFakeClock()
  const changes = createFeed<Change>()
  const done: string[] = []
  const left = [100, 12, 0, 0]
  const figures = createFigures({
    clock,
    changes,
    log: createFakeLog(),
    projects: () => [projectId],
    store: {
      ...figuresThatHold([]),
      count: async () => {
        done.push('count')
        return left.shift() ?? 0
      },
      sample: async ({ projectIds }) => void done.push(`sample ${projectIds.length}`),
      forget: async () => void done.push('forget'),
    },
  })
  figures.start()
  await clock.advance(10_000)
  expect(done.splice(0)).toEqual(['sample 1', 'count', 'forget', 'count'])
  for (let time = 0; time < 20; time += 1) changes.publish({ type: 'deliveries.changed', projectId })
  await clock.advance(1_999)
  expect(done).toEqual([])
  await clock.advance(1)
  expect(done.splice(0)).toEqual(['sample 1', 'count'])
  await clock.advance(3_600_000)
  expect(done).toEqual([])
  changes.publish({ type: 'deliveries.changed', projectId })
  await clock.advance(2_000)
  expect(done).toEqual(['sample 1', 'count', 'forget'])
  await figures.stop()
  changes.publish({ type: 'deliveries.changed', projectId })
  expect(clock.pending()).toEqual([])
})

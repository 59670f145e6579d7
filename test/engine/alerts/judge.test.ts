import { describe, expect, it } from 'vitest'
import type { AlertCondition, AlertRuleState } from '#shared/model/alert.ts'
import { rateOf } from '#shared/model/rate.ts'
import { measure, nextState, together } from '#main/engine/alerts/judge.ts'

const counts = { succeeded: 9, failed: 1, attempts: 20, retries: 5, timeouts: 2, waiting: 7 }
const condition = (kind: AlertCondition['kind'], threshold: number, minSample = 10): AlertCondition => ({
  kind,
  threshold,
  minSample,
  windowMinutes: 15,
})

describe('what a condition measures', () => {
  it.each([
    ['success_rate', { value: 90, sampleSize: 10 }],
    ['dead_letters', { value: 1, sampleSize: 10 }],
    ['retry_spike', { value: 25, sampleSize: 20 }],
    ['timeouts', { value: 10, sampleSize: 20 }],
    ['backlog', { value: 7, sampleSize: 7 }],
  ] as const)('CRL-3 names its sample: %s', (kind, measured) => {
    expect(measure(kind, counts)).toEqual(measured)
    const nothing = measure(kind, together([]))
    expect(nothing).toEqual({ value: kind === 'dead_letters' || kind === 'backlog' ? 0 : null, sampleSize: 0 })
  })

  it('CRL-3 takes several endpoints together', () => {
    expect(measure('success_rate', together([counts, { ...counts, succeeded: 0, failed: 10 }]))).toEqual({
      value: 45,
      sampleSize: 20,
    })
  })

  it('CRL-3 never rounds a rate up to a whole that it is not', () => {
    expect(rateOf(99_999, 100_000, 5)).toEqual({ percent: 99.9, sampleSize: 100_000, verdict: 'measured' })
    expect(rateOf(57, 100, 5).percent).toBe(57)
    expect(rateOf(4, 4, 5)).toEqual({ percent: 100, sampleSize: 4, verdict: 'insufficient_data' })
    expect(rateOf(0, 0, 5)).toEqual({ percent: null, sampleSize: 0, verdict: 'insufficient_data' })
  })
})

describe('how a rule stands after a look', () => {
  it.each<[string, AlertCondition, number | null, number, AlertRuleState, AlertRuleState]>([
    ['raises a success rate below its threshold', condition('success_rate', 95), 94.9, 10, 'ok', 'raised'],
    ['leaves one at its threshold', condition('success_rate', 95), 95, 10, 'ok', 'ok'],
    ['keeps it raised until it is back by a fifth', condition('success_rate', 95), 95.9, 10, 'raised', 'raised'],
    ['resolves it from there on', condition('success_rate', 95), 96, 10, 'raised', 'ok'],
    ['resolves one of 100 % only when all succeed', condition('success_rate', 100), 100, 10, 'raised', 'ok'],
    ['says nothing of too small a sample', condition('success_rate', 95), 0, 9, 'ok', 'insufficient_data'],
    ['keeps a raised one while too little tells that it is over', condition('timeouts', 10), 0, 9, 'raised', 'raised'],
    ['raises a share of timeouts from its threshold on', condition('timeouts', 10), 10, 10, 'ok', 'raised'],
    ['keeps it above four fifths', condition('timeouts', 10), 8.1, 10, 'raised', 'raised'],
    ['resolves it at four fifths', condition('timeouts', 10), 8, 10, 'raised', 'ok'],
    ['raises a single dead letter', condition('dead_letters', 1), 1, 1, 'ok', 'raised'],
    ['asks no sample of a count', condition('backlog', 100), 100, 100, 'insufficient_data', 'raised'],
    ['resolves a dead letter when none is left', condition('dead_letters', 1), 0, 0, 'raised', 'ok'],
    ['has nothing to say of nothing', condition('retry_spike', 10, 1), null, 0, 'ok', 'insufficient_data'],
  ])('CRL-3 %s', (...[, rule, value, sampleSize, before, after]) => {
    expect(nextState(rule, { value, sampleSize }, before)).toBe(after)
  })
})

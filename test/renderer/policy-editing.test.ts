import { describe, expect, it } from 'vitest'
import { POLICY_PRESETS, presetOf } from '#main/engine/delivery/policies.ts'
import type { Forecast } from '#shared/model/forecast.ts'
import type { Policy } from '#shared/model/policy.ts'
import {
  changePolicy,
  differencesOf,
  toPolicyInput,
} from '../../src-renderer/features/endpoints/form/policy/policy-draft.ts'
import { problemsOf } from '../../src-renderer/features/endpoints/form/policy/policy-problems.ts'
import { fittingScale, placeTries, scaleOf } from '../../src-renderer/ui/policy/try-places.ts'

function preset(id: string): Policy {
  const policy = presetOf(id)
  if (policy === null) throw new Error(`no preset ${id}`)
  return policy
}

describe('a policy under edit', () => {
  const crawlux = preset('crawlux')

  it('ENG-4 is its preset until something differs, and again once it is put back', () => {
    const changed = changePolicy(crawlux, crawlux, { timeoutMs: 9_000 })
    expect(changed.own && differencesOf(changed.own, crawlux)).toEqual(['timeoutMs'])
    expect(toPolicyInput(changed)).toMatchObject({ preset: 'crawlux', timeoutMs: 9_000 })
    expect(toPolicyInput(changePolicy(changed.own ?? crawlux, crawlux, { timeoutMs: 5_000 }))).toBe('crawlux')
  })

  it('finds nothing wrong with any preset', () => {
    for (const { policy } of POLICY_PRESETS) expect([...problemsOf(policy)]).toEqual([])
  })

  it.for([
    [{ timeoutMs: 'soon' as never }, 'timeoutMs', 'This cannot be read.'],
    [{ timeoutMs: 3_600_000 }, 'timeoutMs', 'At most 5 min.'],
    [{ timeoutMs: 5 }, 'timeoutMs', 'At least 100 ms.'],
    [{ concurrency: 1.5 }, 'concurrency', 'Write a whole number.'],
    [{ bodyLimitBytes: 0 }, 'bodyLimitBytes', 'More than 0 B.'],
    [{ success: 'all' as never }, 'success', 'Write 2xx, or statuses from 200 to 299 by commas: 200, 201.'],
    [{ success: [200, 302] }, 'success.1', 'Write 2xx, or statuses from 200 to 299 by commas: 200, 201.'],
    [{ retryAfter: { honour: true, capMs: 31 * 86_400_000 } }, 'retryAfter.capMs', 'At most 30 d.'],
    [
      { schedule: { kind: 'list', waitsMs: [1, 31 * 86_400_000], repeat: null, jitter: 0 } },
      'schedule.waitsMs.1',
      'At most 30 d.',
    ],
    [{ schedule: { kind: 'list', waitsMs: [], repeat: null, jitter: 2 } }, 'schedule.jitter', 'At most 100 %.'],
  ] as const)('says at its field what is wrong: %j', ([change, place, words]) =>
    expect([...problemsOf({ ...crawlux, ...(change as Partial<Policy>) })]).toEqual([[place, words]]),
  )
})

function forecastAt(...expectedMs: number[]): Forecast {
  const time = (ms: number) => ({ earliestMs: ms * 0.8, expectedMs: ms, latestMs: ms * 1.2 })
  return {
    attempts: expectedMs.map((ms, index) => ({
      number: index + 1,
      at: time(ms),
      tookMs: 0,
      status: 500,
      failure: null,
      outcome: 'failed',
      sure: true,
    })),
    end: { state: 'failed', reason: 'tries_used_up', at: time(0), words: '' },
    breakerOpensAtMs: null,
  }
}

describe('the line of a policy’s tries', () => {
  it('ENG-4 is drawn to scale: twice as late is twice as far', () => {
    const places = placeTries(forecastAt(0, 60_000, 120_000), 'even')
    const [first, second, third] = places.map(({ at }) => at)
    expect(first).toBe(0)
    expect((third ?? 0) / (second ?? 1)).toBeCloseTo(2)
    expect(places[2]?.to).toBe(1)
  })

  it('draws early tries apart where they would lie on one another, in order all the same', () => {
    const crowded = forecastAt(0, 5_000, 60_000, 36_000_000)
    expect(fittingScale(crowded)).toBe('early')
    expect(fittingScale(forecastAt(0, 60_000, 120_000))).toBe('even')
    const places = placeTries(crowded, 'early').map(({ at }) => at)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect((places[1] ?? 0) - (places[0] ?? 0)).toBeGreaterThan(0.025)
    expect(scaleOf(crowded, 'early')(36_000_000 * 1.2)).toBe(1)
  })

  it('labels no two tries over one another, and the last one always', () => {
    const places = placeTries(forecastAt(...Array.from({ length: 40 }, (_, index) => index * 60_000)), 'even')
    const labelled = places.filter(({ hasLabel }) => hasLabel).map(({ at }) => at)
    expect(places.at(-1)?.hasLabel).toBe(true)
    expect(labelled.every((at, index) => index === 0 || at - (labelled[index - 1] ?? 0) >= 0.13)).toBe(true)
  })
})

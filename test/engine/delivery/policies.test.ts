import { describe, expect, it } from 'vitest'
import { POLICY_PRESETS, resolvePolicy } from '#main/engine/delivery/policies.ts'
import { plannedWaitsMs } from '#main/engine/delivery/retry-schedule.ts'
import { AppError } from '#shared/model/app-error.ts'
import { Policy } from '#shared/model/policy.ts'

function refusal(choose: () => unknown): AppError {
  try {
    choose()
  } catch (error) {
    if (error instanceof AppError) return error
  }
  throw new Error('was not refused')
}

describe('policies', () => {
  it.each(POLICY_PRESETS.map(({ id, policy }) => [id, policy] as const))(
    '%s is whole data and bears its own name',
    (id, policy) => {
      expect(Policy.parse(policy)).toEqual(policy)
      expect(policy.preset).toBe(id)
      expect(resolvePolicy(id)).toEqual(policy)
    },
  )

  it('CRX-3 ends within 24 h', () => {
    const { schedule, timeoutMs } = resolvePolicy('crawlux')
    expect(plannedWaitsMs(schedule, 0).reduce((sum, wait) => sum + wait + timeoutMs, timeoutMs)).toBeLessThan(
      86_400_000,
    )
  })

  it('replaces what is given and keeps the rest', () => {
    expect(resolvePolicy({ preset: 'standard', timeoutMs: 2_000, concurrency: undefined })).toEqual({
      ...resolvePolicy('standard'),
      timeoutMs: 2_000,
    })
  })

  it('names the presets where one is unknown', () => {
    expect(refusal(() => resolvePolicy('no-such'))).toMatchObject({
      code: 'invalid_request',
      field: 'policy',
      hint: expect.stringMatching(/^Use one of: standard, crawlux, apifycloud, lumar, once, adyen, /),
    })
  })

  it('names the field that does not fit', () => {
    expect(refusal(() => resolvePolicy({ preset: 'standard', timeoutMs: 1 }))).toMatchObject({
      code: 'invalid_request',
      field: 'policy.timeoutMs',
    })
    expect(
      refusal(() => resolvePolicy({ preset: 'standard', clientErrors: { stop: true, except: [200] } })),
    ).toMatchObject({ field: 'policy.clientErrors.except.0' })
  })
})

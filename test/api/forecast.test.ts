import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApiRig, type ApiRig } from '#test/support/api-rig.ts'

let rig: ApiRig
beforeAll(async () => void (rig = await startApiRig()))
afterAll(() => rig.stop())

describe('policies', () => {
  it('ENG-4 shows the time line of a policy for a scenario', async () => {
    const answer = await rig.call('POST', '/policies/forecast', {
      policy: { preset: 'crawlux', timeoutMs: 2_000 },
      scenario: { answers: [{ untilMs: 2_400_000, fault: 'timeout' }, { status: 200 }] },
    })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      attempts: [0, 62_000, 364_000, 2_166_000, 9_368_000].map((expectedMs, index) => ({
        number: index + 1,
        at: { expectedMs },
        outcome: index === 4 ? 'succeeded' : 'failed',
      })),
      end: { state: 'succeeded', reason: 'delivered' },
      breakerOpensAtMs: null,
    })
  })

  it('ENG-4 names the field of a policy or scenario that cannot be', async () => {
    const refused = async (body: unknown) => (await rig.call('POST', '/policies/forecast', body)).json()
    const scenario = { answers: [{ status: 500 }] }
    expect(await refused({ policy: 'no-such', scenario })).toMatchObject({ error: { field: 'policy' } })
    expect(await refused({ policy: { preset: 'apifycloud', timeoutMs: 20_000 }, scenario })).toMatchObject({
      error: { code: 'invalid_request', field: 'policy.timeoutMs' },
    })
    expect(await refused({ policy: 'standard', scenario: { answers: [] } })).toMatchObject({
      error: { field: 'scenario.answers' },
    })
  })

  it('ENG-4 lists every preset with the source of its facts', async () => {
    const { items } = (await (await rig.call('GET', '/policies')).json()) as {
      items: { id: string; facts: { source: string; unconfirmed: boolean } }[]
    }
    expect(items.length).toBeGreaterThanOrEqual(30)
    expect(items.find(({ id }) => id === 'paypal')?.facts.unconfirmed).toBe(true)
    expect(items.find(({ id }) => id === 'crawlux')?.facts).toEqual({
      source: 'Crawlux webhook documentation',
      checkedOn: '2026-11-21',
      unconfirmed: false,
    })
  })

  it('ENG-4 gives every preset to an endpoint, with a secret where its sender signs', async () => {
    for (const { id, policy } of rig.engine.policies) {
      const body = { name: id, url: 'http://localhost:3000/hook', eventTypes: [], policy: id }
      const answer = await rig.call('POST', '/endpoints', body)
      expect([id, answer.status]).toEqual([id, 201])
      const { secret } = (await answer.json()) as { secret: string | null }
      expect([id, secret === null]).toEqual([id, policy.provider === 'none'])
    }
  })
})

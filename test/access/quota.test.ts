import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createQuota } from '#main/engine/access/quota.ts'
import { startApiRig } from '#test/support/api-rig.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'
import { bearing, makeKey, statusWith } from './key-calls.ts'

describe('quotas of keys', () => {
  it('CRL-3 lets no more than the quota through in any 60 s, and says when the next one may come', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 60 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), steps, (limit, waits) => {
        const quota = createQuota()
        const taken: number[] = []
        let now = 0
        for (const wait of waits) {
          now += wait
          const waitMs = quota.take(limit, now)
          // Refused until the very ms that it named.
          const isHonest =
            waitMs === 0 || (quota.take(limit, now + waitMs - 1) > 0 && quota.take(limit, now + waitMs) === 0)
          expect([waitMs <= 61_000, isHonest]).toEqual([true, true])
          now += waitMs
          taken.push(now)
        }
        for (const at of taken) {
          expect(taken.filter((other) => other > at - 60_000 && other <= at).length).toBeLessThanOrEqual(limit)
        }
      }),
    )
  })

  it('CRL-3 holds a quota over clients that call at once, each key by itself, on every carrier', async () => {
    const clock = createFakeClock()
    const rig = await startApiRig({ clock, parts: { clock } })
    const limited = await makeKey(rig, { quotaPerMinute: 10 })
    const other = await makeKey(rig, { quotaPerMinute: 10 })
    const statuses = await Promise.all(Array.from({ length: 25 }, () => statusWith(rig, limited.secret)))
    expect(statuses.filter((status) => status === 200)).toHaveLength(10)
    expect(statuses.filter((status) => status === 429)).toHaveLength(15)

    const refused = await rig.call('GET', '/caller', undefined, bearing(limited.secret))
    expect(refused.headers.get('retry-after')).toBe('61')
    expect(await refused.json()).toMatchObject({
      error: { code: 'quota_exceeded', hint: expect.stringContaining('61 s') },
    })
    const rpc = await fetch(`${rig.origin}/rpc/caller`, { method: 'POST', headers: bearing(limited.secret) })
    expect(rpc.status).toBe(429)
    expect(await statusWith(rig, other.secret)).toBe(200)

    await clock.advance(61_000)
    expect(await statusWith(rig, limited.secret)).toBe(200)
    await rig.stop()
  })
})

import { expect, it } from 'vitest'
import type { Trigger } from '#shared/model/delivery.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import { newAttempt, NOW } from './records.ts'
import { onEveryStore } from './implementations.ts'
import type { World } from './world.ts'

type Ending = NonNullable<Parameters<typeof newAttempt>[1]> & {
  state?: 'succeeded' | 'failed' | 'simulated' | 'scheduled'
}

/** One delivery to `endpoint` whose attempts end so, one after the other. */
async function deliver(
  world: World,
  endpoint: Endpoint,
  endings: readonly Ending[],
  { type = 'order.created', nextTrigger = 'automatic' as Trigger } = {},
) {
  const { deliveries } = await world.addEvent({ event: { type }, to: [endpoint], delivery: { nextTrigger } })
  for (const [index, { state = 'scheduled', ...attempt }] of endings.entries()) {
    const [claimed] = await world.claim(endpoint.id)
    const finishedAt = attempt.finishedAt ?? NOW + 30
    await world.conclude(claimed!, {
      attempt: { outcome: state === 'succeeded' ? 'succeeded' : 'failed', ...attempt },
      delivery: {
        state,
        nextTrigger,
        dueAt: state === 'scheduled' ? (index + 1 < endings.length ? NOW : NOW + 60_000) : null,
        updatedAt: finishedAt,
      },
    })
  }
  return deliveries[0]!
}

const timedOut = {
  response: null,
  failure: { code: 'timed_out', phase: 'headers', detail: '' },
} as const

onEveryStore('the counts of an endpoint', (open) => {
  it('CRL-3 tell what ended lately, by how it stands now, and leave out what is simulated', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    await deliver(world, endpoint, [{ state: 'succeeded' }])
    await deliver(world, endpoint, [timedOut, { state: 'succeeded', trigger: 'automatic' }])
    const failed = await deliver(world, endpoint, [{ state: 'failed' }])
    await deliver(world, endpoint, [{ state: 'simulated', outcome: 'simulated' }])
    await deliver(world, await world.addEndpoint(), [{ state: 'failed' }])
    const query = { endpointId: endpoint.id, since: NOW }
    expect(await world.store.stats.ended(query)).toEqual({ succeeded: 2, failed: 1 })
    expect(await world.store.stats.attempts(query)).toEqual({ attempts: 4, retries: 1, timeouts: 1 })
    expect(await world.store.stats.ended({ ...query, since: NOW + 30 })).toEqual({ succeeded: 0, failed: 0 })
    expect(await world.store.stats.attempts({ ...query, since: NOW + 30 })).toMatchObject({ attempts: 0 })
    await world.store.deliveries.bringForward({ deliveryId: failed.id, from: ['failed'], trigger: 'manual', now: NOW })
    expect(await world.store.stats.ended(query)).toEqual({ succeeded: 2, failed: 0 })
  })

  it('CRL-3 tell how long the newest answers took, and of no attempt that had none', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    for (const [index, totalMs] of [900, 10, 20, 30].entries()) {
      const { timings } = newAttempt({ delivery: {}, number: 1 } as never)
      await deliver(world, endpoint, [
        { state: 'succeeded', finishedAt: NOW + 1 + index, timings: { ...timings, totalMs } },
      ])
    }
    await deliver(world, endpoint, [{ ...timedOut, state: 'failed', finishedAt: NOW + 90 }])
    const times = await world.store.stats.answerTimes({ endpointId: endpoint.id, since: NOW, limit: 3 })
    expect(times).toEqual([30, 20, 10])
  })

  it('CRL-3 tell all of several endpoints at once, without what tells of alerts', async () => {
    const world = await open()
    const [one, other] = [await world.addEndpoint(), await world.addEndpoint()]
    await deliver(world, one, [timedOut, { state: 'failed' }])
    await deliver(world, one, [{ state: 'failed' }], { type: 'alert.raised' })
    await deliver(world, other, [{ state: 'succeeded' }])
    await deliver(world, other, [{}])
    await deliver(world, other, [{}], { type: 'alert.resolved' })
    const counts = await world.store.stats.counts({
      endpointIds: [one.id, other.id],
      since: NOW,
    })
    expect(counts).toEqual([
      { endpointId: one.id, succeeded: 0, failed: 1, attempts: 2, retries: 1, timeouts: 1, waiting: 0 },
      { endpointId: other.id, succeeded: 1, failed: 0, attempts: 2, retries: 0, timeouts: 0, waiting: 1 },
    ])
  })

  it('CRL-3 OPS-1 leave out tests, also one that is tried again by hand', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    await deliver(world, endpoint, [{ state: 'succeeded' }])
    await deliver(world, endpoint, [{}])
    await deliver(world, endpoint, [{ ...timedOut, trigger: 'test', state: 'failed' }], { nextTrigger: 'test' })
    const again = await deliver(world, endpoint, [{ trigger: 'test', state: 'failed' }], { nextTrigger: 'test' })
    const step = { deliveryId: again.id, from: ['failed'] as const, trigger: 'manual' as const, now: NOW + 40 }
    await world.store.deliveries.bringForward(step)
    const query = { endpointId: endpoint.id, since: NOW }
    expect(await world.store.stats.ended(query)).toEqual({ succeeded: 1, failed: 0 })
    expect(await world.store.stats.attempts(query)).toEqual({ attempts: 2, retries: 0, timeouts: 0 })
    expect(await world.store.stats.counts({ endpointIds: [endpoint.id], since: NOW })).toEqual([
      { endpointId: endpoint.id, succeeded: 1, failed: 0, attempts: 2, retries: 0, timeouts: 0, waiting: 1 },
    ])
    const times = await world.store.stats.answerTimes({ ...query, limit: 9 })
    expect(times).toHaveLength(2)
  })
})

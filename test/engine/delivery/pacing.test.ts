import { describe, expect, it } from 'vitest'
import type { TransportResult } from '#main/engine/ports.ts'
import type { EndpointId } from '#shared/model/ids.ts'
import { answered, createDispatchRig, type DispatchRig } from './dispatch-rig.ts'

const MINUTE = 60_000

async function composeMany(rig: DispatchRig, endpointId: EndpointId, count: number) {
  const made = []
  for (let index = 0; index < count; index++) made.push((await rig.compose(endpointId))[0]!)
  return made
}

describe('the rate of an endpoint', () => {
  it('ENG-7 spreads its attempts evenly', async () => {
    const rig = await createDispatchRig()
    const endpoint = await rig.addEndpoint({ preset: 'standard', ratePerSecond: 4 })
    await composeMany(rig, endpoint.id, 10)
    await rig.dispatcher.start()
    await rig.clock.advance(10_000)
    expect(rig.gaps()).toEqual(Array.from({ length: 9 }, () => 0.25))
  })

  it('ENG-7 holds for retries too, and may be less than one a second', async () => {
    const rig = await createDispatchRig({ answer: (_request, index) => answered(index < 3 ? 500 : 200) })
    const endpoint = await rig.addEndpoint({ preset: 'standard', ratePerSecond: 0.1 })
    await rig.dispatcher.start()
    await composeMany(rig, endpoint.id, 3)
    await rig.clock.advance(2 * MINUTE)
    expect(rig.sent).toHaveLength(6)
    for (const gap of rig.gaps()) expect(gap).toBeGreaterThanOrEqual(9.98)
  })

  it('ENG-7 lets a high rate through in small groups that keep the average', async () => {
    const rig = await createDispatchRig()
    const endpoint = await rig.addEndpoint({ preset: 'standard', ratePerSecond: 200, concurrency: 100 })
    await composeMany(rig, endpoint.id, 300)
    await rig.dispatcher.start()
    await rig.clock.advance(1_000)
    expect(rig.sent.length).toBeGreaterThan(190)
    expect(rig.sent.length).toBeLessThanOrEqual(205)
  })

  it('ENG-8 of one endpoint leaves others alone', async () => {
    const rig = await createDispatchRig()
    const slow = await rig.addEndpoint({ preset: 'standard', ratePerSecond: 1 }, 'slow')
    const free = await rig.addEndpoint('standard', 'free')
    await composeMany(rig, slow.id, 20)
    await composeMany(rig, free.id, 20)
    await rig.dispatcher.start()
    await rig.clock.advance(0)
    expect(rig.sent.filter(({ url }) => url.includes('free'))).toHaveLength(20)
    expect(rig.sent.filter(({ url }) => url.includes('slow'))).toHaveLength(1)
  })

  it('EN20 changes at once when it is configured anew', async () => {
    const rig = await createDispatchRig()
    const endpoint = await rig.addEndpoint({ preset: 'standard', ratePerSecond: 0.01 })
    await composeMany(rig, endpoint.id, 5)
    await rig.dispatcher.start()
    await rig.clock.advance(1_000)
    expect(rig.sent).toHaveLength(1)
    const { policy } = endpoint.version.config
    await rig.change(endpoint.id, { policy: { ...policy, ratePerSecond: null } })
    await rig.clock.advance(0)
    expect(rig.sent).toHaveLength(5)
  })
})

describe('strict order', () => {
  const ordered = { preset: 'crawlux', ordered: true, concurrency: 16 }

  it('DL30 ENG-7 holds up 49 events behind one that fails, until it ends', async () => {
    const rig = await createDispatchRig({ answer: (_request, index) => answered(index < 6 ? 500 : 200) })
    const endpoint = await rig.addEndpoint(ordered)
    await rig.dispatcher.start()
    const deliveries = await composeMany(rig, endpoint.id, 50)
    await rig.clock.advance(510 * MINUTE)
    const [poison, ...others] = deliveries
    expect(new Set(rig.sent.map(({ deliveryId }) => deliveryId))).toEqual(new Set([poison!.id]))
    for (const other of others) expect(await rig.delivery(other)).toMatchObject({ state: 'scheduled', attempts: 0 })
    await rig.clock.advance(10 * MINUTE)
    expect(await rig.delivery(poison!)).toMatchObject({ state: 'failed', tries: 6 })
    expect(rig.sent.slice(6).map(({ deliveryId }) => deliveryId)).toEqual(others.map(({ id }) => id))
  })

  it('DL30 by default lets 49 events pass one that always fails', async () => {
    const rig = await createDispatchRig({ answer: (_request, index) => answered(index === 0 ? 500 : 200) })
    const endpoint = await rig.addEndpoint({ preset: 'crawlux', concurrency: 1 })
    await rig.dispatcher.start()
    const [poison, ...others] = await composeMany(rig, endpoint.id, 50)
    await rig.clock.advance(0)
    expect(await rig.delivery(poison!)).toMatchObject({ state: 'scheduled' })
    for (const other of others) expect(await rig.delivery(other)).toMatchObject({ state: 'succeeded' })
  })

  it('ENG-7 has one attempt in flight, in the order of the events', async () => {
    const open: ((result: TransportResult) => void)[] = []
    const rig = await createDispatchRig({ answer: () => new Promise((resolve) => void open.push(resolve)) })
    const endpoint = await rig.addEndpoint(ordered)
    const deliveries = await composeMany(rig, endpoint.id, 5)
    await rig.dispatcher.start()
    for (let sent = 1; sent <= 5; sent++) {
      await rig.clock.advance(0)
      expect(rig.sent).toHaveLength(sent)
      open.shift()!(answered(200))
    }
    await rig.clock.advance(0)
    expect(rig.sent.map(({ deliveryId }) => deliveryId)).toEqual(deliveries.map(({ id }) => id))
  })

  it('ENG-6 ENG-7 keeps the order through a pause and a resume', async () => {
    const rig = await createDispatchRig({ answer: (_request, index) => answered(index < 2 ? 500 : 200) })
    const endpoint = await rig.addEndpoint({ ...ordered, breaker: { consecutiveFailures: 2, probeAfterMs: null } })
    await rig.dispatcher.start()
    const deliveries = await composeMany(rig, endpoint.id, 4)
    await rig.clock.advance(10 * MINUTE)
    expect(rig.endpoints.get(endpoint.id)).toMatchObject({ state: 'paused' })
    await rig.resume(endpoint.id)
    await rig.clock.advance(5_000)
    expect(rig.sent.slice(2).map(({ deliveryId }) => deliveryId)).toEqual(deliveries.map(({ id }) => id))
  })
})

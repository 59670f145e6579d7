import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import type { EndpointId } from '#shared/model/ids.ts'
import { answered, createDispatchRig, silent, type DispatchRig } from './dispatch-rig.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const POLICY = { preset: 'standard', breaker: { consecutiveFailures: 3, probeAfterMs: 5 * MINUTE } }

/** An endpoint that its breaker paused, with `held` deliveries waiting. */
async function paused(rig: DispatchRig, held: number, policy = POLICY) {
  const endpoint = await rig.addEndpoint(policy)
  const deliveries = []
  for (let count = 0; count < held; count++) deliveries.push((await rig.compose(endpoint.id))[0]!)
  await rig.dispatcher.start()
  await rig.clock.advance(0)
  expect(rig.endpoints.get(endpoint.id)).toMatchObject({ state: 'paused', pausedReason: 'breaker' })
  expect(rig.sent).toHaveLength(3)
  return { endpoint, deliveries }
}

const triggers = async (rig: DispatchRig, of: { id: Parameters<DispatchRig['attempts']>[0]['id'] }) =>
  (await rig.attempts(of)).map(({ trigger }) => trigger)

const stateOf = async ({ store }: DispatchRig, id: EndpointId) =>
  (await store.endpoints.list()).find((endpoint) => endpoint.id === id)

describe('half-open probing', () => {
  it('EN17 ENG-6 sends exactly one probe after the cool-down, and one more after each that fails', async () => {
    const rig = await createDispatchRig({ answer: () => answered(500) })
    const { endpoint, deliveries } = await paused(rig, 50)
    await rig.clock.advance(5 * MINUTE - 1)
    expect(rig.sent).toHaveLength(3)
    await rig.clock.advance(1)
    expect(rig.sent).toHaveLength(4)
    expect(rig.sent[3]!.deliveryId).toBe(deliveries[0]!.id)
    expect(await triggers(rig, deliveries[0]!)).toEqual(['automatic', 'probe'])
    expect(await rig.delivery(deliveries[0]!)).toMatchObject({ state: 'held', nextTrigger: 'automatic' })
    expect(await stateOf(rig, endpoint.id)).toMatchObject({ state: 'paused', pausedAt: rig.clock.now() })
    await rig.clock.advance(5 * MINUTE - 1)
    expect(rig.sent).toHaveLength(4)
    await rig.clock.advance(1)
    expect(rig.sent).toHaveLength(5)
  })

  it('EN17 drains 5,000 held after a probe that succeeds, oldest first, at a rate that grows', async () => {
    const rig = await createDispatchRig({ answer: (_request, index) => answered(index < 3 ? 500 : 200) })
    const { endpoint, deliveries } = await paused(rig, 5_000)
    await rig.clock.advance(5 * MINUTE)
    expect(rig.endpoints.get(endpoint.id)).toMatchObject({ state: 'active', consecutiveFailures: 0 })
    expect(await stateOf(rig, endpoint.id)).toMatchObject({ state: 'active', pausedReason: null, pausedAt: null })
    const from = rig.clock.now()
    await rig.clock.advance(60_000)
    expect(rig.sent).toHaveLength(3 + 5_000)
    expect(rig.sent.slice(3).map(({ deliveryId }) => deliveryId)).toEqual(deliveries.map(({ id }) => id))
    const inSecond = (second: number) =>
      rig.sent.slice(4).filter(({ at }) => Math.floor((at - from) / 1_000) === second).length
    expect(inSecond(0)).toBeLessThanOrEqual(11)
    expect(inSecond(6)).toBeGreaterThan(inSecond(1))
    expect(inSecond(6)).toBeLessThanOrEqual(22)
    expect(inSecond(16)).toBeGreaterThan(inSecond(11))
  }, 60_000)

  it('EN17 sends no second probe while one is in flight, whatever changes meanwhile', async () => {
    const rig = await createDispatchRig({
      answer: (request, index) => (index < 3 ? answered(500) : silent(request)),
    })
    const { endpoint } = await paused(rig, 10)
    await rig.clock.advance(5 * MINUTE)
    expect(rig.sent).toHaveLength(4)
    for (let minute = 0; minute < 12; minute++) {
      rig.dispatcher.endpointChanged(endpoint.id)
      await rig.clock.advance(MINUTE)
    }
    expect(rig.sent).toHaveLength(4)
  })

  it('EN16 survives a restart: the cool-down goes on from the stored pause', async () => {
    const store = createMemoryStore()
    const rig = await createDispatchRig({ store, answer: () => answered(500) })
    await paused(rig, 10)
    await rig.clock.advance(2 * MINUTE)
    await rig.dispatcher.stop(0)
    const next = await createDispatchRig({ store, clock: rig.clock, seed: 2, answer: () => answered(500) })
    await next.dispatcher.start()
    await next.clock.advance(3 * MINUTE - 1)
    expect(next.sent).toEqual([])
    await next.clock.advance(1)
    expect(next.sent).toHaveLength(1)
  })

  it('ENG-6 lets a person resume at once', async () => {
    const rig = await createDispatchRig({ answer: (_request, index) => answered(index < 3 ? 500 : 200) })
    const { endpoint } = await paused(rig, 10)
    await rig.resume(endpoint.id)
    await rig.clock.advance(2_000)
    expect(rig.sent).toHaveLength(13)
    await rig.clock.advance(HOUR)
    expect(rig.sent).toHaveLength(13)
  })

  it('ENG-6b probes nothing once a person paused it', async () => {
    const rig = await createDispatchRig({ answer: () => answered(500) })
    const { endpoint } = await paused(rig, 10)
    await rig.pause(endpoint.id)
    await rig.clock.advance(HOUR)
    expect(rig.sent).toHaveLength(3)
    expect(await stateOf(rig, endpoint.id)).toMatchObject({ pausedReason: 'manual' })
  })

  it('waits with the probe until something is held, and then sends it at once', async () => {
    const rig = await createDispatchRig({ answer: (_request, index) => answered(index < 3 ? 404 : 200) })
    const { endpoint } = await paused(rig, 3)
    await rig.clock.advance(HOUR)
    expect(rig.sent).toHaveLength(3)
    const [fresh] = await rig.compose(endpoint.id)
    rig.dispatcher.endpointChanged(endpoint.id)
    await rig.clock.advance(0)
    expect(await rig.delivery(fresh!)).toMatchObject({ state: 'succeeded' })
    expect(rig.endpoints.get(endpoint.id)).toMatchObject({ state: 'active' })
  })

  it('ends with a pause for another reason where the probe is answered 410', async () => {
    const rig = await createDispatchRig({ answer: (_request, index) => answered(index < 3 ? 500 : 410) })
    const { endpoint } = await paused(rig, 10)
    await rig.clock.advance(HOUR)
    expect(rig.sent).toHaveLength(4)
    expect(await stateOf(rig, endpoint.id)).toMatchObject({ state: 'paused', pausedReason: 'gone' })
  })

  it('ENG-13 comes sooner where time runs faster', async () => {
    const rig = await createDispatchRig({ answer: () => answered(500), timeScale: 60 })
    await paused(rig, 10)
    await rig.clock.advance(5_000)
    expect(rig.sent).toHaveLength(4)
  })

  it('EN18 bounds what an endpoint that flaps is sent, and tells of it once an hour', async () => {
    const healthyAt = (now: number) => Math.floor(now / MINUTE) % 2 === 0
    const rig = await createDispatchRig({ answer: ({ at }) => answered(healthyAt(at) ? 200 : 500) })
    const policy = { preset: 'standard', breaker: { consecutiveFailures: 20, probeAfterMs: MINUTE } }
    const endpoint = await rig.addEndpoint(policy)
    await rig.dispatcher.start()
    const deliveries = []
    for (let second = 0; second < 3_600; second += 2) {
      deliveries.push((await rig.compose(endpoint.id))[0]!)
      if (rig.endpoints.get(endpoint.id)!.state === 'paused') rig.dispatcher.endpointChanged(endpoint.id)
      await rig.clock.advance(2_000)
    }
    const failures = (await Promise.all(deliveries.map((one) => rig.attempts(one)))).flat()
    const failed = failures.filter(({ outcome }) => outcome === 'failed').length
    expect(failed).toBeLessThan(30 * 60)
    const notices = rig.log.lines.filter(({ level }) => level === 'warn')
    expect(notices).toHaveLength(1)
    await rig.clock.advance(30 * HOUR)
    const left = await Promise.all(deliveries.map((one) => rig.delivery(one)))
    expect(left.filter(({ state }) => state !== 'succeeded' && state !== 'failed')).toEqual([])
  }, 60_000)
})

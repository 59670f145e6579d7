import { expect, it } from 'vitest'
import type { Delivery, DeliveryState } from '#shared/model/delivery.ts'
import { onEveryStore } from './implementations.ts'
import { ids, NOW } from './records.ts'
import type { World } from './world.ts'

/** A delivery in the asked state. */
async function deliveryThatIs(world: World, state: DeliveryState): Promise<Delivery> {
  const endpoint = await world.addEndpoint()
  const { deliveries } = await world.addEvent({ to: [endpoint] })
  const { id } = deliveries[0]!
  if (state === 'held') await world.store.endpoints.pause({ endpointId: endpoint.id, reason: 'manual', now: NOW })
  if (state === 'canceled') await world.store.deliveries.cancel({ deliveryId: id, now: NOW })
  if (['delivering', 'succeeded', 'failed', 'simulated'].includes(state)) {
    const [claimed] = await world.claim(endpoint.id)
    if (state !== 'delivering') await world.conclude(claimed!, { delivery: { state, dueAt: null } })
  }
  const delivery = await world.delivery(id)
  expect(delivery.state).toBe(state)
  return delivery
}

onEveryStore('Changes by hand', (open) => {
  it.each(['scheduled', 'failed', 'simulated'] as const)('bring a %s delivery forward', async (state) => {
    const world = await open()
    const delivery = await deliveryThatIs(world, state)
    const step = { deliveryId: delivery.id, from: [state], trigger: 'manual' as const, now: NOW + 50 }
    const forward = await world.store.deliveries.bringForward(step)
    expect(forward).toEqual({
      ...delivery,
      state: 'scheduled',
      dueAt: NOW + 50,
      nextTrigger: 'manual',
      updatedAt: NOW + 50,
    })
    expect(await world.delivery(delivery.id)).toEqual(forward)
  })

  it.each(['delivering', 'succeeded', 'held', 'canceled'] as const)(
    'leave a %s delivery that was not asked for',
    async (state) => {
      const world = await open()
      const delivery = await deliveryThatIs(world, state)
      const step = {
        deliveryId: delivery.id,
        from: ['scheduled', 'failed'] as const,
        trigger: 'manual' as const,
        now: NOW + 50,
      }
      expect(await world.store.deliveries.bringForward(step)).toBeNull()
      expect(await world.store.deliveries.bringForward({ ...step, deliveryId: ids.next('dlv') })).toBeNull()
      expect(await world.delivery(delivery.id)).toEqual(delivery)
    },
  )

  it('hold what is brought forward at a paused endpoint, and change nothing at a deleted one', async () => {
    const world = await open()
    const [first, second] = [await deliveryThatIs(world, 'failed'), await deliveryThatIs(world, 'failed')]
    await world.store.endpoints.pause({ endpointId: first.endpointId!, reason: 'manual', now: NOW })
    await world.store.endpoints.delete({ endpointId: second.endpointId!, now: NOW })
    const step = { from: ['failed'] as const, trigger: 'manual' as const, now: NOW }
    expect(await world.store.deliveries.bringForward({ ...step, deliveryId: first.id })).toMatchObject({
      state: 'held',
      dueAt: null,
    })
    expect(await world.store.deliveries.bringForward({ ...step, deliveryId: second.id })).toBeNull()
    expect(await world.delivery(second.id)).toEqual(second)
  })

  it.each(['scheduled', 'held'] as const)('cancel a %s delivery', async (state) => {
    const world = await open()
    const delivery = await deliveryThatIs(world, state)
    const canceled = await world.store.deliveries.cancel({ deliveryId: delivery.id, now: NOW + 7 })
    expect(canceled).toEqual({ ...delivery, state: 'canceled', dueAt: null, updatedAt: NOW + 7 })
    expect(await world.delivery(delivery.id)).toEqual(canceled)
  })

  it.each(['delivering', 'succeeded', 'failed', 'simulated', 'canceled'] as const)(
    'do not cancel a %s delivery',
    async (state) => {
      const world = await open()
      const delivery = await deliveryThatIs(world, state)
      expect(await world.store.deliveries.cancel({ deliveryId: delivery.id, now: NOW + 7 })).toBeNull()
      expect(await world.delivery(delivery.id)).toEqual(delivery)
    },
  )

  it('ENG-6b pause an endpoint and hold what was scheduled', async () => {
    const world = await open()
    const [endpoint, other] = [await world.addEndpoint(), await world.addEndpoint()]
    const { deliveries } = await world.addEvent({ to: [endpoint, other] })
    await world.addEvent({ to: [endpoint], delivery: { dueAt: NOW + 1_000 } })
    expect(await world.store.endpoints.pause({ endpointId: endpoint.id, reason: 'gone', now: NOW + 2 })).toBe(2)
    expect(await world.endpoint(endpoint.id)).toEqual({
      ...endpoint,
      state: 'paused',
      pausedReason: 'gone',
      pausedAt: NOW + 2,
    })
    expect(await world.delivery(deliveries[0]!.id)).toMatchObject({ state: 'held', dueAt: null, updatedAt: NOW + 2 })
    expect(await world.delivery(deliveries[1]!.id)).toMatchObject({ state: 'scheduled' })
    expect(await world.store.endpoints.pause({ endpointId: endpoint.id, reason: 'manual', now: NOW + 3 })).toBe(0)
    expect(await world.endpoint(endpoint.id)).toMatchObject({ pausedReason: 'gone', pausedAt: NOW + 2 })
  })

  it('ENG-6 resume an endpoint and release what was held, oldest first, keeping its tries', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    const [older, newer] = [
      await world.addEvent({ to: [endpoint], delivery: { dueAt: NOW + 9 } }),
      await world.addEvent({ to: [endpoint] }),
    ]
    const [claimed] = await world.claim(endpoint.id, { limit: 1 })
    await world.conclude(claimed!, { endpoint: { consecutiveFailures: 20, pause: 'breaker' } })
    expect(await world.store.endpoints.resume({ endpointId: endpoint.id, held: 'release', now: NOW + 70 })).toBe(2)
    expect(await world.endpoint(endpoint.id)).toEqual(endpoint)
    const released = await world.claim(endpoint.id, { now: NOW + 70 })
    expect(released.map(({ delivery }) => delivery.id)).toEqual([older.deliveries[0]!.id, newer.deliveries[0]!.id])
    expect(released.map(({ delivery }) => delivery.tries)).toEqual([0, 1])
  })

  it('ENG-6 resume an endpoint and discard what was held', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint({
      state: 'paused',
      pausedReason: 'manual',
      pausedAt: NOW,
      consecutiveFailures: 4,
    })
    const { deliveries } = await world.addEvent({ to: [endpoint] })
    expect(await world.store.endpoints.resume({ endpointId: endpoint.id, held: 'discard', now: NOW + 1 })).toBe(1)
    expect(await world.delivery(deliveries[0]!.id)).toMatchObject({
      state: 'canceled',
      dueAt: null,
      updatedAt: NOW + 1,
    })
    expect(await world.endpoint(endpoint.id)).toMatchObject({
      state: 'active',
      pausedReason: null,
      pausedAt: null,
      consecutiveFailures: 0,
    })
  })

  it('delete an endpoint and cancel what waits, not what is final or in flight', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    const inFlight = await world.addEvent({ to: [endpoint] })
    await world.claim(endpoint.id)
    const waiting = await world.addEvent({ to: [endpoint] })
    expect(await world.store.endpoints.delete({ endpointId: endpoint.id, now: NOW + 4 })).toBe(1)
    expect(await world.delivery(waiting.deliveries[0]!.id)).toMatchObject({
      state: 'canceled',
      dueAt: null,
      updatedAt: NOW + 4,
      endpointId: endpoint.id,
    })
    expect(await world.delivery(inFlight.deliveries[0]!.id)).toMatchObject({ state: 'delivering' })
  })

  it('ENG-13 stretch and shrink what is left of the waits of one project', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    const deliveries: Delivery['id'][] = []
    for (const dueIn of [-5, 0, 3_600_000]) {
      deliveries.push((await world.addEvent({ to: [endpoint], delivery: { dueAt: NOW + dueIn } })).deliveries[0]!.id)
    }
    const due = async () => Promise.all(deliveries.map(async (id) => (await world.delivery(id)).dueAt! - NOW))
    await world.store.projects.setTimeScale({ projectId: world.project.id, timeScale: 3_600, now: NOW })
    expect(await due()).toEqual([-5, 0, 1_000])
    await world.store.projects.setTimeScale({ projectId: world.project.id, timeScale: 60, now: NOW + 500 })
    expect(await due()).toEqual([-5, 0, 500 + 30_000])
    expect((await world.store.projects.list())[0]).toMatchObject({ timeScale: 60 })
    const other = await world.addProject()
    await world.store.projects.setTimeScale({ projectId: other.id, timeScale: 10, now: NOW })
    expect(await due()).toEqual([-5, 0, 500 + 30_000])
  })

  it('ENG-14 bind what waits to the version before, where that is asked for', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    const events = [1, 2, 3].map(() => world.addEvent({ to: [endpoint] }))
    const [first, second, third] = (await Promise.all(events)).map(({ deliveries }) => deliveries[0]!)
    const [claimed] = await world.claim(endpoint.id, { limit: 1 })
    await world.store.deliveries.cancel({ deliveryId: third!.id, now: NOW })
    const version = (number: number) => ({ ...endpoint.version, id: ids.next('ver'), number })
    await world.store.endpoints.addVersion(version(2))
    expect(await world.store.endpoints.pinnedVersions()).toEqual([])
    const latest = version(3)
    const before = (await world.endpoint(endpoint.id))!.version
    await world.store.endpoints.addVersion(latest, { pinWaiting: true })
    await world.store.endpoints.addVersion(version(4), { pinWaiting: true })
    expect(claimed!.delivery.id).toBe(first!.id)
    const pins = await Promise.all([first!, second!, third!].map(({ id }) => world.delivery(id)))
    expect(pins.map(({ pinnedVersionId }) => pinnedVersionId)).toEqual([before.id, before.id, null])
    expect((await world.store.endpoints.pinnedVersions()).map(({ id }) => id)).toEqual([before.id])
  })

  it('DL31 are counted for each endpoint as far as they are not final', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    const other = await world.addEndpoint()
    for (let count = 0; count < 4; count++) await world.addEvent({ to: [endpoint, other] })
    const [under, ended] = await world.claim(endpoint.id, { limit: 2 })
    await world.conclude(ended!, { delivery: { state: 'failed', dueAt: null } })
    await world.store.endpoints.pause({ endpointId: other.id, reason: 'manual', now: NOW })
    expect(under!.delivery.state).toBe('delivering')
    expect(await world.store.deliveries.countWaiting(endpoint.id)).toBe(3)
    expect(await world.store.deliveries.countWaiting(other.id)).toBe(4)
  })
})

import { expect, it } from 'vitest'
import type { Delivery } from '#shared/model/delivery.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import type { Replay } from '#shared/model/replay.ts'
import { onEveryStore } from './implementations.ts'
import { newDelivery, newReplay, NOW } from './records.ts'
import type { World } from './world.ts'

onEveryStore('A replay that runs', (open) => {
  async function start(world: World, to: Endpoint) {
    const { event } = await world.addEvent({ to: [to] })
    const replay = newReplay(world.project.id, { isCounted: false, selection: { filter: '' } })
    await world.store.replays.create(replay, [], null)
    const nothing = { collected: [], counted: 0, deliveries: [], leftOut: {} }
    const step = { ...nothing, replayId: replay.id, place: null, now: NOW }
    return { event, replay, step }
  }

  it('RPL-1 keeps with each step how far it is, what it made, and what it left out', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    const { event, replay, step } = await start(world, endpoint)
    const place = { receivedAt: NOW, key: 7 }
    const { replays } = world.store
    await replays.advance({ ...step, counted: 3, isCounted: false, place })
    expect(await replays.placeOf(replay.id)).toEqual(place)
    await replays.advance({ ...step, counted: 2, isCounted: true })
    expect(await replays.placeOf(replay.id)).toBeNull()
    expect(await replays.running()).toMatchObject([{ id: replay.id, total: 5, isCounted: true, made: 0 }])

    const delivery = newDelivery(event, { endpointId: endpoint.id, replayId: replay.id })
    const deliveries = [{ delivery, insteadOf: null }]
    const made = await replays.advance({ ...step, isCounted: true, place, deliveries, leftOut: { no_taker: 2 } })
    expect(made).toMatchObject({ replay: { made: 1, leftOut: { no_taker: 2 } }, deliveries: [delivery], canceled: [] })
    await replays.advance({ ...step, isCounted: true, place, leftOut: { no_taker: 1, incomplete: 1 } })
    expect(await replays.get(replay.id)).toMatchObject({
      replay: { leftOut: { no_taker: 3, incomplete: 1 } },
      progress: { total: 5, waiting: 1, state: 'running' },
    })
    await replays.move({ replayId: replay.id, from: ['running'], to: 'finished', now: NOW + 9 })
    expect(await replays.get(replay.id)).toMatchObject({
      replay: { state: 'finished', total: 1, finishedAt: NOW + 9 },
      progress: { total: 1, state: 'running' },
    })
    expect(await replays.running()).toEqual([])
  })

  it('RPL-1 keeps what its filter found, newest first, and goes through it from the oldest, without what is gone', async () => {
    const world = await open()
    const { replay, step } = await start(world, await world.addEndpoint())
    const { replays } = world.store
    const events = [await world.addEvent(), await world.addEvent(), await world.addEvent(), await world.addEvent()]
    const [first, second, third, fourth] = events.map(({ event }) => event.id)
    await replays.advance({ ...step, isCounted: false, place: { cursor: 'c' }, collected: [fourth!, third!] })
    expect(await replays.placeOf(replay.id)).toEqual({ cursor: 'c' })
    await replays.advance({ ...step, isCounted: true, collected: [second!, first!] })
    await world.store.retention.deleteEvent(second!)
    const query = { projectId: world.project.id, until: NOW, selection: { collectedBy: replay.id } }
    const one = await replays.candidates({ ...query, after: null, limit: 2 })
    expect(one.items.map(({ event }) => event.id)).toEqual([first])
    await replays.advance({ ...step, isCounted: true, place: one.next })
    const rest = await replays.candidates({ ...query, after: one.next, limit: 3 })
    expect(rest.items.map(({ event }) => event.id)).toEqual([third, fourth])
    expect(rest.next).toBeNull()
    const between = await replays.candidates({ ...query, after: rest.items[0]!.place, limit: 3 })
    expect(between.items.map(({ event }) => event.id)).toEqual([fourth])
    while ((await replays.forgetCollected({ replayId: replay.id, limit: 1 })) > 0);
    expect((await replays.candidates({ ...query, after: null, limit: 3 })).items).toEqual([])
  })

  it('RPL-1 makes nothing while it is paused or once it is canceled', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    const { event, replay, step } = await start(world, endpoint)
    const { replays } = world.store
    const move = (from: Replay['state'], to: Replay['state']) =>
      replays.move({ replayId: replay.id, from: [from], to, now: NOW + 1 })
    const deliveries = [
      { delivery: newDelivery(event, { endpointId: endpoint.id, replayId: replay.id }), insteadOf: null },
    ]
    expect(await move('paused', 'running')).toBeNull()
    expect(await move('running', 'paused')).toMatchObject({ replay: { state: 'paused', finishedAt: null } })
    expect(await replays.advance({ ...step, isCounted: true, deliveries })).toBeNull()
    expect(await move('paused', 'canceled')).toMatchObject({ replay: { finishedAt: NOW + 1 } })
    expect(await replays.advance({ ...step, isCounted: true, deliveries })).toBeNull()
    expect(await replays.get(replay.id)).toMatchObject({ replay: { made: 0 }, progress: { state: 'canceled' } })
  })

  it('RPL-6 takes the place of a delivery that is held, and of no other', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint({ state: 'paused', pausedReason: 'manual', pausedAt: NOW })
    const { event, replay, step } = await start(world, endpoint)
    const [held] = (await world.addEvent({ to: [endpoint] })).deliveries
    const delivery = newDelivery(event, { endpointId: endpoint.id, replayId: replay.id })
    const order = { ...step, isCounted: true, now: NOW + 5 }
    const made = await world.store.replays.advance({ ...order, deliveries: [{ delivery, insteadOf: held!.id }] })
    expect(made!.canceled).toMatchObject([{ id: held!.id, state: 'canceled', updatedAt: NOW + 5 }])
    expect(await world.delivery(held!.id)).toMatchObject({ state: 'canceled' })
    const other = newDelivery((await world.addEvent()).event, { endpointId: endpoint.id, replayId: replay.id })
    const again = await world.store.replays.advance({
      ...order,
      deliveries: [{ delivery: other, insteadOf: held!.id }],
    })
    expect(again!.canceled).toEqual([])
  })

  it('RPL-1 is crowded where every lane of it has so many that were not tried', async () => {
    const world = await open()
    const [one, other] = [await world.addEndpoint(), await world.addEndpoint()]
    const { event, replay, step } = await start(world, one)
    const second = (await world.addEvent()).event
    const to = (target: Partial<Delivery>, of = event) => ({
      delivery: newDelivery(of, { replayId: replay.id, ...target }),
      insteadOf: null,
    })
    const deliveries = [
      to({ endpointId: one.id }),
      to({ endpointId: one.id }, second),
      to({ endpointId: other.id }),
      to({ targetUrl: 'http://127.0.0.1:1/' }),
    ]
    await world.store.replays.advance({ ...step, isCounted: true, deliveries })
    const isCrowded = (most: number, ...lanes: (Endpoint['id'] | null)[]) =>
      world.store.replays.isCrowded({ replayId: replay.id, lanes, most })
    expect(await isCrowded(2, one.id)).toBe(true)
    expect(await isCrowded(2, one.id, other.id)).toBe(false)
    expect([await isCrowded(1, null), await isCrowded(2, null)]).toEqual([true, false])
    await world.claim(one.id)
    expect(await isCrowded(1, one.id)).toBe(false)
  })

  it('is not forgotten with its last event while it runs, and counts what went', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    const { event, replay, step } = await start(world, endpoint)
    const { replays, retention } = world.store
    const delivery = newDelivery(event, {
      endpointId: endpoint.id,
      replayId: replay.id,
      state: 'canceled',
      dueAt: null,
    })
    await replays.advance({ ...step, isCounted: true, deliveries: [{ delivery, insteadOf: null }] })
    await retention.deleteEvent(event.id)
    const other = (await world.addEvent()).event
    expect(await replays.get(replay.id)).toMatchObject({ progress: { succeeded: 0, waiting: 0 } })
    await replays.move({ replayId: replay.id, from: ['running'], to: 'finished', now: NOW })
    await retention.deleteEvent(other.id)
    expect(await replays.get(replay.id)).toMatchObject({ progress: { state: 'finished' } })
  })
})

import { expect, it } from 'vitest'
import type { Delivery, DeliveryState } from '#shared/model/delivery.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { Replay } from '#shared/model/replay.ts'
import { onEveryStore } from './implementations.ts'
import { ids, newDelivery, newReplay, NOW } from './records.ts'
import type { World } from './world.ts'

const NOTHING_DONE = { total: 0, done: 0, succeeded: 0, failed: 0, canceled: 0, simulated: 0, waiting: 0, held: 0 }

/** A replay of which all deliveries were made at once. */
function madeReplay(world: World, made: number, change: Partial<Replay> = {}): Replay {
  return newReplay(world.project.id, { state: 'finished', total: made, made, finishedAt: NOW, ...change })
}

async function endAs(world: World, delivery: Delivery, state: DeliveryState): Promise<void> {
  const [claimed] = await world.claim(delivery.endpointId ?? delivery.id)
  await world.conclude(claimed!, { delivery: { state, dueAt: null } })
}

onEveryStore('Replays', (open) => {
  it('keep their deliveries beside those that the event had, as their endpoints allow', async () => {
    const world = await open()
    const active = await world.addEndpoint()
    const paused = await world.addEndpoint({ state: 'paused', pausedReason: 'breaker', pausedAt: NOW })
    const deleted = await world.addEndpoint()
    const { event } = await world.addEvent({ to: [active] })
    await world.store.endpoints.delete({ endpointId: deleted.id, now: NOW })
    const replay = madeReplay(world, 3, {
      resign: false,
      selection: { eventIds: [event.id] },
      target: { endpointIds: [active.id, paused.id, deleted.id] },
    })
    const wanted = [active, paused, deleted].map(({ id }) =>
      newDelivery(event, { endpointId: id, replayId: replay.id, resign: false }),
    )
    const stored = await world.store.replays.create(replay, wanted, null)
    expect(stored).toEqual([wanted[0], { ...wanted[1]!, state: 'held', dueAt: null }])
    expect(await world.delivery(stored[1]!.id)).toEqual(stored[1])
    expect(await world.store.replays.get(replay.id)).toEqual({
      replay: { ...replay, total: 2, made: 2 },
      progress: { ...NOTHING_DONE, total: 2, waiting: 2, held: 1, state: 'running' },
    })
  })

  it('show how far they are, and are finished once nothing of them waits', async () => {
    const world = await open()
    const { event } = await world.addEvent()
    const replay = madeReplay(world, 3)
    const deliveries = [1, 2, 3].map((port) =>
      newDelivery(event, { targetUrl: `http://127.0.0.1:${port}/`, replayId: replay.id }),
    )
    await world.store.replays.create(replay, deliveries, null)
    const progress = async () => (await world.store.replays.get(replay.id))!.progress

    await endAs(world, deliveries[0]!, 'failed')
    await world.store.deliveries.cancel({ deliveryId: deliveries[1]!.id, now: NOW })
    const sofar = { ...NOTHING_DONE, total: 3, done: 2, failed: 1, canceled: 1 }
    expect(await progress()).toEqual({ ...sofar, waiting: 1, state: 'running' })
    await endAs(world, deliveries[2]!, 'succeeded')
    expect(await progress()).toEqual({ ...sofar, done: 3, succeeded: 1, state: 'finished' })
  })

  it('RPL-6 know what an endpoint did not get, but for what arrived by another delivery, tests and replays', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    const other = await world.addEndpoint()
    const first = await world.addEvent({ to: [endpoint, other] })
    const [failed] = await world.claim(endpoint.id)
    await world.conclude(failed!, { delivery: { state: 'failed', dueAt: null } })
    const arrived = await world.addEvent({ to: [endpoint] })
    const [lost] = await world.claim(endpoint.id)
    await world.conclude(lost!, { delivery: { state: 'failed', dueAt: null } })
    const replay = madeReplay(world, 1)
    const again = newDelivery(arrived.event, { endpointId: endpoint.id, replayId: replay.id })
    await world.store.replays.create(replay, [again], null)
    const [replayed] = await world.claim(endpoint.id)
    await world.conclude(replayed!, { delivery: { state: 'succeeded', dueAt: null } })
    await world.addEvent({ to: [endpoint], delivery: { nextTrigger: 'test' } })
    const [test] = await world.claim(endpoint.id)
    await world.conclude(test!, {
      attempt: { trigger: 'test' },
      delivery: { state: 'failed', dueAt: null, nextTrigger: 'test' },
    })
    const found = (endpointId = endpoint.id) => world.store.replays.troubles({ endpointId, limit: 10 })
    expect(await found()).toEqual([{ at: first.event.receivedAt, state: 'failed' }])
    expect(await found(other.id)).toEqual([])
  })

  it('are listed newest first, page by page, for one project', async () => {
    const { store, project, addProject } = await open()
    const other = newReplay((await addProject()).id)
    await store.replays.create(other, [], null)
    const replays = [0, 1, 1, 2].map((at) => newReplay(project.id, { createdAt: NOW + at, state: 'finished' }))
    for (const replay of replays) await store.replays.create(replay, [], null)
    const first = await store.replays.list({ projectId: project.id, limit: 3, cursor: null })
    const second = await store.replays.list({ projectId: project.id, limit: 3, cursor: first.nextCursor })
    expect([...first.items, ...second.items].map(({ replay }) => replay)).toEqual(replays.toReversed())
    expect(second.nextCursor).toBeNull()
    expect(first.items[0]!.progress).toEqual({ ...NOTHING_DONE, state: 'finished' })
  })

  it('that are not there are null, and a foreign cursor is refused', async () => {
    const { store, project } = await open()
    expect(await store.replays.get(ids.next('rpl'))).toBeNull()
    await expect(store.replays.list({ projectId: project.id, limit: 1, cursor: 'x' })).rejects.toMatchObject({
      field: 'cursor',
    })
  })

  it('EN25 are canceled as far as they wait, so many at a time: what is under way or final stays', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    const paused = await world.addEndpoint({ state: 'paused', pausedReason: 'manual', pausedAt: NOW })
    const { event, deliveries } = await world.addEvent({ to: [endpoint] })
    const replay = newReplay(world.project.id)
    const targets = [
      { endpointId: endpoint.id },
      { endpointId: paused.id },
      { targetUrl: 'http://127.0.0.1:1/' },
      { targetUrl: 'http://127.0.0.1:2/' },
    ]
    const made = targets.map((target) => newDelivery(event, { ...target, replayId: replay.id }))
    await world.store.replays.create(replay, made, null)
    await world.claim(made[3]!.id)
    const cancel = (limit: number) => world.store.replays.cancelWaiting({ replayId: replay.id, now: NOW + 5, limit })
    expect([await cancel(2), await cancel(2), await cancel(2)]).toEqual([2, 1, 0])
    const states = await Promise.all(made.map(async ({ id }) => (await world.delivery(id)).state))
    expect(states).toEqual(['canceled', 'canceled', 'canceled', 'delivering'])
    expect(await world.delivery(deliveries[0]!.id)).toMatchObject({ state: 'scheduled' })
  })
})

onEveryStore('What a replay is about', (open) => {
  const query = { after: null, until: NOW + 1_000, limit: 2 }

  it('RPL-1 is read in the order in which it came, of one time, page by page, and nothing that came later', async () => {
    const world = await open()
    const events: EventRecord[] = []
    for (const at of [0, 10, 20, 20, 30, 2_000]) {
      events.push((await world.addEvent({ event: { receivedAt: NOW + at, type: `t.${at}` } })).event)
    }
    const other = await world.addProject()
    await world.append({ event: { projectId: other.id, receivedAt: NOW + 15 } })
    const { id: projectId } = world.project
    const endpointId = (await world.addEndpoint()).id
    const found = async (since: number, until: number) => {
      const selection = { outage: { endpointId, since, until, reasons: ['failed'] as const } }
      const ids: string[] = []
      for (let after = null as Parameters<typeof world.store.replays.candidates>[0]['after']; ;) {
        const page = await world.store.replays.candidates({ ...query, projectId, selection, after })
        ids.push(...page.items.map(({ event }) => event.id))
        expect(page.items.length).toBeLessThanOrEqual(2)
        if (page.next === null) return ids
        after = page.next
      }
    }
    const all = events.map(({ id }) => id)
    expect(await found(0, NOW + 5_000)).toEqual(all.slice(0, 5))
    expect(await found(NOW + 10, NOW + 30)).toEqual(all.slice(1, 4))
    expect(await found(NOW + 5_000, NOW + 6_000)).toEqual([])
  })

  it('RPL-1 is read as it was named, without what is gone', async () => {
    const world = await open()
    const [first, second, third] = [await world.addEvent(), await world.addEvent(), await world.addEvent()]
    const named = [third.event.id, ids.next('evt'), first.event.id, second.event.id]
    const { id: projectId } = world.project
    const order = { ...query, projectId, selection: { eventIds: named } }
    const one = await world.store.replays.candidates(order)
    expect(one.items.map(({ event }) => event.id)).toEqual([third.event.id])
    const two = await world.store.replays.candidates({ ...order, after: one.next })
    expect(two.items.map(({ event }) => event.id)).toEqual([first.event.id, second.event.id])
    expect(two.next).toBeNull()
    const behind = await world.store.replays.candidates({ ...order, after: two.items[0]!.place })
    expect(behind.items.map(({ event }) => event.id)).toEqual([second.event.id])
  })

  it('RPL-6 brings along how each event of an outage stands at the endpoint, oldest delivery first', async () => {
    const world = await open()
    const [endpoint, other] = [await world.addEndpoint(), await world.addEndpoint()]
    const failed = await world.addEvent({ to: [endpoint, other] })
    await endAs(world, failed.deliveries[0]!, 'failed')
    const again = newReplay(world.project.id)
    const second = newDelivery(failed.event, { endpointId: endpoint.id, replayId: again.id })
    await world.store.replays.create(again, [second], null)
    await world.addEvent({ to: [other] })
    const outage = { endpointId: endpoint.id, since: NOW, until: NOW + 1, reasons: ['failed'] as const }
    const { items } = await world.store.replays.candidates({
      ...query,
      projectId: world.project.id,
      selection: { outage },
    })
    expect(items.map(({ deliveries }) => deliveries)).toEqual([
      [
        { id: failed.deliveries[0]!.id, state: 'failed', purpose: 'event' },
        { id: second.id, state: 'scheduled', purpose: 'event' },
      ],
      [],
    ])
  })
})

import { expect, it } from 'vitest'
import { onEveryStore } from './implementations.ts'
import { ids, newDelivery, newReplay, NOW } from './records.ts'

onEveryStore('Replays', (open) => {
  it('keep their deliveries beside those that the event had, as their endpoints allow', async () => {
    const world = await open()
    const active = await world.addEndpoint()
    const paused = await world.addEndpoint({ state: 'paused', pausedReason: 'breaker', pausedAt: NOW })
    const deleted = await world.addEndpoint()
    const { event } = await world.addEvent({ to: [active] })
    await world.store.endpoints.delete({ endpointId: deleted.id, now: NOW })
    const replay = newReplay(world.project.id, { resign: false })
    const wanted = [active, paused, deleted].map(({ id }) =>
      newDelivery(event, { endpointId: id, replayId: replay.id, resign: false }),
    )
    const stored = await world.store.replays.create(replay, wanted)
    expect(stored).toEqual([wanted[0], { ...wanted[1]!, state: 'held', dueAt: null }])
    expect(await world.delivery(stored[1]!.id)).toEqual(stored[1])
    expect(await world.store.replays.get(replay.id)).toEqual({
      replay,
      progress: { total: 2, done: 0, failed: 0, state: 'running' },
    })
  })

  it('show how far they are, failures among what is done', async () => {
    const world = await open()
    const { event } = await world.addEvent()
    const replay = newReplay(world.project.id)
    const deliveries = [1, 2, 3].map((port) =>
      newDelivery(event, { targetUrl: `http://127.0.0.1:${port}/`, replayId: replay.id }),
    )
    await world.store.replays.create(replay, deliveries)
    const progress = async () => (await world.store.replays.get(replay.id))!.progress

    const [first] = await world.claim(deliveries[0]!.id)
    await world.conclude(first!, { delivery: { state: 'failed', dueAt: null } })
    await world.store.deliveries.cancel({ deliveryId: deliveries[1]!.id, now: NOW })
    expect(await progress()).toEqual({ total: 3, done: 2, failed: 1, state: 'running' })
    const [last] = await world.claim(deliveries[2]!.id)
    expect(await progress()).toEqual({ total: 3, done: 2, failed: 1, state: 'running' })
    await world.conclude(last!, { delivery: { state: 'succeeded', dueAt: null } })
    expect(await progress()).toEqual({ total: 3, done: 3, failed: 1, state: 'finished' })
  })

  it('are listed newest first, page by page, for one project', async () => {
    const { store, project, addProject } = await open()
    const other = newReplay((await addProject()).id)
    await store.replays.create(other, [])
    const replays = [0, 1, 1, 2].map((at) => newReplay(project.id, { createdAt: NOW + at }))
    for (const replay of replays) await store.replays.create(replay, [])
    const first = await store.replays.list({ projectId: project.id, limit: 3, cursor: null })
    const second = await store.replays.list({ projectId: project.id, limit: 3, cursor: first.nextCursor })
    expect([...first.items, ...second.items].map(({ replay }) => replay)).toEqual(replays.toReversed())
    expect(second.nextCursor).toBeNull()
    expect(first.items[0]!.progress).toEqual({ total: 0, done: 0, failed: 0, state: 'finished' })
  })

  it('that are not there are null, and a foreign cursor is refused', async () => {
    const { store, project } = await open()
    expect(await store.replays.get(ids.next('rpl'))).toBeNull()
    await expect(store.replays.list({ projectId: project.id, limit: 1, cursor: 'x' })).rejects.toMatchObject({
      field: 'cursor',
    })
  })

  it('EN25 are canceled as far as they wait: what is under way or final stays', async () => {
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
    await world.store.replays.create(replay, made)
    await world.claim(made[3]!.id)
    expect(await world.store.replays.cancel({ replayId: replay.id, now: NOW + 5 })).toBe(3)
    const states = await Promise.all(made.map(async ({ id }) => (await world.delivery(id)).state))
    expect(states).toEqual(['canceled', 'canceled', 'canceled', 'delivering'])
    expect(await world.delivery(deliveries[0]!.id)).toMatchObject({ state: 'scheduled' })
    expect(await world.store.replays.cancel({ replayId: replay.id, now: NOW + 6 })).toBe(0)
  })
})

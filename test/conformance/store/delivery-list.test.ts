import { expect, it } from 'vitest'
import { DeliveryState, type Delivery } from '#shared/model/delivery.ts'
import type { DeliveryQuery } from '#main/engine/ports.ts'
import { onEveryStore } from './implementations.ts'
import { newDelivery, newReplay, NOW } from './records.ts'
import type { World } from './world.ts'

function lister({ store, project }: World) {
  return (query: Partial<DeliveryQuery> = {}) =>
    store.deliveries.list({
      projectId: project.id,
      eventId: null,
      endpointId: null,
      replayId: null,
      states: [],
      limit: 50,
      cursor: null,
      ...query,
    })
}

async function found(world: World, query: Partial<DeliveryQuery>): Promise<string[]> {
  return (await lister(world)(query)).items.map(({ id }) => id)
}

/** Every page of a list, two at a time. */
async function paged(world: World, query: Partial<DeliveryQuery>): Promise<string[]> {
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page = await lister(world)({ ...query, limit: 2, cursor })
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  } while (cursor !== null)
  return seen
}

async function fill(world: World) {
  const [first, second] = [await world.addEndpoint(), await world.addEndpoint()]
  const made: Delivery[] = []
  for (let index = 0; index < 4; index++) {
    const createdAt = NOW + (index >> 1)
    made.push(...(await world.addEvent({ to: [first, second], delivery: { createdAt } })).deliveries)
  }
  await world.store.deliveries.cancel({ deliveryId: made[0]!.id, now: NOW })
  await world.store.deliveries.cancel({ deliveryId: made[5]!.id, now: NOW })
  return { first, second, made, newestFirst: made.map(({ id }) => id).toReversed() }
}

onEveryStore('Delivery lists', (open) => {
  it('run newest first over all states, page by page', async () => {
    const world = await open()
    const { newestFirst } = await fill(world)
    expect(await found(world, {})).toEqual(newestFirst)
    expect(await paged(world, {})).toEqual(newestFirst)
  })

  it('narrow by one state and by several, page by page', async () => {
    const world = await open()
    const { made, newestFirst } = await fill(world)
    const canceled = [made[5]!.id, made[0]!.id]
    expect(await found(world, { states: ['canceled'] })).toEqual(canceled)
    expect(await paged(world, { states: ['scheduled'] })).toEqual(newestFirst.filter((id) => !canceled.includes(id)))
    expect(await paged(world, { states: ['canceled', 'scheduled', 'failed'] })).toEqual(newestFirst)
    expect(await found(world, { states: ['failed'] })).toEqual([])
  })

  it('narrow by endpoint, with and without a state', async () => {
    const world = await open()
    const { second, made } = await fill(world)
    const mine = made.filter(({ endpointId }) => endpointId === second.id).map(({ id }) => id)
    expect(await paged(world, { endpointId: second.id })).toEqual(mine.toReversed())
    expect(await found(world, { endpointId: second.id, states: ['canceled'] })).toEqual([made[5]!.id])
  })

  it('narrow by event and by event and endpoint', async () => {
    const world = await open()
    const { first, made } = await fill(world)
    const { eventId } = made[2]!
    expect(await paged(world, { eventId })).toEqual([made[3]!.id, made[2]!.id])
    expect(await found(world, { eventId, endpointId: first.id })).toEqual([made[2]!.id])
    expect(await found(world, { eventId, states: ['canceled'] })).toEqual([])
  })

  it('narrow by replay', async () => {
    const world = await open()
    const { event } = await world.addEvent({ to: [await world.addEndpoint()] })
    const replay = newReplay(world.project.id)
    const deliveries = ['http://127.0.0.1:1/', 'http://127.0.0.1:2/', 'http://127.0.0.1:3/'].map((targetUrl) =>
      newDelivery(event, { targetUrl, replayId: replay.id, nextTrigger: 'replay' }),
    )
    await world.store.replays.create(replay, deliveries, null)
    expect(await paged(world, { replayId: replay.id })).toEqual(deliveries.map(({ id }) => id).toReversed())
    expect(await found(world, { replayId: replay.id, eventId: event.id, states: ['scheduled'] })).toHaveLength(3)
  })

  it('give deliveries whole', async () => {
    const world = await open()
    const { made } = await fill(world)
    const { items } = await lister(world)({ eventId: made[7]!.eventId })
    expect(items).toEqual([made[7], made[6]])
  })

  it('hold one project alone, and count its states', async () => {
    const world = await open()
    await fill(world)
    const other = await world.addProject()
    const none = Object.fromEntries(DeliveryState.options.map((state) => [state, 0]))
    expect((await lister(world)({ projectId: other.id })).items).toEqual([])
    expect(await world.store.deliveries.countByState(other.id)).toEqual(none)
    expect(await world.store.deliveries.countByState(world.project.id)).toEqual({ ...none, scheduled: 6, canceled: 2 })
  })

  it('refuse a cursor that no list gave out', async () => {
    const world = await open()
    await expect(lister(world)({ cursor: '??' })).rejects.toMatchObject({ code: 'invalid_request', field: 'cursor' })
  })
})

import { expect, it } from 'vitest'
import type { DeadLetterFilter } from '#shared/model/bulk-retry.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import { onEveryStore } from './implementations.ts'
import { ANY_DEAD_LETTER as ANY, newEndpoint, newRetry, NOW } from './records.ts'
import type { World } from './world.ts'

async function fail(world: World, endpoint: Endpoint, change: Partial<Delivery> = {}): Promise<Delivery> {
  await world.addEvent({ to: [endpoint] })
  const [claimed] = await world.claim(endpoint.id)
  const ended = { state: 'failed', dueAt: null, lastFailure: 'server_error', ...change } as const
  return (await world.conclude(claimed!, { delivery: ended })).delivery
}

onEveryStore('dead letters', (open) => {
  it('CRL-3 are counted by endpoint and reason, the most first, and listed by what they failed of', async () => {
    const world = await open()
    const [one, other] = [await world.addEndpoint(), await world.addEndpoint()]
    const query = { ...ANY, projectId: world.project.id }
    for (const updatedAt of [NOW + 10, NOW + 20]) await fail(world, one, { updatedAt })
    await fail(world, one, { lastFailure: 'timed_out', updatedAt: NOW + 30 })
    const last = await fail(world, other, { updatedAt: NOW + 40 })
    await world.addEvent({ to: [other] })
    // A test that failed is none.
    await world.addEvent({ to: [other], delivery: { nextTrigger: 'test' } })
    const [, test] = await world.claim(other.id)
    await world.conclude(test!, {
      attempt: { trigger: 'test' },
      delivery: { state: 'failed', dueAt: null, nextTrigger: 'test' },
    })
    expect(await world.store.deadLetters.groups(query)).toEqual([
      { endpointId: one.id, failure: 'server_error', count: 2, firstAt: NOW + 10, lastAt: NOW + 20 },
      { endpointId: other.id, failure: 'server_error', count: 1, firstAt: NOW + 40, lastAt: NOW + 40 },
      { endpointId: one.id, failure: 'timed_out', count: 1, firstAt: NOW + 30, lastAt: NOW + 30 },
    ])
    const page = { limit: 2, cursor: null }
    const first = await world.store.deadLetters.list({ ...query, ...page })
    expect(first.items[0]?.id).toBe(last.id)
    const second = await world.store.deadLetters.list({ ...query, ...page, cursor: first.nextCursor })
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(4)
    expect(second.nextCursor).toBeNull()
    const count = async (change: Partial<DeadLetterFilter>) =>
      (await world.store.deadLetters.list({ ...query, ...change, limit: 50, cursor: null })).items.length
    expect(await count({ endpointId: one.id })).toBe(3)
    expect(await count({ endpointId: 'none' })).toBe(0)
    expect(await count({ failure: 'timed_out' })).toBe(1)
    expect(await count({ failure: 'none' })).toBe(0)
    expect(await count({ failedSince: NOW + 20, failedUntil: NOW + 40 })).toBe(2)
    expect(await count({ endpointId: newEndpoint(world.project.id).id })).toBe(0)
  })

  it('ENG-12 are taken oldest first by a retry that keeps how far it is, and never what failed after it began', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    const [first, second] = [await fail(world, endpoint), await fail(world, endpoint)]
    await fail(world, endpoint, { updatedAt: NOW + 2_000 })
    const { store } = world
    const { id: retryId, total } = await store.deadLetters.createRetry(newRetry(world))
    expect(total).toBe(2)
    const batch = await store.deadLetters.nextOfRetry({ retryId, limit: 1 })
    expect(batch.items).toMatchObject([{ delivery: { id: first.id }, eventAt: NOW }])
    const step = { retryId, refused: {}, cursor: batch.cursor, now: NOW + 1_000 }
    const advanced = await store.deadLetters.advanceRetry({ ...step, deliveryIds: [first.id] })
    expect(advanced).toMatchObject({
      retry: { retried: 1, total: 2 },
      deliveries: [{ id: first.id, state: 'scheduled', nextTrigger: 'manual', dueAt: NOW + 1_000 }],
    })
    const rest = await store.deadLetters.nextOfRetry({ retryId, limit: 10 })
    expect(rest.items.map(({ delivery }) => delivery.id)).toEqual([second.id])
    await store.deadLetters.advanceRetry({
      ...step,
      cursor: rest.cursor,
      deliveryIds: [],
      refused: { endpoint_paused: 1 },
    })
    expect((await store.deadLetters.nextOfRetry({ retryId, limit: 10 })).items).toEqual([])
    expect(await store.deadLetters.runningRetries()).toMatchObject([{ id: retryId, retried: 1 }])
    const finished = { retryId, from: ['running'], to: 'finished', now: NOW + 3_000 } as const
    expect(await store.deadLetters.moveRetry(finished)).toMatchObject({
      state: 'finished',
      refused: { endpoint_paused: 1 },
      finishedAt: NOW + 3_000,
    })
    expect(await store.deadLetters.runningRetries()).toEqual([])
    expect(await store.deadLetters.moveRetry(finished)).toBeNull()
  })

  it('CRL-3 that failed of nothing known are a group of their own, and its retry takes no others', async () => {
    const world = await open()
    const { store } = world
    const endpoint = await world.addEndpoint()
    await fail(world, endpoint)
    const unknown = await fail(world, endpoint, { lastFailure: null })
    const filter: DeadLetterFilter = { ...ANY, endpointId: endpoint.id, failure: 'none' }
    const page = { projectId: world.project.id, limit: 10, cursor: null }
    expect((await store.deadLetters.list({ ...filter, ...page })).items).toMatchObject([{ id: unknown.id }])
    const { id: retryId, total } = await store.deadLetters.createRetry(newRetry(world, { selection: { filter } }))
    expect(total).toBe(1)
    const { items } = await store.deadLetters.nextOfRetry({ retryId, limit: 10 })
    expect(items.map(({ delivery }) => delivery.id)).toEqual([unknown.id])
  })

  it('ENG-12 are left alone by a retry that is paused or canceled, and what changed meanwhile is counted as refused', async () => {
    const world = await open()
    const { store } = world
    const endpoint = await world.addEndpoint()
    const [one, other] = [await fail(world, endpoint), await fail(world, endpoint)]
    const chosen = newRetry(world, { selection: { deliveryIds: [other.id, one.id] } })
    const { id: retryId } = await store.deadLetters.createRetry(chosen)
    const batch = await store.deadLetters.nextOfRetry({ retryId, limit: 10 })
    expect(batch.items.map(({ delivery }) => delivery.id)).toEqual([other.id, one.id])
    await store.deadLetters.moveRetry({ retryId, from: ['running'], to: 'paused', now: NOW })
    const step = { retryId, deliveryIds: [other.id, one.id], refused: {}, cursor: batch.cursor, now: NOW + 1_000 }
    expect(await store.deadLetters.advanceRetry(step)).toBeNull()
    expect(await world.delivery(one.id)).toMatchObject({ state: 'failed' })
    await store.deadLetters.moveRetry({ retryId, from: ['paused'], to: 'running', now: NOW })
    await store.deliveries.bringForward({ deliveryId: one.id, from: ['failed'], trigger: 'manual', now: NOW })
    expect(await store.deadLetters.advanceRetry(step)).toMatchObject({
      retry: { retried: 1, refused: { delivery_not_retryable: 1 } },
      deliveries: [{ id: other.id }],
    })
    const page = { projectId: world.project.id, limit: 10, cursor: null }
    expect((await store.deadLetters.listRetries(page)).items).toMatchObject([{ id: retryId }])
    expect(await store.deadLetters.getRetry(retryId)).toMatchObject({ selection: chosen.selection, retried: 1 })
  })
})

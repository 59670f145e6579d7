import { expect, it } from 'vitest'
import { NO_TIMINGS } from '#shared/model/attempt.ts'
import { onEveryStore } from './implementations.ts'
import { NOW } from './records.ts'

onEveryStore('Recovery', (open) => {
  it('ENG-10 records what an earlier run left in flight as interrupted and makes it due at once', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    const { event, deliveries } = await world.addEvent({ to: [endpoint] })
    const [first] = await world.claim(endpoint.id)
    await world.conclude(first!, { delivery: { dueAt: NOW } })
    const [left] = await world.claim(endpoint.id, { now: NOW + 100 })

    const recovered = await world.store.deliveries.recover({ owner: 'run-2', now: NOW + 9_000 })
    expect(recovered).toEqual([
      {
        ...deliveries[0]!,
        state: 'scheduled',
        dueAt: NOW + 9_000,
        tries: 1,
        attempts: 2,
        lastStatus: null,
        lastFailure: 'interrupted',
        updatedAt: NOW + 9_000,
      },
    ])
    expect(await world.delivery(deliveries[0]!.id)).toEqual(recovered[0])
    const attempts = await world.store.deliveries.attempts(deliveries[0]!.id)
    expect(attempts[1]).toMatchObject({
      id: left!.attemptId,
      projectId: event.projectId,
      deliveryId: deliveries[0]!.id,
      eventId: event.id,
      endpointId: endpoint.id,
      endpointVersionId: null,
      number: 2,
      trigger: 'automatic',
      outcome: 'interrupted',
      startedAt: NOW + 100,
      finishedAt: NOW + 9_000,
      request: null,
      response: null,
      failure: { code: 'interrupted', phase: 'send' },
      timings: NO_TIMINGS,
      nextAttemptAt: NOW + 9_000,
    })
    expect(await world.claim(endpoint.id, { now: NOW + 9_000, owner: 'run-2' })).toMatchObject([{ number: 3 }])
  })

  it('leaves alone what this run holds, and what is not in flight', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    const { deliveries } = await world.addEvent({ to: [endpoint] })
    const waiting = await world.addEvent({ to: [endpoint], delivery: { dueAt: NOW + 1 } })
    await world.claim(endpoint.id, { owner: 'run-2' })
    expect(await world.store.deliveries.recover({ owner: 'run-2', now: NOW + 1 })).toEqual([])
    expect(await world.delivery(deliveries[0]!.id)).toMatchObject({ state: 'delivering' })
    expect(await world.delivery(waiting.deliveries[0]!.id)).toEqual(waiting.deliveries[0])
  })

  it('finds nothing a second time', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    await world.addEvent({ to: [endpoint] })
    await world.claim(endpoint.id)
    expect(await world.store.deliveries.recover({ owner: 'run-2', now: NOW })).toHaveLength(1)
    expect(await world.store.deliveries.recover({ owner: 'run-3', now: NOW })).toEqual([])
  })

  it('holds what belongs to a paused endpoint and cancels what belongs to a deleted one', async () => {
    const world = await open()
    const [paused, deleted] = [await world.addEndpoint(), await world.addEndpoint()]
    const { deliveries } = await world.addEvent({ to: [paused, deleted] })
    await world.claim(paused.id)
    await world.claim(deleted.id)
    await world.store.endpoints.pause({ endpointId: paused.id, reason: 'manual', now: NOW })
    await world.store.endpoints.delete({ endpointId: deleted.id, now: NOW })
    await world.store.deliveries.recover({ owner: 'run-2', now: NOW })
    expect(await world.delivery(deliveries[0]!.id)).toMatchObject({ state: 'held', dueAt: null, attempts: 1 })
    expect(await world.delivery(deliveries[1]!.id)).toMatchObject({ state: 'canceled', dueAt: null, attempts: 1 })
    expect(await world.store.deliveries.attempts(deliveries[0]!.id)).toMatchObject([
      { outcome: 'interrupted', nextAttemptAt: null },
    ])
  })
})

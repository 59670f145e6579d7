import { expect, it } from 'vitest'
import { NO_TIMINGS } from '#shared/model/attempt.ts'
import { onEveryStore } from './implementations.ts'
import { ids, NOW } from './records.ts'

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

  it('DL24 keeps what is left of each wait where the clock was set back while nothing ran', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    const wait = { dueAt: NOW + 60_000, updatedAt: NOW }
    const { deliveries } = await world.addEvent({ to: [endpoint], delivery: wait })
    await world.store.deliveries.recover({ owner: 'run-2', now: NOW + 1 })
    expect(await world.delivery(deliveries[0]!.id)).toMatchObject(wait)
    await world.store.deliveries.recover({ owner: 'run-3', now: NOW - 7_000_000 })
    expect(await world.delivery(deliveries[0]!.id)).toMatchObject({ dueAt: NOW - 7_000_000 + 60_000 })
  })

  it('EN17 leaves a probe that was cut held, and no probe any more', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    await world.addEvent({ to: [endpoint] })
    const [opening] = await world.claim(endpoint.id)
    await world.conclude(opening!, { endpoint: { consecutiveFailures: 20, pause: 'breaker' } })
    const step = { endpointId: endpoint.id, owner: 'run-1', now: NOW + 9, nextAttemptId: () => ids.next('att') }
    const probe = await world.store.deliveries.claimProbe(step)
    const [recovered] = await world.store.deliveries.recover({ owner: 'run-2', now: NOW + 10 })
    expect(recovered).toMatchObject({ state: 'held', nextTrigger: 'automatic' })
    const attempts = await world.store.deliveries.attempts(probe!.delivery.id)
    expect(attempts.at(-1)).toMatchObject({ outcome: 'interrupted', trigger: 'probe', number: 2 })
  })
})

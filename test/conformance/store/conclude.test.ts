import { expect, it } from 'vitest'
import { onEveryStore } from './implementations.ts'
import { ids, newAttempt, newDelivery, newEvent, NOW } from './records.ts'
import type { World } from './world.ts'

/** One claimed delivery and others of its endpoint that wait. */
async function underWay(world: World, waiting = 0) {
  const endpoint = await world.addEndpoint()
  const { deliveries } = await world.addEvent({ to: [endpoint], delivery: { dueAt: NOW - 1 } })
  const others = []
  for (let index = 0; index < waiting; index++) others.push((await world.addEvent({ to: [endpoint] })).deliveries[0]!)
  const [claimed] = await world.claim(endpoint.id, { limit: 1 })
  return { endpoint, claimed: claimed!, id: deliveries[0]!.id, others }
}

onEveryStore('Conclusions', (open) => {
  it('ENG-9 keep the attempt whole, with the bytes that it sent', async () => {
    const world = await open()
    const { endpoint, claimed, id } = await underWay(world)
    const attempt = { endpointVersionId: endpoint.version.id, nextAttemptAt: NOW + 60_000 }
    const requestBody = new Uint8Array(1024 * 1024 + 3).fill(7)
    await world.conclude(claimed, { attempt, requestBody })
    expect(await world.store.deliveries.attempts(id)).toEqual([newAttempt(claimed, attempt)])
    expect(Buffer.compare((await world.store.deliveries.requestBody(claimed.attemptId))!, requestBody)).toBe(0)
  })

  it('keep an attempt that built nothing', async () => {
    const world = await open()
    const { claimed, id } = await underWay(world)
    const failure = { code: 'url_invalid', phase: 'build', detail: 'no host' } as const
    const attempt = { request: null, response: null, failure }
    await world.conclude(claimed, { attempt, delivery: { state: 'failed', dueAt: null, lastStatus: null } })
    expect(await world.store.deliveries.attempts(id)).toEqual([newAttempt(claimed, attempt)])
    expect(await world.store.deliveries.requestBody(claimed.attemptId)).toBeNull()
  })

  it('schedule the next try, whose attempt has the next number', async () => {
    const world = await open()
    const { endpoint, claimed, id } = await underWay(world)
    const { delivery, heldOthers } = await world.conclude(claimed, { attempt: { nextAttemptAt: NOW + 60_000 } })
    const next = {
      state: 'scheduled',
      dueAt: NOW + 60_000,
      tries: 1,
      attempts: 1,
      lastStatus: 500,
      lastFailure: 'server_error',
    }
    expect(delivery).toMatchObject({ ...next, updatedAt: NOW + 30 })
    expect(heldOthers).toBe(0)
    expect(await world.delivery(id)).toEqual(delivery)
    const [again] = await world.claim(endpoint.id, { now: NOW + 60_000 })
    await world.conclude(again!, { delivery: { state: 'succeeded', dueAt: null, lastStatus: 200, lastFailure: null } })
    expect((await world.store.deliveries.attempts(id)).map(({ number }) => number)).toEqual([1, 2])
    expect(await world.delivery(id)).toMatchObject({
      state: 'succeeded',
      dueAt: null,
      lastStatus: 200,
      lastFailure: null,
    })
  })

  it('ENG-6 count failures and pause the endpoint, holding the delivery and every other that waits', async () => {
    const world = await open()
    const { endpoint, claimed, id, others } = await underWay(world, 3)
    const concluded = await world.conclude(claimed, {
      attempt: { nextAttemptAt: NOW + 60_000 },
      endpoint: { consecutiveFailures: 20, pause: 'breaker' },
    })
    expect(concluded).toMatchObject({ delivery: { state: 'held', dueAt: null, tries: 1 }, heldOthers: 3 })
    expect(await world.endpoint(endpoint.id)).toEqual({
      ...endpoint,
      state: 'paused',
      pausedReason: 'breaker',
      pausedAt: NOW + 30,
      consecutiveFailures: 20,
    })
    expect(await world.delivery(others[0]!.id)).toMatchObject({ state: 'held', dueAt: null, updatedAt: NOW + 30 })
    expect(await world.store.deliveries.attempts(id)).toMatchObject([{ nextAttemptAt: null }])
    expect(await world.store.deliveries.lanes()).toEqual([])
  })

  it('count failures without a pause, and start again from none', async () => {
    const world = await open()
    const { endpoint, claimed } = await underWay(world, 1)
    await world.conclude(claimed, { endpoint: { consecutiveFailures: 7, pause: null } })
    expect(await world.endpoint(endpoint.id)).toMatchObject({ state: 'active', consecutiveFailures: 7 })
    const [next] = await world.claim(endpoint.id)
    await world.conclude(next!, {
      delivery: { state: 'succeeded', dueAt: null },
      endpoint: { consecutiveFailures: 0, pause: null },
    })
    expect(await world.endpoint(endpoint.id)).toMatchObject({ state: 'active', consecutiveFailures: 0 })
  })

  it('ENG-6b hold a delivery whose endpoint was paused meanwhile, and keep the first reason', async () => {
    const world = await open()
    const { endpoint, claimed } = await underWay(world)
    await world.store.endpoints.pause({ endpointId: endpoint.id, reason: 'manual', now: NOW + 5 })
    const concluded = await world.conclude(claimed, { endpoint: { consecutiveFailures: 20, pause: 'breaker' } })
    expect(concluded).toMatchObject({ delivery: { state: 'held', dueAt: null }, heldOthers: 0 })
    expect(await world.endpoint(endpoint.id)).toMatchObject({
      pausedReason: 'manual',
      pausedAt: NOW + 5,
      consecutiveFailures: 20,
    })
  })

  it('cancel a delivery whose endpoint was deleted meanwhile, unless it is final', async () => {
    const world = await open()
    const { endpoint, claimed } = await underWay(world, 1)
    const [second] = await world.claim(endpoint.id)
    expect(await world.store.endpoints.delete({ endpointId: endpoint.id, now: NOW })).toBe(0)
    expect(await world.delivery(claimed.delivery.id)).toMatchObject({ state: 'delivering' })
    const canceled = await world.conclude(claimed, { endpoint: { consecutiveFailures: 1, pause: 'gone' } })
    expect(canceled.delivery).toMatchObject({ state: 'canceled', dueAt: null })
    const final = await world.conclude(second!, { delivery: { state: 'succeeded', dueAt: null } })
    expect(final.delivery.state).toBe('succeeded')
  })

  it('touch no endpoint where a delivery has none, or nothing changes', async () => {
    const world = await open()
    const { endpoint, claimed } = await underWay(world)
    await world.conclude(claimed, { delivery: { state: 'failed', dueAt: null } })
    expect(await world.endpoint(endpoint.id)).toEqual(endpoint)
  })

  it('are refused for an attempt that does not hold the delivery, and change nothing', async () => {
    const world = await open()
    const { claimed, id } = await underWay(world)
    await world.store.deliveries.recover({ owner: 'run-2', now: NOW + 1 })
    const before = await world.delivery(id)
    await expect(world.conclude(claimed)).rejects.toThrow('is not held by')
    expect(await world.delivery(id)).toEqual(before)
    expect(await world.store.deliveries.attempts(id)).toHaveLength(1)
  })

  it('EN17 of a probe that passed release what was held, and of one that failed begin the pause again', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    for (let count = 0; count < 3; count++) await world.addEvent({ to: [endpoint] })
    const [opening] = await world.claim(endpoint.id, { limit: 1 })
    await world.conclude(opening!, { endpoint: { consecutiveFailures: 20, pause: 'breaker' } })
    const step = { endpointId: endpoint.id, owner: 'run-1', nextAttemptId: () => ids.next('att') }
    const first = await world.store.deliveries.claimProbe({ ...step, now: NOW + 100 })
    const failed = await world.conclude(first!, {
      delivery: { updatedAt: NOW + 130 },
      endpoint: { consecutiveFailures: 21, probe: 'failed' },
    })
    expect(failed).toMatchObject({ delivery: { state: 'held', dueAt: null }, heldOthers: 0, releasedOthers: 0 })
    expect(await world.endpoint(endpoint.id)).toMatchObject({
      state: 'paused',
      pausedReason: 'breaker',
      pausedAt: NOW + 130,
      consecutiveFailures: 21,
    })
    const second = await world.store.deliveries.claimProbe({ ...step, now: NOW + 200 })
    const passed = await world.conclude(second!, {
      delivery: { state: 'succeeded', dueAt: null, updatedAt: NOW + 230 },
      endpoint: { consecutiveFailures: 0, probe: 'passed' },
    })
    expect(passed).toMatchObject({ delivery: { state: 'succeeded' }, heldOthers: 0, releasedOthers: 2 })
    expect(await world.endpoint(endpoint.id)).toMatchObject({ state: 'active', pausedReason: null, pausedAt: null })
    expect(await world.claim(endpoint.id, { now: NOW + 230 })).toHaveLength(2)
  })

  it('ENG-6b of a probe leave an endpoint alone that a person paused meanwhile', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    await world.addEvent({ to: [endpoint] })
    const [opening] = await world.claim(endpoint.id)
    await world.conclude(opening!, { endpoint: { consecutiveFailures: 20, pause: 'breaker' } })
    const step = { endpointId: endpoint.id, owner: 'run-1', nextAttemptId: () => ids.next('att') }
    const probe = await world.store.deliveries.claimProbe({ ...step, now: NOW + 100 })
    await world.store.endpoints.pause({ endpointId: endpoint.id, reason: 'manual', now: NOW + 110 })
    await world.conclude(probe!, {
      delivery: { state: 'succeeded', dueAt: null },
      endpoint: { consecutiveFailures: 0, probe: 'passed' },
    })
    expect(await world.endpoint(endpoint.id)).toMatchObject({ state: 'paused', pausedReason: 'manual' })
  })

  it('ENG-11 keep the event that tells of them, with its delivery, or nothing at all', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    await world.addEvent({ to: [endpoint] })
    const [claimed] = await world.claim(endpoint.id)
    const body = new TextEncoder().encode('{"type":"callback-failed"}')
    const event = newEvent(world.project.id, body, { type: 'callback-failed', origin: 'composed' })
    const told = newDelivery(event, { targetUrl: 'http://127.0.0.1:9/told' })
    const notification = { event, body, deliveries: [told], idempotency: null }
    const { notified } = await world.conclude(claimed!, {
      delivery: { state: 'failed', dueAt: null },
      notification,
    })
    expect(notified).toEqual([told])
    expect(await world.delivery(told.id)).toEqual(told)
    expect(await world.store.events.body(event.id)).toEqual(body)
    await expect(world.conclude(claimed!, { notification })).rejects.toThrow('is not held')
  })
})

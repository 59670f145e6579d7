import { expect, it } from 'vitest'
import { onEveryStore } from './implementations.ts'
import { ids, newDelivery, newEvent, NOW } from './records.ts'
import type { World } from './world.ts'

/** Deliveries to one endpoint, each of its own event, due at the given times from now. */
async function scheduled({ addEndpoint, addEvent }: World, dueIn: readonly number[]) {
  const endpoint = await addEndpoint()
  const due = []
  for (const ms of dueIn) due.push((await addEvent({ to: [endpoint], delivery: { dueAt: NOW + ms } })).deliveries[0]!)
  return { endpoint, due }
}

onEveryStore('Claims', (open) => {
  it('move what is due to delivering, with its event, attempt and trigger', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    const { event, deliveries } = await world.addEvent({ to: [endpoint], delivery: { nextTrigger: 'manual' } })
    const attemptId = ids.next('att')
    const step = { owner: 'run-1', lanes: [{ lane: endpoint.id, limit: 1 }], nextAttemptId: () => attemptId }
    const { claimed, lanes } = await world.store.deliveries.claimDue({ ...step, now: NOW + 1 })
    const delivery = { ...deliveries[0]!, state: 'delivering', dueAt: null, attempts: 1, updatedAt: NOW + 1 }
    const body = await world.store.events.body(event.id)
    expect(claimed.map((one) => ({ ...one, body: one.body ?? body }))).toEqual([
      { delivery, event, body, attemptId, number: 1, trigger: 'manual' },
    ])
    expect(lanes).toEqual([{ lane: endpoint.id, dueAt: null }])
    expect(await world.delivery(deliveries[0]!.id)).toEqual(delivery)
  })

  it('take the earliest due first, of equals the oldest, up to the limit of each lane', async () => {
    const world = await open()
    const { endpoint, due } = await scheduled(world, [-5, -9, -5, -1])
    const claimed = await world.claim(endpoint.id, { limit: 3 })
    expect(claimed.map(({ delivery }) => delivery.id)).toEqual([due[1]!.id, due[0]!.id, due[2]!.id])
  })

  it('leave what is not due, and tell when each asked lane is due next', async () => {
    const world = await open()
    const { endpoint, due } = await scheduled(world, [0, 1, 500])
    const step = { owner: 'run-1', now: NOW, nextAttemptId: () => ids.next('att') }
    const { claimed, lanes } = await world.store.deliveries.claimDue({
      ...step,
      lanes: [{ lane: endpoint.id, limit: 9 }],
    })
    expect(claimed.map(({ delivery }) => delivery.id)).toEqual([due[0]!.id])
    expect(lanes).toEqual([{ lane: endpoint.id, dueAt: NOW + 1 }])
  })

  it('ask many lanes at once and keep them apart', async () => {
    const world = await open()
    const first = await scheduled(world, [0, 0])
    const second = await scheduled(world, [0])
    const unasked = await scheduled(world, [0])
    const lanes = [
      { lane: first.endpoint.id, limit: 1 },
      { lane: second.endpoint.id, limit: 5 },
    ]
    const claim = await world.store.deliveries.claimDue({
      owner: 'r',
      now: NOW,
      lanes,
      nextAttemptId: () => ids.next('att'),
    })
    expect(claim.claimed.map(({ delivery }) => delivery.id)).toEqual([first.due[0]!.id, second.due[0]!.id])
    expect(claim.lanes.map(({ dueAt }) => dueAt)).toEqual([NOW, null])
    expect((await world.delivery(unasked.due[0]!.id)).state).toBe('scheduled')
  })

  it('take a delivery without an endpoint by its own lane', async () => {
    const { store, project, claim } = await open()
    const event = newEvent(project.id, new Uint8Array())
    const delivery = newDelivery(event, { targetUrl: 'http://127.0.0.1:9/', resign: false })
    await store.events.append({ event, body: new Uint8Array(), deliveries: [delivery], idempotency: null })
    expect(await store.deliveries.lanes()).toEqual([{ lane: delivery.id, dueAt: NOW }])
    expect(await claim(delivery.id)).toMatchObject([
      { delivery: { id: delivery.id, targetUrl: 'http://127.0.0.1:9/', resign: false } },
    ])
    expect(await store.deliveries.lanes()).toEqual([])
  })

  it('tell every lane that has scheduled work, with its earliest due time', async () => {
    const world = await open()
    const first = await scheduled(world, [700, 40])
    const second = await scheduled(world, [0])
    await scheduled(world, [])
    await world.claim(second.endpoint.id)
    expect(await world.store.deliveries.lanes()).toEqual([{ lane: first.endpoint.id, dueAt: NOW + 40 }])
  })

  it('never give one delivery twice, however many ask at once', async () => {
    const world = await open()
    const { endpoint } = await scheduled(world, [0, 0, 0])
    const claims = await Promise.all([1, 2, 3, 4].map(() => world.claim(endpoint.id, { limit: 2 })))
    const claimed = claims.flat().map(({ delivery }) => delivery.id)
    expect(claimed).toHaveLength(3)
    expect(new Set(claimed).size).toBe(3)
  })

  it('that are released leave their attempt number free', async () => {
    const world = await open()
    const { endpoint, due } = await scheduled(world, [-7])
    await world.claim(endpoint.id)
    await world.store.deliveries.release({ deliveryId: due[0]!.id, now: NOW + 3 })
    expect(await world.delivery(due[0]!.id)).toEqual({ ...due[0]!, dueAt: NOW + 3, updatedAt: NOW + 3 })
    expect(await world.store.deliveries.attempts(due[0]!.id)).toEqual([])
    expect(await world.claim(endpoint.id, { now: NOW + 3 })).toMatchObject([{ number: 1 }])
  })

  it('that are released are held where their endpoint is paused by then', async () => {
    const world = await open()
    const { endpoint, due } = await scheduled(world, [0])
    await world.claim(endpoint.id)
    await world.store.endpoints.pause({ endpointId: endpoint.id, reason: 'manual', now: NOW })
    await world.store.deliveries.release({ deliveryId: due[0]!.id, now: NOW + 3 })
    expect(await world.delivery(due[0]!.id)).toMatchObject({ state: 'held', dueAt: null, attempts: 0 })
  })

  it('ENG-7 DL30 in strict order take the one that came first, once it is due and while none is under way', async () => {
    const world = await open()
    const { endpoint, due } = await scheduled(world, [50, -9, 0])
    const take = (now: number) =>
      world.store.deliveries.claimDue({
        owner: 'run-1',
        now,
        nextAttemptId: () => ids.next('att'),
        lanes: [{ lane: endpoint.id, limit: 5, ordered: true }],
      })
    expect(await take(NOW)).toEqual({ claimed: [], lanes: [{ lane: endpoint.id, dueAt: NOW + 50 }] })
    const { claimed, lanes } = await take(NOW + 50)
    expect(claimed.map(({ delivery }) => delivery.id)).toEqual([due[0]!.id])
    expect(lanes).toEqual([{ lane: endpoint.id, dueAt: NOW - 9 }])
    expect((await take(NOW + 50)).claimed).toEqual([])
    await world.conclude(claimed[0]!, { delivery: { dueAt: NOW + 90 } })
    expect(await take(NOW + 60)).toEqual({ claimed: [], lanes: [{ lane: endpoint.id, dueAt: NOW + 90 }] })
    const [again] = (await take(NOW + 90)).claimed
    await world.conclude(again!, { delivery: { state: 'failed', dueAt: null } })
    expect((await take(NOW + 90)).claimed.map(({ delivery }) => delivery.id)).toEqual([due[1]!.id])
  })

  it('ENG-6 of a probe take the oldest held delivery of an endpoint that its breaker paused, and no other', async () => {
    const world = await open()
    const { endpoint, due } = await scheduled(world, [0, 0, 0])
    const step = { owner: 'run-1', now: NOW + 5, nextAttemptId: () => ids.next('att') }
    const probe = () => world.store.deliveries.claimProbe({ ...step, endpointId: endpoint.id })
    expect(await probe()).toBeNull()
    const [opening] = await world.claim(endpoint.id, { limit: 1 })
    await world.conclude(opening!, { endpoint: { consecutiveFailures: 20, pause: 'breaker' } })
    const claimed = await probe()
    expect(claimed).toMatchObject({ trigger: 'probe', number: 2, event: { id: due[0]!.eventId } })
    expect(await world.delivery(due[0]!.id)).toMatchObject({ state: 'delivering', nextTrigger: 'probe', attempts: 2 })
    await world.store.deliveries.release({ deliveryId: due[0]!.id, now: NOW + 6 })
    expect(await world.delivery(due[0]!.id)).toMatchObject({ state: 'held', nextTrigger: 'automatic', attempts: 1 })
    await world.store.endpoints.pause({ endpointId: endpoint.id, reason: 'manual', now: NOW + 7 })
    expect(await world.endpoint(endpoint.id)).toMatchObject({ pausedReason: 'manual' })
    expect(await probe()).toBeNull()
  })

  it('DL24 move with a clock that was set, but for what was stored by the new time', async () => {
    const world = await open()
    const { due } = await scheduled(world, [100, 200])
    const later = { updatedAt: NOW + 3_600_000, dueAt: NOW + 3_600_100 }
    const endpoint = await world.addEndpoint()
    const { deliveries } = await world.addEvent({ to: [endpoint], delivery: later })
    await world.store.deliveries.shiftDue({ byMs: 3_600_000, until: NOW + 5 })
    expect(await world.delivery(due[0]!.id)).toMatchObject({ dueAt: NOW + 3_600_100 })
    expect(await world.delivery(due[1]!.id)).toMatchObject({ dueAt: NOW + 3_600_200 })
    expect(await world.delivery(deliveries[0]!.id)).toMatchObject(later)
  })
})

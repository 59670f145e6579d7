import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { StoreUnavailableError, type Conclusion } from '#main/engine/ports.ts'
import { answered, createDispatchRig } from './dispatch-rig.ts'

const HOUR = 3_600_000
const NOTIFICATION_URL = 'http://ops.test/failures'
const POLICY = { preset: 'once', notifyOnFailure: true }

const isTold = ({ url }: { url: string }) => url === NOTIFICATION_URL

describe('a failure notification', () => {
  it('ENG-11 LUM-2 tells the notification URL once of a delivery that failed for good', async () => {
    const rig = await createDispatchRig({
      notificationUrl: NOTIFICATION_URL,
      answer: (request) => answered(isTold(request) ? 200 : 500),
    })
    const endpoint = await rig.addEndpoint(POLICY)
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(48 * HOUR)
    const told = rig.sent.filter(isTold)
    expect(told).toHaveLength(1)
    expect(JSON.parse(new TextDecoder().decode(told[0]!.body))).toEqual({
      type: 'callback-failed',
      event_id: delivery!.eventId,
      event_type: 'audit.completed',
      callback_url: 'http://receiver.test/hook',
      delivery_id: delivery!.id,
      attempt: {
        number: 1,
        outcome: 'failed',
        status: 500,
        cause: 'server_error',
        detail: expect.any(String),
        finished_at: new Date(rig.sent[0]!.at).toISOString(),
      },
    })
    expect(await rig.delivery({ id: told[0]!.deliveryId as never })).toMatchObject({
      eventType: 'callback-failed',
      endpointId: null,
      targetUrl: NOTIFICATION_URL,
      state: 'succeeded',
    })
  })

  it('ENG-11 is tried again on the standard schedule, and never tells of itself', async () => {
    const rig = await createDispatchRig({ notificationUrl: NOTIFICATION_URL, answer: () => answered(500) })
    const endpoint = await rig.addEndpoint(POLICY)
    await rig.dispatcher.start()
    await rig.compose(endpoint.id)
    await rig.clock.advance(48 * HOUR)
    const told = rig.sent.filter(isTold)
    expect(told).toHaveLength(8)
    expect(new Set(told.map(({ deliveryId }) => deliveryId)).size).toBe(1)
    expect(await rig.delivery({ id: told[0]!.deliveryId as never })).toMatchObject({ state: 'failed', tries: 8 })
  })

  it('ENG-11 comes only where policy and project ask for it, and only once tries are used up', async () => {
    for (const [policy, notificationUrl] of [
      [{ preset: 'once', notifyOnFailure: false }, NOTIFICATION_URL],
      [POLICY, undefined],
    ] as const) {
      const rig = await createDispatchRig({ ...(notificationUrl && { notificationUrl }), answer: () => answered(500) })
      const endpoint = await rig.addEndpoint(policy)
      await rig.dispatcher.start()
      await rig.compose(endpoint.id)
      await rig.clock.advance(HOUR)
      expect(rig.sent).toHaveLength(1)
    }
    const rig = await createDispatchRig({
      notificationUrl: NOTIFICATION_URL,
      answer: (request, index) => answered(isTold(request) || index === 1 ? 200 : 500),
    })
    const endpoint = await rig.addEndpoint({ preset: 'crawlux', notifyOnFailure: true })
    await rig.dispatcher.start()
    await rig.compose(endpoint.id)
    await rig.clock.advance(HOUR)
    expect(rig.sent.filter(isTold)).toEqual([])
  })

  it('ENG-11 is not made again by a retry by hand, and not by an event of its own type', async () => {
    const rig = await createDispatchRig({
      notificationUrl: NOTIFICATION_URL,
      answer: (request) => answered(isTold(request) ? 200 : 500),
    })
    const endpoint = await rig.addEndpoint(POLICY)
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    await rig.retryByHand(delivery!)
    await rig.clock.advance(0)
    await rig.composeEvent({ type: 'callback-failed' }, endpoint.id)
    await rig.clock.advance(HOUR)
    expect(rig.sent.filter((request) => !isTold(request))).toHaveLength(3)
    expect(rig.sent.filter(isTold)).toHaveLength(1)
  })

  it('ENG-11 EN06 is kept by the same step as the failure: after a crash in between there is one', async () => {
    const store = createMemoryStore()
    const conclude = store.deliveries.conclude.bind(store.deliveries)
    let broken = true
    store.deliveries.conclude = async (step: Conclusion) => {
      if (broken) throw new StoreUnavailableError('gone')
      return conclude(step)
    }
    const answer = (request: { url: string }) => answered(isTold(request) ? 200 : 500)
    const rig = await createDispatchRig({ store, notificationUrl: NOTIFICATION_URL, answer })
    const endpoint = await rig.addEndpoint(POLICY)
    await rig.dispatcher.start()
    await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    await rig.dispatcher.stop(0)
    broken = false
    const next = await createDispatchRig({
      store,
      clock: rig.clock,
      seed: 2,
      notificationUrl: NOTIFICATION_URL,
      answer,
    })
    await next.dispatcher.start()
    await next.clock.advance(HOUR)
    expect([...rig.sent, ...next.sent].filter(isTold)).toHaveLength(1)
    const { items } = await store.events.list({
      projectId: endpoint.projectId,
      filter: [{ kind: 'type', types: ['callback-failed'], negated: false }],
      limit: 10,
      cursor: null,
    })
    expect(items).toHaveLength(1)
  })
})

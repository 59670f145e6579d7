import { describe, expect, it } from 'vitest'
import type { TransportResult } from '#main/engine/ports.ts'
import { answered, createDispatchRig, refused, type DispatchRig, type SentRequest } from './dispatch-rig.ts'

const HOUR = 3_600_000
const UNTIL_RESUMED = { preset: 'standard', breaker: { consecutiveFailures: 20, probeAfterMs: null } }

function states(rig: DispatchRig): Promise<Record<string, number>> {
  const [first] = rig.published
  return rig.store.deliveries
    .countByState(first!.projectId)
    .then((counts) => Object.fromEntries(Object.entries(counts).filter(([, n]) => n > 0)))
}

/** Answers that wait until the test gives them, oldest first. */
function answersByHand(): {
  answer: (request: SentRequest) => Promise<TransportResult>
  waiting: () => number
  give(result: TransportResult): void
} {
  const open: ((result: TransportResult) => void)[] = []
  return {
    answer: () => new Promise((resolve) => void open.push(resolve)),
    waiting: () => open.length,
    give: (result) => open.shift()?.(result),
  }
}

describe('the breaker', () => {
  it('ENG-6 EN16 pauses after exactly 20 failures with a hundred due at once, and never sends a 21st', async () => {
    const rig = await createDispatchRig({ answer: () => refused })
    const endpoint = await rig.addEndpoint(UNTIL_RESUMED)
    for (let count = 0; count < 100; count++) await rig.compose(endpoint.id)
    await rig.dispatcher.start()
    await rig.clock.advance(100 * HOUR)
    expect(rig.sent).toHaveLength(20)
    expect(rig.endpoints.get(endpoint.id)).toMatchObject({
      state: 'paused',
      pausedReason: 'breaker',
      consecutiveFailures: 20,
    })
    expect((await rig.store.endpoints.list())[0]).toMatchObject({
      state: 'paused',
      pausedReason: 'breaker',
      consecutiveFailures: 20,
    })
    expect(await states(rig)).toEqual({ held: 100 })
  })

  it('ENG-6 never has more in flight than failures are left', async () => {
    const hand = answersByHand()
    const rig = await createDispatchRig({ answer: hand.answer })
    const endpoint = await rig.addEndpoint({ ...UNTIL_RESUMED, concurrency: 100 })
    for (let count = 0; count < 50; count++) await rig.compose(endpoint.id)
    await rig.dispatcher.start()
    for (let failures = 0; failures < 20; failures++) {
      await rig.clock.advance(0)
      expect(hand.waiting() + failures).toBe(20)
      hand.give(answered(500))
    }
    await rig.clock.advance(HOUR)
    expect(hand.waiting()).toBe(0)
    expect(rig.sent).toHaveLength(20)
  })

  it('EN16 counts from nothing again after one success, and knows endpoints apart', async () => {
    const rig = await createDispatchRig({
      answer: ({ url }, index) => (url.includes('other') ? answered(200) : answered(index === 19 ? 200 : 404)),
    })
    const endpoint = await rig.addEndpoint({ preset: 'standard', concurrency: 1 })
    const other = await rig.addEndpoint('standard', 'other')
    await rig.dispatcher.start()
    for (let count = 0; count < 39; count++) {
      await rig.compose(endpoint.id)
      await rig.clock.advance(0)
    }
    expect(rig.endpoints.get(endpoint.id)).toMatchObject({ state: 'active', consecutiveFailures: 19 })
    await rig.compose(endpoint.id, other.id)
    await rig.clock.advance(0)
    expect(rig.endpoints.get(endpoint.id)).toMatchObject({ state: 'paused', consecutiveFailures: 20 })
    expect(rig.endpoints.get(other.id)).toMatchObject({ state: 'active', consecutiveFailures: 0 })
    expect(rig.sent.filter(({ url }) => url.includes('other'))).toHaveLength(1)
  })

  it('ENG-6 holds the delivery that opened it where tries remain, and fails it where none do', async () => {
    for (const [status, state] of [
      [500, 'held'],
      [404, 'failed'],
    ] as const) {
      const rig = await createDispatchRig({ answer: () => answered(status) })
      const endpoint = await rig.addEndpoint({ preset: 'standard', breaker: { consecutiveFailures: 1 } })
      await rig.dispatcher.start()
      const [delivery] = await rig.compose(endpoint.id)
      await rig.clock.advance(0)
      expect(await rig.delivery(delivery!)).toMatchObject({ state, dueAt: null, tries: 1 })
      expect(await rig.attempts(delivery!)).toMatchObject([{ nextAttemptAt: null }])
    }
  })

  it('ENG-6 counts manual attempts', async () => {
    const rig = await createDispatchRig({ answer: () => answered(404) })
    const endpoint = await rig.addEndpoint({ preset: 'standard', breaker: { consecutiveFailures: 2 } })
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    await rig.retryByHand(delivery!)
    await rig.clock.advance(0)
    expect(rig.endpoints.get(endpoint.id)).toMatchObject({ state: 'paused', pausedReason: 'breaker' })
  })

  it('ENG-6 sends what was held, oldest first and with its tries kept, after a resume', async () => {
    let healthy = false
    const rig = await createDispatchRig({ answer: () => (healthy ? answered(200) : answered(500)) })
    const endpoint = await rig.addEndpoint({ preset: 'standard', breaker: { consecutiveFailures: 1 }, concurrency: 1 })
    await rig.dispatcher.start()
    const [first] = await rig.compose(endpoint.id)
    await rig.clock.advance(1)
    const [second] = await rig.compose(endpoint.id)
    const [third] = await rig.compose(endpoint.id)
    await rig.clock.advance(HOUR)
    expect(rig.sent).toHaveLength(1)
    healthy = true
    await rig.resume(endpoint.id)
    await rig.clock.advance(1_000)
    expect(rig.sent.slice(1).map(({ deliveryId }) => deliveryId)).toEqual([first!.id, second!.id, third!.id])
    expect(await rig.delivery(first!)).toMatchObject({ state: 'succeeded', tries: 2 })
  })

  it('DL21 pauses the endpoint on 410 and holds what follows', async () => {
    const rig = await createDispatchRig({ answer: () => answered(410) })
    const endpoint = await rig.addEndpoint({ preset: 'standard', concurrency: 1 })
    await rig.dispatcher.start()
    const [first] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    const [second] = await rig.compose(endpoint.id)
    await rig.clock.advance(HOUR)
    expect(rig.endpoints.get(endpoint.id)).toMatchObject({ state: 'paused', pausedReason: 'gone' })
    expect(await rig.delivery(first!)).toMatchObject({ state: 'failed', lastFailure: 'gone' })
    expect(await rig.delivery(second!)).toMatchObject({ state: 'held' })
    expect(rig.sent).toHaveLength(1)
  })

  it('ENG-6b gives back what was claimed when the endpoint is paused before the send', async () => {
    const { promise: unlocked, resolve } = Promise.withResolvers<readonly { version: number; text: string }[]>()
    const rig = await createDispatchRig({ directory: { signingSecrets: () => unlocked } })
    const endpoint = await rig.addEndpoint()
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    await rig.pause(endpoint.id)
    resolve([{ version: 1, text: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }])
    await rig.clock.advance(HOUR)
    expect(rig.sent).toEqual([])
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'held', attempts: 0, tries: 0 })
  })

  it('EN22 cancels what was claimed when the endpoint is deleted before the send', async () => {
    const { promise: unlocked, resolve } = Promise.withResolvers<readonly { version: number; text: string }[]>()
    const rig = await createDispatchRig({ directory: { signingSecrets: () => unlocked } })
    const endpoint = await rig.addEndpoint()
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    rig.endpoints.delete(endpoint.id)
    await rig.store.endpoints.delete({ endpointId: endpoint.id, now: rig.clock.now() })
    resolve([{ version: 1, text: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }])
    await rig.clock.advance(HOUR)
    expect(rig.sent).toEqual([])
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'canceled' })
  })

  it('EN22 lets an attempt end whose endpoint is deleted, and sends nothing after', async () => {
    const hand = answersByHand()
    const rig = await createDispatchRig({ answer: hand.answer })
    const endpoint = await rig.addEndpoint()
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    rig.endpoints.delete(endpoint.id)
    await rig.store.endpoints.delete({ endpointId: endpoint.id, now: rig.clock.now() })
    hand.give(answered(500))
    await rig.clock.advance(HOUR)
    expect(rig.sent).toHaveLength(1)
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'canceled' })
  })
})

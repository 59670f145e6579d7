import { describe, expect, it } from 'vitest'
import { headerValue } from '#shared/model/header.ts'
import { answered, createDispatchRig } from './dispatch-rig.ts'

const HOUR = 3_600_000

describe('test mode', () => {
  it('ENG-15 builds, signs and logs as simulated, and never reaches the URL', async () => {
    const rig = await createDispatchRig()
    const endpoint = await rig.addEndpoint('standard')
    await rig.change(endpoint.id, { testMode: true })
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(HOUR)
    expect(rig.sent).toEqual([])
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'simulated', tries: 0, attempts: 1, dueAt: null })
    const [attempt] = await rig.attempts(delivery!)
    expect(attempt).toMatchObject({ outcome: 'simulated', response: null, failure: null })
    expect(attempt!.request).toMatchObject({ url: 'http://receiver.test/hook', method: 'POST' })
    expect(headerValue(attempt!.request!.headers, 'webhook-signature')).not.toBeNull()
    expect(await rig.store.deliveries.requestBody(attempt!.id)).not.toBeNull()
  })

  it('ENG-15 counts neither in the rate nor in the breaker', async () => {
    const rig = await createDispatchRig({ answer: () => answered(500) })
    const endpoint = await rig.addEndpoint({ preset: 'standard', ratePerSecond: 1 })
    await rig.dispatcher.start()
    const [failed] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    expect(await rig.delivery(failed!)).toMatchObject({ state: 'scheduled' })
    await rig.change(endpoint.id, { testMode: true })
    for (let count = 0; count < 30; count++) await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    expect(rig.published.filter(({ state }) => state === 'simulated')).toHaveLength(30)
    expect(rig.endpoints.get(endpoint.id)).toMatchObject({ state: 'active', consecutiveFailures: 1 })
  })

  it('ENG-15 lets what was simulated be sent once test mode is over', async () => {
    const rig = await createDispatchRig()
    const endpoint = await rig.addEndpoint('standard')
    await rig.change(endpoint.id, { testMode: true })
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    await rig.change(endpoint.id, { testMode: false })
    await rig.retryByHand(delivery!)
    await rig.clock.advance(0)
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'succeeded', attempts: 2 })
    expect(rig.sent).toHaveLength(1)
  })

  it('ENG-15 holds from the moment that it is switched on, for what was claimed before', async () => {
    const { promise: unlocked, resolve } = Promise.withResolvers<readonly { version: number; text: string }[]>()
    const rig = await createDispatchRig({ directory: { signingSecrets: () => unlocked } })
    const endpoint = await rig.addEndpoint('standard')
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    await rig.change(endpoint.id, { testMode: true })
    resolve([{ version: 1, text: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }])
    await rig.clock.advance(0)
    expect(rig.sent).toEqual([])
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'simulated' })
  })
})

describe('a loop', () => {
  it('EN30 is stopped before the send once an event has come through five times', async () => {
    const rig = await createDispatchRig()
    const endpoint = await rig.addEndpoint('standard')
    await rig.dispatcher.start()
    const [fourth] = await rig.composeEvent({ hops: 4 }, endpoint.id)
    const [fifth] = await rig.composeEvent({ hops: 5 }, endpoint.id)
    await rig.clock.advance(HOUR)
    expect(await rig.delivery(fourth!)).toMatchObject({ state: 'succeeded' })
    expect(headerValue(rig.sent[0]!.headers, 'Hookloop-Hops')).toBe('5')
    expect(await rig.delivery(fifth!)).toMatchObject({ state: 'failed', lastFailure: 'loop_detected' })
    expect(rig.sent).toHaveLength(1)
    expect(rig.endpoints.get(endpoint.id)).toMatchObject({ consecutiveFailures: 0 })
  })
})

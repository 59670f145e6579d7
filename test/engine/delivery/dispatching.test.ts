import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { StoreUnavailableError, VaultLockedError, type Conclusion } from '#main/engine/ports.ts'
import { answered, createDispatchRig, silent } from './dispatch-rig.ts'

describe('lanes', () => {
  it('ENG-8 DL31 does not let an endpoint that never answers delay another', async () => {
    const rig = await createDispatchRig({
      answer: (request) => (request.url.includes('dead') ? silent(request) : answered(200)),
    })
    const dead = await rig.addEndpoint({ preset: 'standard', concurrency: 1_000, breaker: null }, 'dead')
    const fast = await rig.addEndpoint('standard', 'fast')
    for (let count = 0; count < 400; count++) await rig.compose(dead.id)
    await rig.dispatcher.start()
    await rig.compose(fast.id)
    await rig.clock.advance(0)
    expect(rig.sent.filter(({ url }) => url.includes('dead'))).toHaveLength(256)
    expect(rig.sent.filter(({ url }) => url.includes('fast'))).toHaveLength(1)
  })

  it('ENG-8 does not let a hundred dead endpoints delay one that works', async () => {
    const rig = await createDispatchRig({
      answer: (request) => (request.url.includes('dead') ? silent(request) : answered(200)),
    })
    for (let count = 0; count < 100; count++) {
      const dead = await rig.addEndpoint('standard', `dead-${count}`)
      for (let events = 0; events < 5; events++) await rig.compose(dead.id)
    }
    await rig.dispatcher.start()
    await rig.clock.advance(0)
    expect(rig.dispatcher.inFlight()).toBe(400)
    const fast = await rig.addEndpoint('standard', 'fast')
    const deliveries = await Promise.all(Array.from({ length: 20 }, () => rig.compose(fast.id)))
    await rig.clock.advance(0)
    for (const [delivery] of deliveries) expect(await rig.delivery(delivery!)).toMatchObject({ state: 'succeeded' })
  })

  it('ENG-7 keeps to the concurrency of each endpoint', async () => {
    const rig = await createDispatchRig({ answer: silent })
    const one = await rig.addEndpoint({ preset: 'standard', concurrency: 3 }, 'one')
    const two = await rig.addEndpoint({ preset: 'standard', concurrency: 5 }, 'two')
    for (let count = 0; count < 20; count++) await rig.compose(one.id, two.id)
    await rig.dispatcher.start()
    await rig.clock.advance(0)
    expect(rig.dispatcher.inFlight()).toBe(8)
  })

  it('DL30 lets events pass one that always fails', async () => {
    const rig = await createDispatchRig({ answer: (_request, index) => answered(index === 0 ? 500 : 200) })
    const endpoint = await rig.addEndpoint({ preset: 'standard', concurrency: 1 })
    await rig.dispatcher.start()
    const [poisoned] = await rig.compose(endpoint.id)
    const others = await Promise.all(Array.from({ length: 49 }, () => rig.compose(endpoint.id)))
    await rig.clock.advance(0)
    expect(await rig.delivery(poisoned!)).toMatchObject({ state: 'scheduled' })
    for (const [other] of others) expect(await rig.delivery(other!)).toMatchObject({ state: 'succeeded' })
  })
})

describe('what goes wrong around an attempt', () => {
  it('EN28 fails the one delivery whose build throws, and goes on', async () => {
    let broken = true
    const rig = await createDispatchRig({
      directory: {
        signingSecrets: async () => {
          if (broken) throw new TypeError('secret value in here')
          return [{ version: 1, text: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }]
        },
      },
    })
    const endpoint = await rig.addEndpoint()
    await rig.dispatcher.start()
    const [bad] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    broken = false
    const [good] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    expect(await rig.delivery(bad!)).toMatchObject({ state: 'failed', lastFailure: 'internal_error' })
    expect(await rig.delivery(good!)).toMatchObject({ state: 'succeeded' })
    expect(rig.endpoints.get(endpoint.id)).toMatchObject({ consecutiveFailures: 0 })
    expect(JSON.stringify([rig.log.lines, await rig.attempts(bad!)])).not.toContain('secret value')
  })

  it('DA03 pauses the endpoint whose secrets are locked and holds what goes to it, with no try used', async () => {
    const rig = await createDispatchRig({
      directory: { signingSecrets: () => Promise.reject(new VaultLockedError()) },
    })
    const endpoint = await rig.addEndpoint()
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'held', lastFailure: 'secret_locked', tries: 0 })
    const paused = { state: 'paused', pausedReason: 'locked', consecutiveFailures: 0 }
    expect(rig.endpoints.get(endpoint.id)).toMatchObject(paused)
    expect((await rig.store.endpoints.list())[0]).toMatchObject(paused)
    await rig.clock.advance(86_400_000)
    expect(rig.sent).toEqual([])
    expect(await rig.attempts(delivery!)).toHaveLength(1)
  })

  it('ENG-2 fails an endpoint without a secret before anything is sent', async () => {
    const rig = await createDispatchRig({ directory: { signingSecrets: async () => [] } })
    const endpoint = await rig.addEndpoint()
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    expect(rig.sent).toEqual([])
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'failed', lastFailure: 'secret_missing' })
    expect(await rig.attempts(delivery!)).toMatchObject([
      { request: null, response: null, failure: { phase: 'build' } },
    ])
  })

  it('EN09 stores the end of an attempt as soon as the storage takes it, and sends nothing twice', async () => {
    const store = createMemoryStore()
    let full = true
    const conclude = store.deliveries.conclude.bind(store.deliveries)
    store.deliveries.conclude = async (step: Conclusion) => {
      if (full) throw new StoreUnavailableError('The disk is full')
      return conclude(step)
    }
    const rig = await createDispatchRig({ store })
    const endpoint = await rig.addEndpoint()
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(60_000)
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'delivering' })
    full = false
    await rig.clock.advance(10_000)
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'succeeded' })
    expect(rig.sent).toHaveLength(1)
  })

  it('EN09 claims again once the storage takes it', async () => {
    const store = createMemoryStore()
    let full = true
    const claimDue = store.deliveries.claimDue.bind(store.deliveries)
    store.deliveries.claimDue = async (step) => {
      if (full) throw new StoreUnavailableError('The disk is full')
      return claimDue(step)
    }
    const rig = await createDispatchRig({ store })
    const endpoint = await rig.addEndpoint()
    await rig.dispatcher.start()
    await rig.compose(endpoint.id)
    await rig.clock.advance(60_000)
    expect(rig.sent).toEqual([])
    full = false
    await rig.clock.advance(10_000)
    expect(rig.sent).toHaveLength(1)
  })
})

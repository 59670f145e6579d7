import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import type { Claim, ClaimStep, Store, TransportResult } from '#main/engine/ports.ts'
import { answered, createDispatchRig, silent, type SentRequest } from './dispatch-rig.ts'

/** A store whose claims go through `claimDue`, which may count, hold up or refuse them. */
function withClaims(store: Store, claimDue: (claim: () => Promise<Claim>, step: ClaimStep) => Promise<Claim>): Store {
  const { deliveries } = store
  return {
    ...store,
    deliveries: { ...deliveries, claimDue: (step) => claimDue(() => deliveries.claimDue(step), step) },
  }
}

/** Fifty attempts in flight of sixty deliveries, whose answers wait until the test gives them. */
async function fiftyInFlight(store: Store) {
  const waiting: { resolve: (result: TransportResult) => void; request: SentRequest }[] = []
  const rig = await createDispatchRig({
    store,
    answer: (request) =>
      new Promise<TransportResult>((resolve) => {
        waiting.push({ resolve, request })
        const failure = { code: 'interrupted', phase: 'headers', detail: 'stopped' } as const
        request.signal.addEventListener('abort', () => resolve({ ...answered(200), response: null, failure }))
      }),
  })
  const endpoint = await rig.addEndpoint({ preset: 'crawlux', concurrency: 50 })
  await rig.dispatcher.start()
  for (let count = 0; count < 60; count++) await rig.compose(endpoint.id)
  await rig.clock.advance(0)
  expect(rig.dispatcher.inFlight()).toBe(50)
  return { rig, waiting, projectId: endpoint.projectId }
}

describe('stopping', () => {
  it('EN24 takes nothing new once it stops, though places fall free and work is due', async () => {
    let stopping = false
    let claimedAfterStop = 0
    const store = withClaims(createMemoryStore(), (claim, step) => {
      if (!stopping) return claim()
      claimedAfterStop += 1
      return Promise.resolve({ claimed: [], lanes: step.lanes.map(({ lane }) => ({ lane, dueAt: null })) })
    })
    const { rig, waiting } = await fiftyInFlight(store)
    const stopped = rig.dispatcher.stop(10_000)
    stopping = true
    for (const { resolve } of waiting) resolve(answered(200))
    await stopped
    expect(claimedAfterStop).toBe(0)
    expect(rig.sent).toHaveLength(50)
  })

  it('EN24 gives back what a claim under way takes once it stops, unsent and its try not used', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>()
    const store = withClaims(createMemoryStore(), (claim) => gate.then(claim))
    const rig = await createDispatchRig({ store })
    const endpoint = await rig.addEndpoint()
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    const stopped = rig.dispatcher.stop(10_000)
    open()
    await stopped
    expect(rig.sent).toEqual([])
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'scheduled', attempts: 0 })
  })

  it('EN24 waits for the answers that come within the grace', async () => {
    const { rig, waiting, projectId } = await fiftyInFlight(createMemoryStore())
    const stopped = rig.dispatcher.stop(10_000)
    await rig.clock.advance(9_000)
    for (const { resolve } of waiting) resolve(answered(200))
    await stopped
    expect(await rig.store.deliveries.countByState(projectId)).toMatchObject({ succeeded: 50, delivering: 0 })
  })

  it('EN24 with fifty in flight cuts what outlasts the grace; the next start sends that again, and nothing else', async () => {
    const store = createMemoryStore()
    const { rig, waiting, projectId } = await fiftyInFlight(store)
    let ended = false
    void rig.dispatcher.stop(10_000).then(() => (ended = true))
    for (const { resolve } of waiting.slice(0, 20)) resolve(answered(200))
    await rig.clock.advance(9_999)
    expect(ended).toBe(false)
    await rig.clock.advance(1)
    expect(waiting.slice(20).every(({ request }) => request.signal.aborted)).toBe(true)
    expect(ended).toBe(true)
    expect(await store.deliveries.countByState(projectId)).toMatchObject({
      succeeded: 20,
      delivering: 30,
      scheduled: 10,
    })

    const next = await createDispatchRig({ store, clock: rig.clock, seed: 2 })
    await next.clock.advance(1)
    await next.dispatcher.start()
    await next.clock.advance(0)
    expect(await store.deliveries.countByState(projectId)).toMatchObject({ succeeded: 60 })
    const sentBefore = new Set(rig.sent.map(({ deliveryId }) => deliveryId))
    const cut = waiting.slice(20).map(({ request }) => request.deliveryId)
    const again = next.sent.map(({ deliveryId }) => deliveryId).filter((id) => sentBefore.has(id))
    expect(again.toSorted()).toEqual(cut.toSorted())
    expect(next.sent).toHaveLength(40)
  })

  it('EN24 ENG-10 records what it cut as interrupted, and sends it again under the same id', async () => {
    const store = createMemoryStore()
    const rig = await createDispatchRig({ store, answer: silent })
    const endpoint = await rig.addEndpoint('crawlux')
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    const stopped = rig.dispatcher.stop(1_000)
    await rig.clock.advance(1_000)
    await stopped
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'delivering' })

    const next = await createDispatchRig({ store, clock: rig.clock, seed: 2, directory: { endpoint: () => endpoint } })
    await rig.clock.advance(1)
    await next.dispatcher.start()
    await next.clock.advance(0)
    expect(next.sent.map(({ deliveryId }) => deliveryId)).toEqual([delivery!.id])
    expect(await next.delivery(delivery!)).toMatchObject({ state: 'succeeded', tries: 1, attempts: 2 })
    expect((await next.attempts(delivery!)).map(({ outcome, number }) => [outcome, number])).toEqual([
      ['interrupted', 1],
      ['succeeded', 2],
    ])
  })

  it('ends at once where nothing is in flight', async () => {
    const rig = await createDispatchRig()
    await rig.dispatcher.start()
    await rig.dispatcher.stop(60_000)
    expect(rig.clock.pending()).toEqual([])
  })
})

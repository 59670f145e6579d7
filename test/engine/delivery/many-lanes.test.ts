import { describe, expect, it } from 'vitest'
import type { TransportResult } from '#main/engine/ports.ts'
import { answered, createDispatchRig, refused, silent, type SentRequest } from './dispatch-rig.ts'

const isDead = ({ url }: { url: string }) => url.includes('dead')

/** No answer, until the request's own deadline. */
function timesOut(rigClock: () => { after(ms: number, task: () => void): () => void }) {
  const failure = { code: 'timed_out', phase: 'headers', detail: 'nothing came' } as const
  return (request: SentRequest): Promise<TransportResult> => {
    const { promise, resolve } = Promise.withResolvers<TransportResult>()
    rigClock().after(request.timeoutMs, () => resolve({ ...refused, failure }))
    return Promise.race([promise, silent(request)])
  }
}

describe('two thousand endpoints that never answer', () => {
  it('ENG-8 DL31 delay no event of a healthy one, at first and while they fail', async () => {
    const dead = timesOut(() => rig.clock)
    const rig = await createDispatchRig({ answer: (request) => (isDead(request) ? dead(request) : answered(200)) })
    for (let count = 0; count < 2_000; count++) {
      const endpoint = await rig.addEndpoint({ preset: 'standard', timeoutMs: 15_000 }, `dead-${count}`)
      await rig.compose(endpoint.id)
      await rig.compose(endpoint.id)
    }
    const healthy = await rig.addEndpoint('standard', 'healthy')
    await rig.dispatcher.start()
    await rig.clock.advance(0)
    expect(rig.dispatcher.inFlight()).toBe(4_000)
    for (let second = 0; second < 20; second++) {
      const deliveries = []
      for (let count = 0; count < 10; count++) deliveries.push((await rig.compose(healthy.id))[0]!)
      await rig.clock.advance(0)
      for (const one of deliveries) expect(await rig.delivery(one)).toMatchObject({ state: 'succeeded' })
      await rig.clock.advance(1_000)
    }
    const healthySends = rig.sent.filter((request) => !isDead(request))
    expect(healthySends).toHaveLength(200)
  }, 120_000)

  it('ENG-8 hold few sockets each once they fail', async () => {
    const rig = await createDispatchRig({ answer: (request, index) => (index < 300 ? refused : silent(request)) })
    for (let count = 0; count < 300; count++) {
      const endpoint = await rig.addEndpoint({ preset: 'standard', breaker: null }, `dead-${count}`)
      await rig.compose(endpoint.id)
    }
    await rig.dispatcher.start()
    await rig.clock.advance(0)
    for (const { id } of rig.endpoints.values()) for (let count = 0; count < 6; count++) await rig.compose(id)
    await rig.clock.advance(0)
    expect(rig.dispatcher.inFlight()).toBeLessThanOrEqual(300 + 256)
    const busy = new Set(rig.sent.slice(300).map(({ url }) => url))
    expect(busy.size).toBe(300)
  }, 60_000)
})

import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import type { TransportResult } from '#main/engine/ports.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import { headerValue } from '#shared/model/header.ts'
import { answered, createDispatchRig, type SentRequest } from './dispatch-rig.ts'

const HOUR = 3_600_000

/** Answers that wait until the test gives them, oldest first. */
function byHand() {
  const open: ((result: TransportResult) => void)[] = []
  return {
    answer: (_request: SentRequest) => new Promise<TransportResult>((resolve) => void open.push(resolve)),
    give: (result: TransportResult) => open.shift()?.(result),
  }
}

describe('a configuration that changes while an attempt is in flight', () => {
  it('EN20 leaves the attempt its old version, and the next one has the new; each records which', async () => {
    const hand = byHand()
    const rig = await createDispatchRig({ answer: hand.answer })
    const endpoint = await rig.addEndpoint('standard')
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    const { policy } = endpoint.version.config
    await rig.change(endpoint.id, {
      url: 'http://moved.test/hook',
      headers: [['X-Team', 'new']],
      policy: { ...policy, schedule: { kind: 'list', waitsMs: [1_000], repeat: null, jitter: 0 }, timeoutMs: 1_234 },
    })
    hand.give(answered(500))
    await rig.clock.advance(10_000)
    hand.give(answered(200))
    await rig.clock.advance(0)
    expect(rig.sent.map(({ url }) => url)).toEqual(['http://receiver.test/hook', 'http://moved.test/hook'])
    expect(rig.sent.map(({ headers }) => headerValue(headers, 'X-Team'))).toEqual([null, 'new'])
    expect(rig.sent.map(({ timeoutMs }) => timeoutMs)).toEqual([policy.timeoutMs, 1_234])
    const attempts = await rig.attempts(delivery!)
    const current = rig.endpoints.get(endpoint.id)!.version
    expect(attempts.map(({ endpointVersionId }) => endpointVersionId)).toEqual([endpoint.version.id, current.id])
  })

  it('ENG-14 sends what waits to the new URL where it follows', async () => {
    const rig = await createDispatchRig({ answer: (_request, index) => answered(index === 0 ? 500 : 200) })
    const endpoint = await rig.addEndpoint('standard')
    await rig.dispatcher.start()
    await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    await rig.change(endpoint.id, { url: 'http://moved.test/hook' })
    await rig.clock.advance(10_000)
    expect(rig.sent.map(({ url }) => url)).toEqual(['http://receiver.test/hook', 'http://moved.test/hook'])
  })

  it('ENG-14 keeps the address and headers of what waits, with the rules and secrets of now, also after a restart', async () => {
    const store = createMemoryStore()
    const rig = await createDispatchRig({ store, answer: () => answered(500) })
    const endpoint = await rig.addEndpoint('standard')
    await rig.change(endpoint.id, { headers: [['X-Team', 'old']] })
    const old = rig.endpoints.get(endpoint.id)!.version
    await rig.dispatcher.start()
    const [waiting] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    const policy = { ...old.config.policy, timeoutMs: 1_234 }
    await rig.change(endpoint.id, { url: 'http://moved.test/hook', headers: [], policy }, true)
    const [fresh] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    await rig.dispatcher.stop(0)
    const next = await createDispatchRig({ store, clock: rig.clock, seed: 2 })
    await next.dispatcher.start()
    await next.clock.advance(10_000)
    const of = (id: string) => next.sent.find(({ deliveryId }) => deliveryId === id)!
    expect(of(waiting!.id)).toMatchObject({ url: 'http://receiver.test/hook', timeoutMs: 1_234 })
    expect(headerValue(of(waiting!.id).headers, 'X-Team')).toBe('old')
    expect(headerValue(of(waiting!.id).headers, 'webhook-signature')).not.toBeNull()
    expect(of(fresh!.id)).toMatchObject({ url: 'http://moved.test/hook' })
    expect((await next.attempts(waiting!)).map(({ endpointVersionId }) => endpointVersionId)).toEqual([old.id, old.id])
  })
})

describe('an endpoint that goes while attempts are in flight', () => {
  it('EN22 finishes what is in flight, holds the rest while disabled, and cancels it when deleted; all stays visible', async () => {
    const hand = byHand()
    const rig = await createDispatchRig({ answer: hand.answer })
    const endpoint = await rig.addEndpoint({ preset: 'standard', concurrency: 2 })
    await rig.dispatcher.start()
    const deliveries: Delivery[] = []
    for (let count = 0; count < 6; count++) deliveries.push((await rig.compose(endpoint.id))[0]!)
    await rig.clock.advance(0)
    await rig.pause(endpoint.id)
    hand.give(answered(200))
    hand.give(answered(500))
    await rig.clock.advance(HOUR)
    const states = async () => (await Promise.all(deliveries.map((one) => rig.delivery(one)))).map(({ state }) => state)
    expect(await states()).toEqual(['succeeded', 'held', 'held', 'held', 'held', 'held'])
    await rig.remove(endpoint.id)
    await rig.clock.advance(HOUR)
    expect(await states()).toEqual(['succeeded', ...Array.from({ length: 5 }, () => 'canceled')])
    expect(rig.sent).toHaveLength(2)
    expect(rig.log.lines.filter(({ level }) => level === 'error')).toEqual([])
  })
})

describe('many retries and replays', () => {
  it('EN27 spreads the next tries of a thousand that fail together, without a second wave', async () => {
    const rig = await createDispatchRig({ answer: () => answered(500) })
    const endpoint = await rig.addEndpoint({
      preset: 'standard',
      breaker: null,
      concurrency: 1_000,
      schedule: { kind: 'list', waitsMs: [300_000], repeat: null, jitter: 0.2 },
    })
    for (let count = 0; count < 1_000; count++) await rig.compose(endpoint.id)
    await rig.dispatcher.start()
    await rig.clock.advance(0)
    expect(rig.sent).toHaveLength(1_000)
    const from = rig.clock.now()
    await rig.clock.advance(HOUR)
    const waits = rig.sent.slice(1_000).map(({ at }) => at - from)
    expect(waits).toHaveLength(1_000)
    const slots = Array.from({ length: 20 }, () => 0)
    for (const wait of waits) {
      expect(wait).toBeGreaterThanOrEqual(240_000)
      expect(wait).toBeLessThanOrEqual(360_000)
      slots[Math.min(19, Math.floor((wait - 240_000) / 6_000))]! += 1
    }
    const mean = 1_000 / slots.length
    for (const count of slots) expect(count).toBeLessThanOrEqual(2 * mean)
  }, 60_000)

  it('ENG-13 runs a schedule of nine hours in nine seconds, and signs with the real time', async () => {
    const rig = await createDispatchRig({ answer: () => answered(500), timeScale: 3_600 })
    const endpoint = await rig.addEndpoint('crawlux')
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(9_000)
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'failed', tries: 6 })
    const waits = [60, 300, 1_800, 7_200, 21_600].map((seconds) => Math.ceil((seconds * 1_000) / 3_600) / 1_000)
    expect(rig.gaps()).toEqual(waits)
    for (const { headers, at } of rig.sent) {
      expect(headerValue(headers, 'X-Crawlux-Timestamp')).toBe(String(Math.floor(at / 1_000)))
    }
  })
})

import { describe, expect, it, onTestFinished } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { newDelivery } from '#main/engine/delivery/new-delivery.ts'
import type { TransportResult } from '#main/engine/ports.ts'
import { ids, newEvent } from '#test/conformance/store/records.ts'
import { answered, createDispatchRig, refused, type SentRequest } from './dispatch-rig.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const TIMED_OUT: TransportResult = { ...refused, failure: { code: 'timed_out', phase: 'headers', detail: '15 s' } }

/** An answer for each request by hand, oldest first. */
function byHand() {
  const open: ((result: TransportResult) => void)[] = []
  return {
    answer: (_request: SentRequest) => new Promise<TransportResult>((resolve) => void open.push(resolve)),
    give: (result: TransportResult) => open.shift()?.(result),
  }
}

describe('a clock that is set', () => {
  const JUMPS: readonly [string, number][] = [
    ['an hour forward', HOUR],
    ['an hour back', -HOUR],
    ['ten years back', -10 * 365 * 24 * HOUR],
  ]

  it.each(JUMPS)('DL24 %s changes no wait: no burst, no stall', async (_name, jump) => {
    const rig = await createDispatchRig({ answer: () => answered(500) })
    const endpoint = await rig.addEndpoint('crawlux')
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(20_000)
    const before = rig.clock.monotonic()
    rig.clock.setWall(rig.clock.now() + jump)
    const sentBefore = rig.sent.length
    await rig.clock.advance(39_000)
    expect(rig.sent).toHaveLength(sentBefore)
    await rig.clock.advance(2_000)
    expect(rig.sent).toHaveLength(sentBefore + 1)
    expect(rig.clock.monotonic() - before).toBeLessThan(MINUTE)
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'scheduled', tries: 2 })
    expect((await rig.delivery(delivery!)).dueAt).toBeLessThanOrEqual(rig.clock.now() + 5 * MINUTE)
  })

  it.each(JUMPS)('DL24 %s delays no new event', async (_name, jump) => {
    const rig = await createDispatchRig({ answer: (_request, index) => answered(index === 0 ? 500 : 200) })
    const endpoint = await rig.addEndpoint('crawlux')
    await rig.dispatcher.start()
    const [waiting] = await rig.compose(endpoint.id)
    await rig.clock.advance(1_000)
    rig.clock.setWall(rig.clock.now() + jump)
    const [fresh] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    expect(await rig.delivery(fresh!)).toMatchObject({ state: 'succeeded' })
    expect(await rig.delivery(waiting!)).toMatchObject({ state: 'scheduled' })
    await rig.clock.advance(61_000)
    expect(await rig.delivery(waiting!)).toMatchObject({ state: 'succeeded' })
  })

  it('DL24 RPL-4 makes no delivery that is older than its event', () => {
    const { projectId, id, type } = newEvent(ids.next('prj'), new Uint8Array())
    const event = { projectId, id, type, receivedAt: 2 * HOUR }
    const made = (now: number) => newDelivery({ event, to: { url: 'http://a.test' }, replay: null }, { ids, now })
    expect(made(HOUR)).toMatchObject({ createdAt: 2 * HOUR, dueAt: HOUR })
    expect(made(3 * HOUR)).toMatchObject({ createdAt: 3 * HOUR, dueAt: 3 * HOUR })
  })

  it('DL24 counts what an attempt in flight has to wait from the new time', async () => {
    const hand = byHand()
    const rig = await createDispatchRig({ answer: hand.answer })
    const endpoint = await rig.addEndpoint('crawlux')
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    rig.clock.setWall(rig.clock.now() - HOUR)
    hand.give(answered(500))
    await rig.clock.advance(0)
    expect((await rig.delivery(delivery!)).dueAt! - rig.clock.now()).toBe(MINUTE)
  })

  it('DL24 signs and records with the time of the wall', async () => {
    const rig = await createDispatchRig()
    const endpoint = await rig.addEndpoint('standard')
    await rig.dispatcher.start()
    rig.clock.setWall(rig.clock.now() + HOUR)
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    const [request] = rig.sent
    const timestamp = request!.headers.find(([name]) => name.toLowerCase() === 'webhook-timestamp')?.[1]
    expect(Number(timestamp)).toBe(Math.floor(rig.clock.now() / 1_000))
    expect(await rig.attempts(delivery!)).toMatchObject([{ startedAt: rig.clock.now() }])
  })

  it('DL24 set back while nothing ran stretches no wait', async () => {
    const store = createMemoryStore()
    const rig = await createDispatchRig({ store, answer: () => answered(500) })
    const endpoint = await rig.addEndpoint('crawlux')
    await rig.dispatcher.start()
    await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    await rig.dispatcher.stop(0)
    rig.clock.setWall(rig.clock.now() - 10 * 365 * 24 * HOUR)
    const next = await createDispatchRig({ store, clock: rig.clock, seed: 2, directory: { endpoint: () => endpoint } })
    await next.dispatcher.start()
    await next.clock.advance(59_000)
    expect(next.sent).toEqual([])
    await next.clock.advance(2_000)
    expect(next.sent).toHaveLength(1)
  })

  it.each(['America/New_York', 'Europe/Berlin'])('DL25 knows no daylight saving: %s', async (zone) => {
    const { TZ } = process.env
    process.env['TZ'] = zone
    onTestFinished(() => {
      if (TZ === undefined) delete process.env['TZ']
      else process.env['TZ'] = TZ
    })
    const rig = await createDispatchRig({ answer: () => answered(500) })
    // Both zones change within these two weeks of 2026.
    for (const start of [Date.UTC(2026, 2, 8, 5, 30), Date.UTC(2026, 2, 28, 23, 30)]) {
      rig.clock.setWall(start)
      rig.sent.length = 0
      const endpoint = await rig.addEndpoint('crawlux', `at-${start}`)
      await rig.dispatcher.start()
      await rig.compose(endpoint.id)
      await rig.clock.advance(10 * HOUR)
      expect(rig.gaps()).toEqual([60, 300, 1_800, 7_200, 21_600])
    }
  })

  it('M16 waits thirty days without a timer that fires at once', async () => {
    const rig = await createDispatchRig({ answer: () => answered(503) })
    const endpoint = await rig.addEndpoint({
      preset: 'standard',
      schedule: { kind: 'list', waitsMs: [30 * 24 * HOUR], repeat: null, jitter: 0 },
    })
    await rig.dispatcher.start()
    await rig.compose(endpoint.id)
    await rig.clock.advance(HOUR)
    expect(rig.sent).toHaveLength(1)
    for (const waitMs of rig.clock.pending()) expect(waitMs).toBeLessThan(2 ** 31)
    await rig.clock.advance(30 * 24 * HOUR)
    expect(rig.sent).toHaveLength(2)
  })
})

describe('a machine that sleeps', () => {
  it('DL26 sends 500 that fell due meanwhile oldest first, at a rate that grows, within the concurrency', async () => {
    let busy = 0
    let mostBusy = 0
    const rig = await createDispatchRig({
      answer: async (_request, index) => {
        if (index < 500) return answered(500)
        mostBusy = Math.max(mostBusy, ++busy)
        await Promise.resolve()
        busy--
        return answered(200)
      },
    })
    const endpoint = await rig.addEndpoint({ preset: 'crawlux', concurrency: 4 })
    await rig.dispatcher.start()
    for (let count = 0; count < 500; count++) await rig.compose(endpoint.id)
    await rig.clock.advance(1_000)
    expect(rig.sent).toHaveLength(500)
    const firstOrder = rig.sent.map(({ deliveryId }) => deliveryId)
    rig.clock.sleep(8 * HOUR)
    await rig.clock.advance(30_000)
    const wokeAt = rig.clock.monotonic()
    await rig.clock.advance(5_000)
    const early = rig.sent.length - 500
    expect(early).toBeGreaterThan(0)
    expect(early).toBeLessThanOrEqual(60)
    await rig.clock.advance(MINUTE)
    expect(rig.sent).toHaveLength(1_000)
    expect(rig.sent.slice(500).map(({ deliveryId }) => deliveryId)).toEqual(firstOrder)
    expect(mostBusy).toBeLessThanOrEqual(4)
    expect(wokeAt).toBeGreaterThan(0)
  })

  it('DL26 waits for the network before it sends again', async () => {
    const rig = await createDispatchRig()
    const endpoint = await rig.addEndpoint('crawlux')
    await rig.dispatcher.start()
    rig.dispatcher.suspend()
    await rig.compose(endpoint.id)
    await rig.clock.advance(HOUR)
    expect(rig.sent).toEqual([])
    rig.dispatcher.resume()
    await rig.clock.advance(4_999)
    expect(rig.sent).toEqual([])
    await rig.clock.advance(1)
    expect(rig.sent).toHaveLength(1)
  })

  it.each(['told', 'noticed'])(
    'DL26 counts an attempt that the sleep cut as interrupted, where it is %s',
    async (how) => {
      const hand = byHand()
      const rig = await createDispatchRig({ answer: hand.answer })
      const endpoint = await rig.addEndpoint('standard')
      await rig.dispatcher.start()
      const [delivery] = await rig.compose(endpoint.id)
      await rig.clock.advance(0)
      if (how === 'told') {
        rig.dispatcher.suspend()
        rig.dispatcher.resume()
      } else rig.clock.sleep(8 * HOUR)
      hand.give(TIMED_OUT)
      await rig.clock.advance(0)
      expect(await rig.delivery(delivery!)).toMatchObject({ state: 'scheduled', tries: 0, attempts: 1 })
      expect(rig.endpoints.get(endpoint.id)).toMatchObject({ consecutiveFailures: 0 })
      expect(await rig.attempts(delivery!)).toMatchObject([
        { outcome: 'interrupted', failure: { code: 'interrupted' } },
      ])
      await rig.clock.advance(5_000)
      hand.give(answered(200))
      await rig.clock.advance(0)
      expect(await rig.delivery(delivery!)).toMatchObject({ state: 'succeeded', tries: 1, attempts: 2 })
      expect(new Set(rig.sent.map(({ deliveryId }) => deliveryId)).size).toBe(1)
    },
  )

  it('DL26 takes an answer that came all the same', async () => {
    const hand = byHand()
    const rig = await createDispatchRig({ answer: hand.answer })
    const endpoint = await rig.addEndpoint('standard')
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    rig.clock.sleep(HOUR)
    hand.give(answered(404))
    await rig.clock.advance(0)
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'failed', tries: 1 })
  })
})

import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'
import { answered } from './delivery/dispatch-rig.ts'
import { createRunningEngine } from './running-engine.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

describe('retrying by hand', () => {
  it('ENG-12 CRX-4 is allowed for seven days from the event, and refused afterwards with the date', async () => {
    const rig = await createRunningEngine({ answer: () => answered(500) })
    await rig.addEndpoint({ policy: 'crawlux' })
    const { deliveries } = await rig.compose()
    const until = new Date(rig.clock.now() + 7 * DAY)
    await rig.clock.advance(DAY)
    expect(await rig.delivery(deliveries[0]!)).toMatchObject({ state: 'failed', tries: 6 })
    await rig.clock.advance(6 * DAY)
    await rig.engine.deliveries.retry(await rig.delivery(deliveries[0]!))
    await rig.clock.advance(0)
    expect(await rig.delivery(deliveries[0]!)).toMatchObject({ state: 'failed', attempts: 7 })
    await rig.clock.advance(1)
    await expect(rig.engine.deliveries.retry(await rig.delivery(deliveries[0]!))).rejects.toMatchObject({
      code: 'retry_window_over',
      message: expect.stringContaining(until.toISOString()),
    })
  })

  it('ENG-13 runs the next attempt now, as the try that it is', async () => {
    const rig = await createRunningEngine({ answer: () => answered(500) })
    await rig.addEndpoint({ policy: 'crawlux' })
    const { deliveries } = await rig.compose()
    for (let tries = 1; tries <= 5; tries++) {
      await rig.clock.advance(0)
      expect(await rig.delivery(deliveries[0]!)).toMatchObject({ state: 'scheduled', tries })
      await rig.engine.deliveries.retry(await rig.delivery(deliveries[0]!))
    }
    await rig.clock.advance(0)
    expect(await rig.delivery(deliveries[0]!)).toMatchObject({ state: 'failed', tries: 6 })
    expect(rig.sent.map(({ at }) => at)).toEqual(Array.from({ length: 6 }, () => rig.clock.now()))
  })

  it('ENG-13 also runs what waits already faster, from the moment that the scale changes', async () => {
    const rig = await createRunningEngine({ answer: () => answered(500) })
    await rig.addEndpoint({ policy: 'crawlux' })
    await rig.compose()
    await rig.clock.advance(0)
    await rig.engine.projects.update(rig.project.id, { timeScale: 60 })
    await rig.clock.advance(1_000)
    expect(rig.sent).toHaveLength(2)
    await rig.clock.advance(10 * 60_000)
    expect(rig.sent).toHaveLength(6)
  })
})

describe('a new URL', () => {
  const OLD = 'http://old.test/hook'
  const NEW = 'http://new.test/hook'

  it.each([
    ['follow', undefined, NEW],
    ['keep', undefined, OLD],
    ['follow', 'keep', OLD],
    ['keep', 'follow', NEW],
  ] as const)('ENG-14 under the policy %s with %s sends what waits to %s', async (policy, scheduled, expected) => {
    const clock = createFakeClock()
    const store = createMemoryStore()
    const rig = await createRunningEngine({ clock, store, answer: () => answered(500) })
    const endpoint = await rig.addEndpoint({
      url: OLD,
      provider: 'none',
      policy: { preset: 'crawlux', scheduled: policy },
    })
    const { deliveries } = await rig.compose()
    await rig.clock.advance(0)
    await rig.engine.endpoints.update(endpoint, { url: NEW, scheduled }, rig.actor)
    const [waiting] = deliveries
    expect(rig.engine.deliveries.url(await rig.delivery(waiting!))).toBe(expected)
    await rig.clock.advance(61_000)
    await rig.stop()
    const again = await createRunningEngine({ clock, store, answer: () => answered(500) })
    await again.clock.advance(301_000)
    const fresh = await again.compose()
    await again.clock.advance(0)
    expect(
      [...rig.sent, ...again.sent].filter(({ deliveryId }) => deliveryId === waiting!.id).map(({ url }) => url),
    ).toEqual([OLD, expected, expected])
    expect(again.sent.at(-1)).toMatchObject({ url: NEW, deliveryId: fresh.deliveries[0]!.id })
  })

  it('ENG-14 leaves what waits alone where only other things change', async () => {
    const rig = await createRunningEngine({ answer: () => answered(500) })
    const endpoint = await rig.addEndpoint({ url: OLD, policy: 'crawlux' })
    const { deliveries } = await rig.compose()
    await rig.clock.advance(0)
    await rig.engine.endpoints.update(endpoint, { name: 'renamed', scheduled: 'keep' }, rig.actor)
    expect(await rig.delivery(deliveries[0]!)).toMatchObject({ pinnedVersionId: null })
  })
})

describe('what goes while deliveries wait', () => {
  it('EN22 a deleted source leaves its deliveries to go on, and visible', async () => {
    const rig = await createRunningEngine({ answer: (_request, index) => answered(index === 0 ? 500 : 200) })
    await rig.addEndpoint({ policy: 'crawlux' })
    const { source, event } = await rig.capture([])
    await rig.clock.advance(0)
    await rig.engine.sources.delete(source)
    expect(rig.engine.capture.sourceOf('inbox')).toBeNull()
    await rig.clock.advance(HOUR)
    expect(await rig.listed({ eventId: event.id })).toMatchObject([{ state: 'succeeded', tries: 2 }])
  })

  it('EN22 a deleted endpoint cancels what waits, and nothing is sent afterwards', async () => {
    const rig = await createRunningEngine({ answer: () => answered(500) })
    const endpoint = await rig.addEndpoint({ policy: 'crawlux' })
    const { eventId } = await rig.compose()
    await rig.clock.advance(0)
    expect(await rig.engine.endpoints.delete(endpoint)).toEqual({ canceled: 1 })
    await rig.clock.advance(DAY)
    expect(rig.sent).toHaveLength(1)
    expect(await rig.listed({ eventId })).toMatchObject([{ state: 'canceled', attempts: 1 }])
  })
})

describe('an endpoint that its breaker paused', () => {
  it('EN17 is tried with the first event that comes after the cool-down', async () => {
    const rig = await createRunningEngine({ answer: (_request, index) => answered(index < 2 ? 404 : 200) })
    const breaker = { consecutiveFailures: 2, probeAfterMs: 60_000 }
    const endpoint = await rig.addEndpoint({ policy: { preset: 'standard', breaker } })
    await rig.compose()
    await rig.compose()
    await rig.clock.advance(HOUR)
    expect(rig.engine.endpoints.resolve(rig.project.id, endpoint.id)).toMatchObject({ pausedReason: 'breaker' })
    expect(rig.sent).toHaveLength(2)
    const { deliveries } = await rig.compose()
    await rig.clock.advance(0)
    expect(await rig.delivery(deliveries[0]!)).toMatchObject({ state: 'succeeded' })
    expect(rig.engine.endpoints.resolve(rig.project.id, endpoint.id)).toMatchObject({ state: 'active' })
  })

  it('ENG-6b disabled by a person is probed no more, until it is enabled', async () => {
    const rig = await createRunningEngine({ answer: (_request, index) => answered(index < 2 ? 500 : 200) })
    const breaker = { consecutiveFailures: 2, probeAfterMs: 60_000 }
    const endpoint = await rig.addEndpoint({ policy: { preset: 'standard', breaker } })
    await rig.compose()
    await rig.compose()
    await rig.clock.advance(0)
    const latest = () => rig.engine.endpoints.resolve(rig.project.id, endpoint.id)
    await rig.engine.endpoints.update(latest(), { enabled: false }, rig.actor)
    await rig.clock.advance(HOUR)
    expect(rig.sent).toHaveLength(2)
    await rig.engine.endpoints.update(latest(), { enabled: true }, rig.actor)
    await rig.clock.advance(1_000)
    expect(rig.sent).toHaveLength(4)
  })

  it('ENG-6 takes up probing where it is configured while paused', async () => {
    const rig = await createRunningEngine({ answer: (_request, index) => answered(index < 2 ? 500 : 200) })
    const policy = { preset: 'standard', breaker: { consecutiveFailures: 2, probeAfterMs: null } }
    const endpoint = await rig.addEndpoint({ policy })
    await rig.compose()
    await rig.compose()
    await rig.clock.advance(HOUR)
    expect(rig.sent).toHaveLength(2)
    const probing = { ...policy, breaker: { consecutiveFailures: 2, probeAfterMs: 60_000 } }
    await rig.engine.endpoints.update(
      rig.engine.endpoints.resolve(rig.project.id, endpoint.id),
      { policy: probing },
      rig.actor,
    )
    await rig.clock.advance(1_000)
    expect(rig.sent).toHaveLength(4)
  })
})

describe('a failure notification', () => {
  it('ENG-11 goes to the project’s URL, is an event that anyone can see, and reaches no endpoint', async () => {
    const rig = await createRunningEngine({ answer: ({ url }) => answered(url.includes('ops') ? 200 : 500) })
    await rig.engine.projects.update(rig.project.id, { notificationUrl: 'http://ops.test/failures' })
    const seen: string[] = []
    rig.engine.changes.subscribe((change) => {
      if (change.type === 'event.captured') seen.push(change.event.type)
    })
    await rig.addEndpoint({ policy: { preset: 'once', notifyOnFailure: true } })
    await rig.compose()
    await rig.clock.advance(0)
    expect(rig.sent.map(({ url }) => url)).toEqual(['http://receiver.test/hook', 'http://ops.test/failures'])
    expect(seen).toEqual(['audit.completed', 'callback-failed'])
  })
})

import { describe, expect, it } from 'vitest'
import type { TransportResult } from '#main/engine/ports.ts'
import { NO_TIMINGS } from '#shared/model/attempt.ts'
import type { FailureCode, Phase } from '#shared/model/failure.ts'
import { answered, createDispatchRig, refused, type Answering, type DispatchRig } from './dispatch-rig.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

function fault(code: FailureCode, phase: Phase): TransportResult {
  return { response: null, failure: { code, phase, detail: code }, timings: NO_TIMINGS }
}

/** One delivery under `policy`, run to its end. */
async function runOne(policy: string, answer: Answering, fraction = 0.5): Promise<DispatchRig> {
  const rig = await createDispatchRig({ answer, random: { fraction: () => fraction } })
  const endpoint = await rig.addEndpoint(policy)
  await rig.dispatcher.start()
  await rig.compose(endpoint.id)
  await rig.clock.advance(2 * DAY)
  return rig
}

const stateOf = (rig: DispatchRig) => rig.published.at(-1)!

describe('crawlux', () => {
  it('CRX-3 waits 1, 5, 30, 120 and 360 min from the end of each slow attempt, and fails after the sixth', async () => {
    const rig = await createDispatchRig({
      answer: () => new Promise((resolve) => void rig.clock.after(5_000, () => resolve(fault('timed_out', 'headers')))),
    })
    const endpoint = await rig.addEndpoint('crawlux')
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(2 * DAY)
    expect(rig.gaps()).toEqual([60, 300, 1_800, 7_200, 21_600].map((seconds) => seconds + 5))
    expect(rig.sent.at(-1)!.at - rig.sent[0]!.at).toBeLessThan(DAY)
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'failed', tries: 6 })
  })

  it.each([
    ['any 4xx', answered(404)],
    ['410', answered(410)],
    ['Retry-After', answered(429, [['Retry-After', '86400']])],
    [
      'a wish to stop',
      answered(500, [
        ['webhook-delivery', 'disable'],
        ['X-Slack-No-Retry', '1'],
      ]),
    ],
    ['a redirect', answered(302, [['Location', 'http://elsewhere.test/']])],
    ['a certificate', fault('tls_expired', 'tls')],
    ['what is not HTTP', fault('invalid_answer', 'headers')],
  ])('CRX-3 is not changed by %s', async (_name, result) => {
    const rig = await runOne('crawlux', () => result)
    expect(rig.gaps()).toEqual([60, 300, 1_800, 7_200, 21_600])
    expect([...rig.endpoints.values()]).toMatchObject([{ state: 'active' }])
  })

  it.each([200, 201, 204, 226, 299])('CRX-3 takes a %i as success and has 5 s for it', async (status) => {
    const rig = await runOne('crawlux', () => answered(status))
    expect(rig.sent.map(({ timeoutMs }) => timeoutMs)).toEqual([5_000])
    expect(stateOf(rig)).toMatchObject({ state: 'succeeded' })
  })

  it('CRX-3 has no breaker: a hundred failing events are all tried to their end', async () => {
    const rig = await createDispatchRig({ answer: () => refused })
    const endpoint = await rig.addEndpoint('crawlux')
    for (let count = 0; count < 100; count++) await rig.compose(endpoint.id)
    await rig.dispatcher.start()
    await rig.clock.advance(2 * DAY)
    expect(rig.sent).toHaveLength(600)
    expect(rig.endpoints.get(endpoint.id)).toMatchObject({ state: 'active', consecutiveFailures: 600 })
  })
})

describe('apifycloud', () => {
  it.each([
    [0, [4, 16]],
    [0.5, [5, 20]],
    [1 - Number.EPSILON, [6, 24]],
  ])('APC-2 makes three attempts 5 s and 20 s apart, spread by a fifth, at a chance of %f', async (chance, gaps) => {
    const rig = await runOne('apifycloud', () => answered(503), chance)
    expect(rig.gaps()).toEqual(gaps)
    expect(rig.sent.map(({ timeoutMs }) => timeoutMs)).toEqual([10_000, 10_000, 10_000])
    expect(stateOf(rig)).toMatchObject({ state: 'failed', tries: 3 })
  })

  it('APC-2 EN27 really spreads its waits over ±20 %', async () => {
    const rig = await createDispatchRig({ answer: () => answered(500) })
    const endpoint = await rig.addEndpoint({ preset: 'apifycloud', breaker: null, concurrency: 1_000 })
    for (let count = 0; count < 400; count++) await rig.compose(endpoint.id)
    await rig.dispatcher.start()
    await rig.clock.advance(HOUR)
    const sends = Map.groupBy(rig.sent, ({ deliveryId }) => deliveryId)
    const waits = [...sends.values()].map(([first, second]) => second!.at - first!.at)
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(4_000)
    expect(Math.max(...waits)).toBeLessThanOrEqual(6_000)
    const fifths = [0, 1, 2, 3, 4].map(
      (fifth) => waits.filter((wait) => Math.min(4, Math.floor((wait - 4_000) / 400)) === fifth).length,
    )
    expect(Math.min(...fifths)).toBeGreaterThan(40)
    expect(Math.max(...fifths)).toBeLessThan(160)
  })

  it.each([
    ['DNS', fault('dns_not_found', 'dns')],
    ['refused', refused],
    ['TLS', fault('tls_untrusted', 'tls')],
    ['reset', fault('connection_reset', 'headers')],
    ['timeout', fault('timed_out', 'headers')],
    ['500', answered(500)],
    ['599', answered(599)],
  ])('APC-2 takes %s as transient', async (_name, result) => {
    const rig = await runOne('apifycloud', (_request, index) => (index < 2 ? result : answered(200)))
    expect(rig.sent).toHaveLength(3)
    expect(stateOf(rig)).toMatchObject({ state: 'succeeded' })
  })

  it.each([
    ...[400, 401, 404, 406, 408, 410, 425, 429, 499, 302, 304].map((status) => ({
      name: String(status),
      result: answered(status),
    })),
    { name: 'invalid HTTP', result: fault('invalid_answer', 'headers') },
  ])('APC-2 takes $name as final', async ({ result }) => {
    const rig = await runOne('apifycloud', () => result)
    expect(rig.sent).toHaveLength(1)
    expect(stateOf(rig)).toMatchObject({ state: 'failed', tries: 1 })
    expect([...rig.endpoints.values()]).toMatchObject([{ state: 'active', consecutiveFailures: 1 }])
  })

  it('APC-2 pauses at exactly 20 failures in a row across events, and not at 19', async () => {
    const rig = await createDispatchRig({ answer: () => answered(404) })
    const endpoint = await rig.addEndpoint('apifycloud')
    await rig.dispatcher.start()
    for (let count = 0; count < 19; count++) {
      await rig.compose(endpoint.id)
      await rig.clock.advance(SECOND)
    }
    expect(rig.endpoints.get(endpoint.id)).toMatchObject({ state: 'active', consecutiveFailures: 19 })
    await rig.compose(endpoint.id)
    await rig.clock.advance(SECOND)
    expect(rig.endpoints.get(endpoint.id)).toMatchObject({ state: 'paused', pausedReason: 'breaker' })
    const [late] = await rig.compose(endpoint.id)
    await rig.clock.advance(30 * DAY)
    expect(rig.sent).toHaveLength(20)
    expect(await rig.delivery(late!)).toMatchObject({ state: 'held', attempts: 0 })
  })

  it.each([1, 16, 1_000])(
    'APC-2 never sends a 21st with many due at once, %i at a time, until a person resumes',
    async (concurrency) => {
      const rig = await createDispatchRig({
        answer: () => new Promise((resolve) => void rig.clock.after(700, () => resolve(answered(503)))),
      })
      const endpoint = await rig.addEndpoint({ preset: 'apifycloud', concurrency })
      for (let count = 0; count < 300; count++) await rig.compose(endpoint.id)
      await rig.dispatcher.start()
      await rig.clock.advance(30 * DAY)
      expect(rig.sent).toHaveLength(20)
      expect(rig.endpoints.get(endpoint.id)).toMatchObject({ state: 'paused', consecutiveFailures: 20 })
      await rig.resume(endpoint.id)
      await rig.clock.advance(HOUR)
      expect(rig.sent).toHaveLength(40)
    },
  )

  it('APC-2 starts counting anew after one success', async () => {
    const rig = await createDispatchRig({ answer: (_request, index) => answered(index === 19 ? 200 : 404) })
    const endpoint = await rig.addEndpoint('apifycloud')
    await rig.dispatcher.start()
    for (let count = 0; count < 39; count++) {
      await rig.compose(endpoint.id)
      await rig.clock.advance(SECOND)
    }
    expect(rig.endpoints.get(endpoint.id)).toMatchObject({ state: 'active', consecutiveFailures: 19 })
  })

  it('APC-2 APC-4 sends an envelope of at most 64 KiB; a byte more fails unsent and counts for nothing', async () => {
    const first = await createDispatchRig({ body: '""' })
    const probe = await first.addEndpoint('apifycloud')
    await first.dispatcher.start()
    await first.compose(probe.id)
    await first.clock.advance(0)
    const envelope = first.sent[0]!.body.byteLength
    for (const [spare, state, sends] of [
      [0, 'succeeded', 1],
      [1, 'failed', 0],
    ] as const) {
      const rig = await createDispatchRig({ body: JSON.stringify('x'.repeat(65_536 - envelope + spare)) })
      const endpoint = await rig.addEndpoint('apifycloud')
      await rig.dispatcher.start()
      const [delivery] = await rig.compose(endpoint.id)
      await rig.clock.advance(DAY)
      expect(rig.sent).toHaveLength(sends)
      expect(rig.sent.map(({ body }) => body.byteLength)).toEqual(sends === 0 ? [] : [65_536])
      expect(await rig.delivery(delivery!)).toMatchObject({
        state,
        lastFailure: state === 'failed' ? 'body_too_large' : null,
      })
      expect(rig.endpoints.get(endpoint.id)).toMatchObject({ consecutiveFailures: 0 })
    }
    expect(JSON.parse(new TextDecoder().decode(first.sent[0]!.body))).toEqual({
      id: expect.stringMatching(/^evt_/),
      type: 'audit.completed',
      createdAt: expect.stringMatching(/Z$/),
      data: '',
    })
  })
})

describe('lumar', () => {
  it.each([200, 201, 202, 203, 204])('LUM-2 takes a %i as success, with 30 s for it', async (status) => {
    const rig = await runOne('lumar', () => answered(status))
    expect(stateOf(rig)).toMatchObject({ state: 'succeeded' })
    expect(rig.sent.map(({ timeoutMs }) => timeoutMs)).toEqual([30_000])
  })

  it.each([
    ...[205, 206, 207, 226, 299, 302, 404, 410, 429, 500, 503].map((status) => ({
      name: String(status),
      result: answered(status, [['Retry-After', '1']]),
    })),
    { name: 'a timeout', result: fault('timed_out', 'headers') },
    { name: 'a refused connection', result: refused },
  ])('LUM-2 fails after one attempt on $name', async ({ result }) => {
    const rig = await runOne('lumar', () => result)
    expect(rig.sent).toHaveLength(1)
    const [request] = rig.sent
    expect(await rig.delivery({ id: request!.deliveryId as never })).toMatchObject({ state: 'failed', tries: 1 })
    expect([...rig.endpoints.values()]).toMatchObject([{ state: 'active' }])
  })

  it('LUM-2 posts the top-level fields as a form, nested ones as JSON, null as nothing', async () => {
    const rig = await createDispatchRig({ body: '{"a":"x y","b":{"c":[1,2.0]},"d":null,"e":true}' })
    const endpoint = await rig.addEndpoint('lumar')
    await rig.dispatcher.start()
    await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    const [request] = rig.sent
    expect(request).toMatchObject({ method: 'POST' })
    expect(request!.headers).toContainEqual(['Content-Type', 'application/x-www-form-urlencoded'])
    expect([...new URLSearchParams(new TextDecoder().decode(request!.body))]).toEqual([
      ['a', 'x y'],
      ['b', '{"c":[1,2.0]}'],
      ['d', ''],
      ['e', 'true'],
    ])
  })

  it('LUM-2 ENG-11 tells the notification URL once of a callback that failed, and never of that telling', async () => {
    const rig = await createDispatchRig({ notificationUrl: 'http://told.test/failed', answer: () => answered(205) })
    const endpoint = await rig.addEndpoint('lumar')
    await rig.dispatcher.start()
    await rig.compose(endpoint.id)
    await rig.clock.advance(DAY)
    expect(rig.sent.map(({ url }) => url)).toEqual(['http://receiver.test/hook', 'http://told.test/failed'])
  })
})

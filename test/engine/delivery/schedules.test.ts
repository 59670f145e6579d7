import { describe, expect, it } from 'vitest'
import { answered, createDispatchRig, refused } from './dispatch-rig.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('schedules', () => {
  it('CRX-3 sends six times at gaps of 1, 5, 30, 120 and 360 min, whatever the answer is, and then fails', async () => {
    const answers = [
      refused,
      answered(404),
      answered(410),
      answered(302),
      answered(429, [['Retry-After', '7200']]),
      answered(500),
    ]
    const rig = await createDispatchRig({ answer: (_request, index) => answers[index] ?? answered(200) })
    const endpoint = await rig.addEndpoint('crawlux')
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(2 * DAY)
    expect(rig.gaps()).toEqual([60, 300, 1_800, 7_200, 21_600])
    expect(await rig.delivery(delivery!)).toMatchObject({
      state: 'failed',
      tries: 6,
      attempts: 6,
      lastStatus: 500,
      lastFailure: 'server_error',
    })
    expect(rig.endpoints.get(endpoint.id)).toMatchObject({ state: 'active' })
  })

  it('CRX-3 measures each gap from the end of the attempt before', async () => {
    const rig = await createDispatchRig({
      answer: () => new Promise((resolve) => void rig.clock.after(4_000, () => resolve(answered(500)))),
    })
    const endpoint = await rig.addEndpoint('crawlux')
    await rig.dispatcher.start()
    await rig.compose(endpoint.id)
    await rig.clock.advance(10 * MINUTE)
    expect(rig.gaps()).toEqual([64, 304])
  })

  it('CRX-2 sends the same delivery id with every attempt', async () => {
    const rig = await createDispatchRig({ answer: () => answered(500) })
    const endpoint = await rig.addEndpoint('crawlux')
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(HOUR)
    const shown = rig.sent.map(({ headers }) => headers.find(([name]) => name === 'X-Crawlux-Delivery')?.[1])
    expect(new Set(shown)).toEqual(new Set([delivery!.id.replace('dlv_', 'del_')]))
    expect(shown).toHaveLength(4)
  })

  it('ENG-4 keeps to the standard schedule and stores the next attempt', async () => {
    const rig = await createDispatchRig({ answer: () => answered(503), random: { fraction: () => 0.5 } })
    const endpoint = await rig.addEndpoint({ preset: 'standard', breaker: null })
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(0)
    expect(await rig.delivery(delivery!)).toMatchObject({
      state: 'scheduled',
      dueAt: rig.clock.now() + 5_000,
      tries: 1,
    })
    expect(await rig.attempts(delivery!)).toMatchObject([{ outcome: 'failed', nextAttemptAt: rig.clock.now() + 5_000 }])
    await rig.clock.advance(3 * DAY)
    expect(rig.gaps()).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 36_000])
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'failed', tries: 8 })
  })

  it.each([400, 401, 403, 404, 422])('DL20 stops at once on a %i', async (status) => {
    const rig = await createDispatchRig({ answer: () => answered(status) })
    const endpoint = await rig.addEndpoint()
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(DAY)
    expect(rig.sent).toHaveLength(1)
    expect(await rig.delivery(delivery!)).toMatchObject({
      state: 'failed',
      lastStatus: status,
      lastFailure: 'client_error',
    })
  })

  it.each([408, 425, 429])('DL20 retries a %i', async (status) => {
    const rig = await createDispatchRig({ answer: (_request, index) => answered(index === 0 ? status : 200) })
    const endpoint = await rig.addEndpoint()
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(MINUTE)
    expect(rig.sent).toHaveLength(2)
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'succeeded', lastStatus: 200, lastFailure: null })
  })

  it('DL12 sends once where the answer is a redirect', async () => {
    const rig = await createDispatchRig({ answer: () => answered(307, [['Location', 'http://receiver.test/hook']]) })
    const endpoint = await rig.addEndpoint()
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(DAY)
    expect(rig.sent).toHaveLength(1)
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'failed', lastFailure: 'redirect' })
  })

  it('DL19 waits as long as Retry-After asks, and no shorter than the schedule says', async () => {
    const wishes = ['3600', '1']
    const rig = await createDispatchRig({
      answer: (_request, index) => (index < 2 ? answered(503, [['Retry-After', wishes[index]!]]) : answered(200)),
      random: { fraction: () => 0.5 },
    })
    const endpoint = await rig.addEndpoint()
    await rig.dispatcher.start()
    await rig.compose(endpoint.id)
    await rig.clock.advance(DAY)
    expect(rig.gaps()).toEqual([3_600, 300])
  })

  it('DL19 M16 waits for a Retry-After of the year 9999 no longer than the cap', async () => {
    const rig = await createDispatchRig({
      answer: (_request, index) =>
        index === 0 ? answered(503, [['Retry-After', 'Fri, 31 Dec 9999 23:59:59 GMT']]) : answered(200),
    })
    const endpoint = await rig.addEndpoint()
    await rig.dispatcher.start()
    await rig.compose(endpoint.id)
    await rig.clock.advance(2 * DAY)
    expect(rig.gaps()).toEqual([86_400])
  })

  it('ENG-13 runs waits faster and nothing else', async () => {
    const rig = await createDispatchRig({ answer: () => answered(500), timeScale: 60 })
    const endpoint = await rig.addEndpoint('crawlux')
    await rig.dispatcher.start()
    await rig.compose(endpoint.id)
    const startedAt = rig.clock.now()
    await rig.clock.advance(HOUR)
    expect(rig.gaps()).toEqual([1, 5, 30, 120, 360])
    expect(rig.sent.map(({ timeoutMs }) => timeoutMs)).toEqual(Array.from({ length: 6 }, () => 5_000))
    const stamps = rig.sent.map(({ headers }) => Number(headers.find(([name]) => name === 'X-Crawlux-Timestamp')?.[1]))
    expect(stamps).toEqual([0, 1, 6, 36, 156, 516].map((seconds) => Math.floor(startedAt / 1_000) + seconds))
  })

  it('ENG-12 tries a failed delivery once more by hand', async () => {
    const rig = await createDispatchRig({ answer: (_request, index) => answered(index < 7 ? 500 : 200) })
    const endpoint = await rig.addEndpoint('crawlux')
    await rig.dispatcher.start()
    const [delivery] = await rig.compose(endpoint.id)
    await rig.clock.advance(DAY)
    await rig.retryByHand(delivery!)
    await rig.clock.advance(DAY)
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'failed', tries: 7 })
    await rig.retryByHand(delivery!)
    await rig.clock.advance(0)
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'succeeded', tries: 8 })
    expect((await rig.attempts(delivery!)).map(({ trigger }) => trigger)).toEqual([
      ...Array(6).fill('automatic'),
      'manual',
      'manual',
    ])
  })

  it('sends a delivery to a bare URL once and unsigned', async () => {
    const rig = await createDispatchRig({ answer: () => refused })
    await rig.dispatcher.start()
    const [delivery] = await rig.compose({ url: 'http://bare.test/x?y=1' })
    await rig.clock.advance(DAY)
    expect(rig.sent.map(({ url }) => url)).toEqual(['http://bare.test/x?y=1'])
    expect(rig.sent[0]?.headers.map(([name]) => name)).not.toContain('webhook-signature')
    expect(await rig.delivery(delivery!)).toMatchObject({ state: 'failed', lastFailure: 'connect_refused' })
  })
})

import { describe, expect, it } from 'vitest'
import { headerValue } from '#shared/model/header.ts'
import { answered } from './delivery/dispatch-rig.ts'
import { createRunningEngine } from './running-engine.ts'

const MINUTE = 60_000

describe('a replay of many events', () => {
  it('EN25 keeps to the rate while automatic retries run, and each click is a replay of its own', async () => {
    const rig = await createRunningEngine({
      answer: ({ headers }) => answered(headerValue(headers, 'Hookloop-Replay') === null ? 500 : 200),
    })
    await rig.addEndpoint({ policy: { preset: 'crawlux', ratePerSecond: 20 } })
    const eventIds: string[] = []
    for (let count = 0; count < 200; count++) eventIds.push((await rig.compose()).eventId)
    await rig.clock.advance(30_000)
    const before = rig.sent.length
    const click = () => rig.engine.replays.create(rig.project.id, { eventIds, resign: true }, rig.actor)
    const [first, second] = [await click(), await click()]
    expect(first.replay.id).not.toBe(second.replay.id)
    await rig.clock.advance(2 * MINUTE)
    const sent = rig.sent.slice(before)
    const perSecond = Map.groupBy(sent, ({ at }) => Math.floor(at / 1_000))
    for (const [, group] of perSecond) expect(group.length).toBeLessThanOrEqual(21)
    for (const { replay } of [first, second]) {
      const replayed = sent.filter(({ headers }) => headerValue(headers, 'Hookloop-Replay') === replay.id)
      expect(
        replayed.map(({ headers }) => headerValue(headers, 'webhook-id') ?? headerValue(headers, 'Hookloop-Event')),
      ).toEqual(eventIds)
      expect(await rig.engine.replays.get(rig.project.id, replay.id)).toMatchObject({
        progress: { total: 200, done: 200, failed: 0, state: 'finished' },
      })
    }
    expect(sent.some(({ headers }) => headerValue(headers, 'Hookloop-Replay') === null)).toBe(true)
  }, 60_000)

  it('EN25 is canceled on the way: what waits is not sent, and the deliveries before it stay', async () => {
    const rig = await createRunningEngine()
    await rig.addEndpoint({ policy: { preset: 'crawlux', ratePerSecond: 10 } })
    const eventIds: string[] = []
    for (let count = 0; count < 100; count++) eventIds.push((await rig.compose()).eventId)
    await rig.clock.advance(20_000)
    expect(rig.sent).toHaveLength(100)
    const { replay } = await rig.engine.replays.create(rig.project.id, { eventIds, resign: true }, rig.actor)
    await rig.clock.advance(3_000)
    const { canceled, progress } = await rig.engine.replays.cancel(rig.project.id, replay.id)
    const replayed = rig.sent.length - 100
    expect(canceled).toBe(100 - replayed)
    expect(progress).toEqual({ total: 100, done: 100, failed: 0, state: 'finished' })
    await rig.clock.advance(10 * MINUTE)
    expect(rig.sent).toHaveLength(100 + replayed)
    expect(await rig.listed({ replayId: replay.id, states: ['canceled'] })).toHaveLength(canceled)
    expect(await rig.listed({ states: ['succeeded'] })).toHaveLength(100 + replayed)
    await expect(rig.engine.replays.cancel(rig.project.id, 'rpl_none')).rejects.toMatchObject({ code: 'not_found' })
  }, 60_000)
})

describe('a replay of a signed event', () => {
  const ORIGINAL: readonly [string, string][] = [
    ['Content-Type', 'application/json'],
    ['webhook-id', 'msg_original'],
    ['webhook-timestamp', '1700000000'],
    ['webhook-signature', 'v1,b3JpZ2luYWw='],
  ]

  it('EN26 is signed anew with the time of now, under the same event', async () => {
    const rig = await createRunningEngine()
    await rig.addEndpoint({ policy: 'standard' })
    const { event } = await rig.capture(ORIGINAL)
    await rig.clock.advance(60 * MINUTE)
    await rig.engine.replays.create(rig.project.id, { eventIds: [event.id], resign: true }, rig.actor)
    await rig.clock.advance(0)
    const [first, replayed] = rig.sent
    const timestamp = (request: typeof first) => Number(headerValue(request!.headers, 'webhook-timestamp'))
    expect(timestamp(replayed)).toBe(Math.floor(rig.clock.now() / 1_000))
    expect(timestamp(replayed) - timestamp(first)).toBe(3_600)
    expect(headerValue(replayed!.headers, 'webhook-id')).toBe(headerValue(first!.headers, 'webhook-id'))
    expect(headerValue(replayed!.headers, 'webhook-signature')).not.toBe(
      headerValue(first!.headers, 'webhook-signature'),
    )
  })

  it('EN26 keeps the original signature where that is asked for', async () => {
    const rig = await createRunningEngine()
    await rig.addEndpoint({ policy: 'standard' })
    const { event } = await rig.capture(ORIGINAL)
    await rig.engine.replays.create(rig.project.id, { eventIds: [event.id], resign: false }, rig.actor)
    await rig.clock.advance(0)
    const replayed = rig.sent.find(({ headers }) => headerValue(headers, 'Hookloop-Replay') !== null)
    for (const [name, value] of ORIGINAL) expect(headerValue(replayed!.headers, name)).toBe(value)
  })
})

import { describe, expect, it } from 'vitest'
import { headerValue } from '#shared/model/header.ts'
import { createRunningEngine } from '../running-engine.ts'

const MINUTE = 60_000

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
    await rig.engine.replays.create(
      rig.project.id,
      { selection: { eventIds: [event.id] }, ratePerSecond: null, resign: true },
      rig.actor,
    )
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
    await rig.engine.replays.create(
      rig.project.id,
      { selection: { eventIds: [event.id] }, ratePerSecond: null, resign: false },
      rig.actor,
    )
    await rig.clock.advance(0)
    const replayed = rig.sent.find(({ headers }) => headerValue(headers, 'Hookloop-Replay') !== null)
    for (const [name, value] of ORIGINAL) expect(headerValue(replayed!.headers, name)).toBe(value)
  })
})

import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { headerValue } from '#shared/model/header.ts'
import type { WantedReplay } from '#main/engine/engine.ts'
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

describe('a replay to a bare URL', () => {
  const URL = 'http://elsewhere.test/hook'
  const HEADERS: readonly [string, string][] = [
    ['Content-Type', 'application/json'],
    ['X-GitHub-Event', 'push'],
    ['X-Hub-Signature-256', 'sha256=0000'],
  ]

  /** A source whose sender signs, and an endpoint that signs in another way. */
  async function createSigned() {
    const rig = await createRunningEngine()
    const { engine, project } = rig
    await engine.sources.create(project.id, { name: 'github', slug: 'github', provider: 'github', secrets: ['s3cret'] })
    const endpoint = await rig.addEndpoint({ policy: 'standard', eventTypes: [] })
    const { event } = await rig.capture(HEADERS, 'github')
    const replay = async (signAs?: WantedReplay['signAs'], resign = true) => {
      const wanted = { selection: { eventIds: [event.id] }, url: URL, ratePerSecond: null, resign, signAs }
      const counted = await engine.replays.dryRun(project.id, wanted)
      await engine.replays.create(project.id, wanted, rig.actor)
      await rig.clock.advance(0)
      return { headers: rig.sent.at(-1)!.headers, unsigned: counted.unsigned }
    }
    return { ...rig, endpoint, event, replay }
  }

  it('RPL-2 is signed anew as the sender of its source does, with the secret of the source', async () => {
    const rig = await createSigned()
    const { headers, unsigned } = await rig.replay()
    const expected = createHmac('sha256', 's3cret').update('{"audit_id":"aud_1"}').digest('hex')
    expect(headers.filter(([name]) => name.toLowerCase() === 'x-hub-signature-256')).toEqual([
      [expect.any(String), `sha256=${expected}`],
    ])
    expect(unsigned).toBe(0)
  })

  it('RPL-2 is signed as a chosen endpoint does, or by nobody, or keeps its signature', async () => {
    const rig = await createSigned()
    const chosen = await rig.replay({ endpointId: rig.endpoint.id })
    expect(headerValue(chosen.headers, 'webhook-signature')).toMatch(/^v1,/)
    for (const { headers } of [await rig.replay('nobody'), await rig.replay(undefined, false)]) {
      expect(headerValue(headers, 'webhook-signature')).toBeNull()
      expect(headerValue(headers, 'X-Hub-Signature-256')).toBe('sha256=0000')
    }
  })

  it('RPL-2 whose source has no secret is counted as unsigned, and goes out all the same', async () => {
    const rig = await createRunningEngine()
    const { event } = await rig.capture(HEADERS)
    const wanted = { selection: { eventIds: [event.id] }, url: URL, ratePerSecond: null, resign: true }
    expect(await rig.engine.replays.dryRun(rig.project.id, wanted)).toMatchObject({ deliveries: 1, unsigned: 1 })
    await rig.engine.replays.create(rig.project.id, wanted, rig.actor)
    await rig.clock.advance(0)
    expect(headerValue(rig.sent.at(-1)!.headers, 'X-Hub-Signature-256')).toBe('sha256=0000')
  })

  it('RPL-2 names the field where a signer is given that would not sign', async () => {
    const rig = await createSigned()
    const selection = { eventIds: [rig.event.id] }
    const wanted = { selection, ratePerSecond: null, resign: true, signAs: 'source' } as const
    const refused = { code: 'invalid_request', field: 'signAs' }
    for (const order of [wanted, { ...wanted, url: URL, resign: false }])
      await expect(rig.engine.replays.dryRun(rig.project.id, order)).rejects.toMatchObject(refused)
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HeaderList } from '#shared/model/header.ts'
import type { SourceChange } from '#main/engine/engine.ts'
import { systemClock } from '#main/adapters/system/system-clock.ts'
import { providerOf, signedRequest } from '#test/providers/signed-request.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'
import { rawExchange } from '#test/support/raw-socket.ts'
import { type CaptureRig, startCaptureRig } from './capture-rig.ts'

const NOW = Date.UTC(2026, 10, 21, 9)
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const OLDER = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'

describe('a captured request', () => {
  let rig: CaptureRig
  beforeEach(async () => {
    const clock = { ...createFakeClock(NOW), after: systemClock.after }
    rig = await startCaptureRig({ clock, parts: { clock } })
  })
  afterEach(() => rig.stop())

  /** Sends by hand, so that headers stay as they are given; answers the status and the event that the sender is told. */
  async function send(slug: string, { headers = [], body = '{}' }: { headers?: HeaderList; body?: string } = {}) {
    const head = [
      ['Host', 'h'],
      ['Connection', 'close'],
      ['Content-Length', String(Buffer.byteLength(body))],
      ...headers,
    ]
    const lines = head.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    const path = slug.includes('/') ? slug : `/in/${slug}`
    const answer = await rawExchange(rig.port, Buffer.from(`POST ${path} HTTP/1.1\r\n${lines}\r\n${body}`))
    return { status: answer.status, eventId: answer.headers.get('hookloop-event') ?? '' }
  }

  const stored = (eventId: string) => rig.engine.events.get(rig.engine.projects.resolve('default').id, eventId)

  /** A source of a sender that follows Standard Webhooks, and messages as that one signs them. */
  async function standardSource(change: SourceChange = {}) {
    await rig.source('std', { provider: 'standard-webhooks', secrets: [SECRET], ...change })
    return ({ secret = SECRET, nowMs = NOW, id = 'msg_1', body = '{}' } = {}) => {
      const { signing } = providerOf('standard-webhooks')
      return {
        body,
        headers: signedRequest(signing!, { body: Buffer.from(body), secrets: [secret], nowMs, url: '', id }).headers,
      }
    }
  }

  async function verdictOf(message: { headers?: HeaderList; body?: string }, slug = 'std') {
    return (await stored((await send(slug, message)).eventId)).findings.verdict
  }

  it('CAP-5 is judged on arrival, over its very bytes', async () => {
    const sign = await standardSource()
    const body = '{ "total" : 1.10, "note": "é" }\r\n'
    expect(await verdictOf(sign({ body }))).toEqual({ verdict: 'valid', reason: null, provider: 'standard-webhooks' })
    expect(await verdictOf({ ...sign({ body }), body: body.trim() })).toMatchObject({
      verdict: 'invalid',
      reason: 'signature_mismatch',
    })
  })

  it('CAP-5 is judged by the time of its arrival, with the skew', async () => {
    const sign = await standardSource()
    expect(await verdictOf(sign({ nowMs: NOW - 301_000 }))).toMatchObject({
      reason: 'stale_timestamp',
      skewSeconds: 301,
    })
    expect(await verdictOf(sign({ nowMs: NOW + 301_000 }))).toMatchObject({
      reason: 'future_timestamp',
      skewSeconds: -301,
    })
    expect(await verdictOf(sign({ nowMs: NOW - 299_000 }))).toMatchObject({ verdict: 'valid' })
  })

  it('CAP-5 is proven by an older secret too, and says so', async () => {
    const sign = await standardSource({ secrets: [SECRET, OLDER] })
    expect(await verdictOf(sign({ secret: OLDER }))).toMatchObject({ verdict: 'valid', reason: 'previous_secret' })
  })

  it('CAP-5 is unchecked where its source has no secret, and has no verdict where its sender is unknown or never signs', async () => {
    const sign = await standardSource({ secrets: [] })
    expect(await verdictOf(sign())).toMatchObject({ verdict: 'unchecked', reason: 'no_secret' })
    expect(await verdictOf(sign(), 'inbox')).toBeNull()
  })

  it('CAP-5 is judged only when it came whole', async () => {
    await standardSource({ bodyLimitBytes: 1 })
    await send('std')
    const [refused] = await rig.captured()
    expect(refused).toMatchObject({ capture: 'refused', type: 'request' })
    expect((await stored(refused!.id)).findings.verdict).toBeNull()
  })

  it.each([
    ['https://tunnel.example/in/sms', 'https://tunnel.example/in/sms/a?x=%20'],
    ['https://hooks.example', 'https://hooks.example/a?x=%20'],
    ['https://tunnel.example', 'https://tunnel.example/in/sms/a?x=%20'],
    [null, 'http://h/in/sms/a?x=%20'],
  ])('CAP-5 is judged by the URL that its sender called, with the public URL %s', async (publicUrl, url) => {
    const secret = '12345678901234567890123456789012'
    await rig.source('sms', { provider: 'twilio', secrets: [secret], publicUrl })
    const body = 'From=%2B431&Body=Hi'
    const headers: HeaderList = [['Content-Type', 'application/x-www-form-urlencoded']]
    const form = { headers, body: Buffer.from(body) }
    const signedFor = (called: string) =>
      signedRequest(providerOf('twilio').signing!, { ...form, secrets: [secret], nowMs: NOW, url: called })
    const sent = (called: string) => verdictOf({ headers: signedFor(called).headers, body }, '/in/sms/a?x=%20')
    expect(await sent(url)).toMatchObject({ verdict: 'valid' })
    expect(await sent(`${url}1`)).toMatchObject({ verdict: 'invalid', reason: 'signature_mismatch' })
  })

  it('CP06 does not verify with its signature header twice, and keeps both in wire order', async () => {
    const sign = await standardSource()
    const { headers, body } = sign()
    const signature = headers.find(([name]) => name === 'webhook-signature')![1]
    const twice: HeaderList = [...headers, ['X-Between', '1'], ['Webhook-Signature', signature]]
    const { eventId } = await send('std', { headers: twice, body })
    const { event, findings } = await stored(eventId)
    expect(findings.verdict).toMatchObject({ verdict: 'invalid', reason: 'duplicate_header' })
    expect(event.headers.filter(([name]) => /^webhook-sig|^x-b/i.test(name))).toEqual([
      ['webhook-signature', signature],
      ['X-Between', '1'],
      ['Webhook-Signature', signature],
    ])
  })

  it('CAP-6 has the type and the message id that its sender gives it', async () => {
    await rig.source('gh', { provider: 'github' })
    const { eventId } = await send('gh', {
      headers: [
        ['X-GitHub-Event', 'push'],
        ['X-GitHub-Delivery', 'd-1'],
      ],
    })
    const { event, findings } = await stored(eventId)
    expect(event).toMatchObject({ type: 'push', provider: 'github' })
    expect(findings).toMatchObject({ messageId: 'd-1', duplicateOf: null })
    const unnamed = await stored((await send('gh')).eventId)
    expect(unnamed).toMatchObject({ event: { type: 'request' }, findings: { messageId: null } })
  })

  it('CAP-6 that comes again is kept and delivered as a duplicate of the first', async () => {
    const sign = await standardSource()
    const [first, again] = [await send('std', sign()), await send('std', sign())]
    expect(again.status).toBe(200)
    expect(again.eventId).not.toBe(first.eventId)
    expect((await stored(again.eventId)).findings).toMatchObject({ messageId: 'msg_1', duplicateOf: first.eventId })
    expect((await stored(first.eventId)).findings).toMatchObject({ duplicateOf: null, repeats: 1 })
  })

  it('CAP-6 that comes again is dropped where its source says so: the sender gets the first one’s answer', async () => {
    const sign = await standardSource({ duplicates: 'drop', answer: { status: 202 } })
    await rig.engine.endpoints.create(
      rig.engine.projects.resolve('default').id,
      { name: 'all', url: 'http://127.0.0.1:9/', eventTypes: ['*'] },
      { name: 'test' },
    )
    const told: string[] = []
    rig.engine.changes.subscribe((change) => void told.push(change.type))
    const first = await send('std', sign())
    expect(await send('std', sign())).toEqual(first)
    expect(first.status).toBe(202)
    expect(await rig.captured()).toHaveLength(1)
    expect(await stored(first.eventId)).toMatchObject({ findings: { repeats: 1 }, tally: { total: 1 } })
    expect(told).toEqual(['event.captured', 'event.repeated'])
  })

  it('CAP-6 that is forged suppresses no genuine one, and is not dropped itself', async () => {
    const sign = await standardSource({ duplicates: 'drop' })
    const forged = await send('std', sign({ secret: OLDER }))
    const genuine = await send('std', sign())
    const forgedAgain = await send('std', sign({ secret: OLDER }))
    const resent = await send('std', sign())
    expect(new Set([forged, genuine, forgedAgain].map(({ eventId }) => eventId)).size).toBe(3)
    expect(resent.eventId).toBe(genuine.eventId)
    expect((await stored(genuine.eventId)).findings).toMatchObject({
      verdict: { verdict: 'valid' },
      duplicateOf: null,
      repeats: 1,
    })
    expect((await stored(forgedAgain.eventId)).findings).toMatchObject({ messageId: 'msg_1', duplicateOf: null })
  })

  it('CAP-6 of several with one id at once is the first exactly once', async () => {
    const sign = await standardSource({ duplicates: 'drop' })
    const all = await Promise.all(Array.from({ length: 8 }, () => send('std', sign())))
    expect(new Set(all.map(({ eventId }) => eventId)).size).toBe(1)
    expect((await stored(all[0]!.eventId)).findings.repeats).toBe(7)
  })
})

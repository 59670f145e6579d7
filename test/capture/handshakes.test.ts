import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SourceChange } from '#main/engine/engine.ts'
import { type CaptureRig, startCaptureRig } from './capture-rig.ts'

const CANARY = 'canary-secret-6f1d'
const discordKeys = generateKeyPairSync('ed25519')
const PUBLIC_KEY = discordKeys.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex')

const SECRETS: Record<string, SourceChange> = {
  zoom: { secrets: [CANARY, 'older-secret'] },
  x: { secrets: [CANARY] },
  discord: { secrets: [PUBLIC_KEY] },
  meta: { verifyToken: CANARY },
}

describe('a handshake', () => {
  let rig: CaptureRig
  beforeEach(async () => {
    rig = await startCaptureRig()
    for (const provider of ['slack', 'meta', 'zoom', 'dropbox', 'microsoft-graph', 'x', 'cloudevents']) {
      await rig.source(provider, { provider, ...SECRETS[provider] })
    }
    for (const provider of ['asana', 'discord', 'okta', 'github', 'standard-webhooks']) {
      await rig.source(provider, { provider, ...SECRETS[provider] })
    }
  })
  afterEach(() => rig.stop())

  const post = (slug: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${rig.url}/${slug}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  async function verdictOfLast() {
    const { id, projectId } = (await rig.captured()).at(-1)!
    return (await rig.engine.events.get(projectId, id)).findings.verdict
  }

  async function expectHandshake(note: RegExp, capture: 'complete' | 'refused' = 'complete') {
    const event = (await rig.captured()).at(-1)!
    expect(event).toMatchObject({ type: 'handshake', capture, captureNote: expect.stringMatching(note) })
    return event
  }

  it('CAP-4 CP21 says Slack its challenge', async () => {
    const answer = await post('slack', { token: 'Jhj5dZrV', type: 'url_verification', challenge: '3eZbrw1aBm2rZgRN' })
    expect([answer.status, await answer.text()]).toEqual([200, '3eZbrw1aBm2rZgRN'])
    await expectHandshake(/^Slack asked whether this address is meant, and was answered\.$/)
  })

  it('CAP-4 CP21 says Meta its challenge where the verify token is ours, and never the token', async () => {
    const asked = (token: string) =>
      fetch(`${rig.url}/meta?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1158201444`)
    const answer = await asked(CANARY)
    expect([answer.status, await answer.text()]).toEqual([200, '1158201444'])
    const event = await expectHandshake(/answered/)
    expect(event.query).toBe('hub.mode=subscribe&hub.verify_token=***&hub.challenge=1158201444')
    const refused = await asked('wrong-token')
    expect(refused.status).toBe(403)
    expect(await refused.text()).not.toMatch(/1158201444|canary/)
    expect((await expectHandshake(/not this source’s/, 'refused')).query).not.toContain('wrong-token')
  })

  it('CAP-4 CP21 proves to Zoom that the newest secret token is known, without telling it', async () => {
    const plainToken = 'qgg8vlvZRS6UYooatFL8Aw'
    const answer = await post('zoom', { event: 'endpoint.url_validation', payload: { plainToken } })
    const encryptedToken = createHmac('sha256', CANARY).update(plainToken).digest('hex')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/json')
    const text = await answer.text()
    expect(JSON.parse(text)).toEqual({ plainToken, encryptedToken })
    expect(text).not.toContain(CANARY)
    await expectHandshake(/^Zoom .* answered/)
  })

  it('CAP-4 says Dropbox its challenge as text that no browser sniffs', async () => {
    const answer = await fetch(`${rig.url}/dropbox?challenge=%3Cscript%3Ealert(1)%3C%2Fscript%3E`)
    expect([answer.status, await answer.text()]).toEqual([200, '<script>alert(1)</script>'])
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toContain('sandbox')
    await expectHandshake(/^Dropbox/)
  })

  it('CAP-4 says Microsoft Graph its token decoded', async () => {
    const answer = await post('microsoft-graph?validationToken=Validation%3A+Testing+client%20%26+more', '')
    expect([answer.status, await answer.text()]).toEqual([200, 'Validation: Testing client & more'])
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
    await expectHandshake(/^Microsoft Graph/)
  })

  it('CAP-4 proves to X that the consumer secret is known', async () => {
    const answer = await fetch(`${rig.url}/x?crc_token=MmNhN2U1YjQ_-1`)
    const expected = createHmac('sha256', CANARY).update('MmNhN2U1YjQ_-1').digest('base64')
    expect(await answer.json()).toEqual({ response_token: `sha256=${expected}` })
    await expectHandshake(/^X/)
  })

  it('SEC-3 lets nobody have a message signed by asking for its hash', async () => {
    const forged = await fetch(`${rig.url}/x?crc_token=${encodeURIComponent('{"for_user_id":"1"}')}`)
    expect([forged.status, (await forged.json()) as unknown]).toEqual([
      400,
      { error: { code: 'handshake_refused', message: expect.any(String) } },
    ])
    const plainToken = 'v0:1795165924:{"event":"meeting.started"}'
    const zoom = await post('zoom', { event: 'endpoint.url_validation', payload: { plainToken } })
    expect(zoom.status).toBe(400)
    expect(await zoom.text()).not.toContain(createHmac('sha256', CANARY).update(plainToken).digest('hex'))
    await expectHandshake(/hashed/, 'refused')
  })

  it('CAP-4 allows a sender of CloudEvents its origin and the rate that it asks for', async () => {
    const ask = (headers: Record<string, string>) => fetch(`${rig.url}/cloudevents`, { method: 'OPTIONS', headers })
    const answer = await ask({ 'WebHook-Request-Origin': 'eventemitter.example.com', 'WebHook-Request-Rate': '120' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('webhook-allowed-origin')).toBe('eventemitter.example.com')
    expect(answer.headers.get('webhook-allowed-rate')).toBe('120')
    expect(answer.headers.get('allow')).toBe('POST')
    const unrated = await ask({ 'WebHook-Request-Origin': 'a.example' })
    expect(unrated.headers.has('webhook-allowed-rate')).toBe(false)
    await expectHandshake(/^CloudEvents/)
  })

  it('CAP-4 gives Asana its secret back, keeps it, and shows it to nobody', async () => {
    const answer = await post('asana', '', { 'X-Hook-Secret': CANARY })
    expect([answer.status, answer.headers.get('x-hook-secret')]).toEqual([200, CANARY])
    const event = await expectHandshake(/now the secret of this source/)
    expect(JSON.stringify(event)).not.toContain(CANARY)
    expect((await post('asana', '', { 'X-Hook-Secret': 'another' })).headers.get('x-hook-secret')).toBe('another')
    await expectHandshake(/secret already, which stays/)
    const signature = createHmac('sha256', CANARY).update('{"events":[]}').digest('hex')
    await post('asana', '{"events":[]}', { 'X-Hook-Signature': signature })
    expect(await verdictOfLast()).toEqual({ provider: 'asana', verdict: 'valid', reason: null })
  })

  function discord(body: string, key: KeyObject = discordKeys.privateKey) {
    const timestamp = String(Math.floor(Date.now() / 1_000))
    const signature = sign(null, Buffer.from(timestamp + body), key).toString('hex')
    return post('discord', body, { 'X-Signature-Ed25519': signature, 'X-Signature-Timestamp': timestamp })
  }

  it('CAP-4 answers the ping of Discord, and a wrongly signed one with 401', async () => {
    const answer = await discord('{"type":1}')
    expect([answer.status, await answer.json()]).toEqual([200, { type: 1 }])
    expect((await discord('{"version":1,"type":0}')).status).toBe(204)
    await expectHandshake(/answered/)
    expect((await discord('{"type":1}', generateKeyPairSync('ed25519').privateKey)).status).toBe(401)
    await expectHandshake(/refused with 401.*public key \(signature_mismatch\)/, 'refused')
    expect((await post('discord', '{"type":1}')).status).toBe(401)
    await expectHandshake(/missing_header/, 'refused')
  })

  it('CAP-4 takes an event of Discord, which is of type 1 too, as a message', async () => {
    const answer = await discord('{"version":1,"type":1,"event":{"type":"APPLICATION_AUTHORIZED"}}')
    expect(answer.status).toBe(200)
    expect((await rig.captured()).at(-1)!.type).not.toBe('handshake')
  })

  it('CAP-4 says Okta its challenge in JSON', async () => {
    const answer = await fetch(`${rig.url}/okta`, { headers: { 'x-okta-verification-challenge': 'c-42' } })
    expect(await answer.json()).toEqual({ verification: 'c-42' })
    await expectHandshake(/^Okta/)
  })

  it.each([
    ['github', { 'X-GitHub-Event': 'ping' }, { zen: 'Keep it logically awesome.', hook_id: 1 }],
    ['standard-webhooks', { 'webhook-id': 'msg_1' }, { type: 'ping', timestamp: '2026-11-20T09:12:04Z', data: {} }],
  ])('CP21 answers the ping of %s as any message', async (provider, headers, body) => {
    const answer = await post(provider, body, headers as Record<string, string>)
    const event = (await rig.captured()).at(-1)!
    expect(answer.status).toBe(200)
    expect(event).toMatchObject({ capture: 'complete', captureNote: null })
    expect(event.type).not.toBe('handshake')
  })

  it.each([
    ['zoom', () => post('bare-zoom', { event: 'endpoint.url_validation', payload: { plainToken: 'a' } }), 403],
    ['x', () => fetch(`${rig.url}/bare-x?crc_token=a`), 403],
    ['meta', () => fetch(`${rig.url}/bare-meta?hub.mode=subscribe&hub.verify_token=a&hub.challenge=1`), 403],
    ['discord', () => post('bare-discord', '{"type":1}'), 401],
  ])(
    'CAP-4 refuses %s while its secret is missing, and the Inbox says what to enter',
    async (provider, ask, status) => {
      await rig.source(`bare-${provider}`, { provider })
      const answer = await ask()
      expect(answer.status).toBe(status)
      expect(await answer.json()).toMatchObject({ error: { code: 'handshake_refused' } })
      await expectHandshake(/Enter the sender’s .*(secret token|consumer secret|verify token|public key)/, 'refused')
    },
  )

  it('CAP-4 is delivered to no endpoint, not even to one that takes all', async () => {
    const { engine } = rig
    const project = engine.projects.resolve('default').id
    const all = { name: 'All', url: 'http://127.0.0.1:9/', eventTypes: ['*'], enabled: false }
    await engine.endpoints.create(project, all, { name: 'test' })
    await post('slack', { type: 'url_verification', challenge: 'c' })
    await post('slack', { type: 'event_callback', event: { type: 'message' } })
    const tallies = await Promise.all((await rig.captured()).map(({ id }) => engine.events.get(project, id)))
    expect(tallies.map(({ event, tally }) => [event.type === 'handshake', tally.total])).toEqual([
      [true, 0],
      [false, 1],
    ])
  })

  it('CAP-4 is no step of a script of answers', async () => {
    await rig.source('scripted', { provider: 'slack', answer: { script: ['500', '200'] } })
    expect((await post('scripted', { type: 'url_verification', challenge: 'c' })).status).toBe(200)
    expect((await post('scripted', { type: 'event_callback' })).status).toBe(500)
  })

  it.each([
    ['a source without a provider', 'inbox', { type: 'url_verification', challenge: 'c' }],
    ['another method’s question', 'okta', {}],
    ['a challenge that is no text', 'slack', { type: 'url_verification', challenge: { a: 1 } }],
    ['a challenge longer than any', 'slack', { type: 'url_verification', challenge: 'c'.repeat(5_000) }],
    ['keys of a prototype', 'slack', '{"__proto__":{"type":"url_verification","challenge":"c"}}'],
  ])('CAP-4 takes %s as a message', async (_what, slug, body) => {
    await post(slug, body)
    expect((await rig.captured()).at(-1)!.type).not.toBe('handshake')
  })
})

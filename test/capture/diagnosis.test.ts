import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HeaderList } from '#shared/model/header.ts'
import type { ReceivedRequest } from '#main/engine/engine.ts'
import type { ReceivedMessage } from '#main/engine/signing/verify.ts'
import { systemClock } from '#main/adapters/system/system-clock.ts'
import { codes, NOW, OTHER_WHSEC, PLAIN, sent, WHSEC } from '#test/engine/signing/doctor/planted.ts'
import { type CaptureRig, startCaptureRig } from './capture-rig.ts'

const ACTOR = { name: 'test' }

describe('a captured request that does not verify', () => {
  let rig: CaptureRig
  beforeEach(async () => {
    rig = await startCaptureRig({ parts: { clock: systemClock } })
  })
  afterEach(() => rig.stop())

  const projectId = () => rig.engine.projects.resolve('default').id

  /** Stores a request as it came to a source, without a socket, so that time and address are those of the test. */
  async function captured(
    { headers, body, method }: ReceivedMessage,
    change: {
      slug?: string
      path?: string
      query?: string
      headers?: HeaderList
      capture?: ReceivedRequest['capture']
    } = {},
  ) {
    const { slug = 'shop', path = `/in/${slug}`, query = null, capture = 'complete' } = change
    const { event } = await rig.engine.capture.record(rig.engine.capture.sourceOf(slug)!, {
      capture,
      captureNote: null,
      receivedAt: NOW,
      method,
      path,
      query,
      httpVersion: '1.1',
      body,
      headers: [['Host', '127.0.0.1:4781'], ...(change.headers ?? []), ...headers],
      declaredSizeBytes: body.byteLength,
      trailers: [],
      remoteAddress: '127.0.0.1',
    })
    return event
  }

  it('PRV-5 is explained by its source, at the time when it came', async () => {
    await rig.source('shop', { provider: 'stripe', secrets: [WHSEC] })
    const request = sent('stripe', { body: Buffer.from('{"a":1}') })
    const event = await captured({ ...request, body: Buffer.from('{\n  "a": 1\n}') })
    const diagnosis = await rig.engine.diagnose(event)
    expect(diagnosis).toMatchObject({ verdict: 'invalid', reason: 'signature_mismatch' })
    expect(codes(diagnosis)).toEqual(['body_json_rewritten'])
  })

  it('PRV-5 has nothing to explain where it is valid', async () => {
    await rig.source('shop', { provider: 'stripe', secrets: [WHSEC] })
    expect(await rig.engine.diagnose(await captured(sent('stripe')))).toMatchObject({ verdict: 'valid', findings: [] })
  })

  it('PRV-5 names the other source, or the endpoint, whose secret signed it', async () => {
    await rig.source('shop', { provider: 'stripe', secrets: [WHSEC] })
    await rig.source('other', { provider: 'stripe', secrets: [OTHER_WHSEC] })
    const { secret } = await rig.engine.endpoints.create(
      projectId(),
      { name: 'Billing', url: 'http://localhost:1/x', provider: 'stripe' },
      ACTOR,
    )
    const ofSource = await rig.engine.diagnose(await captured(sent('stripe', { secrets: [OTHER_WHSEC] })))
    expect(ofSource.findings).toMatchObject([{ code: 'other_secret', secret: 'source “other”' }])
    const ofEndpoint = await rig.engine.diagnose(await captured(sent('stripe', { secrets: [secret!] })))
    expect(ofEndpoint.findings).toMatchObject([{ code: 'other_secret', secret: 'endpoint “Billing”' }])
    const shown = JSON.stringify([ofSource, ofEndpoint])
    for (const text of [WHSEC, OTHER_WHSEC, secret!]) expect(shown).not.toContain(text)
  })

  it('PRV-5 knows the secret that an endpoint signed with before its rotation, even when its overlap is over', async () => {
    await rig.source('shop', { provider: 'github', secrets: ['a secret of ours'] })
    const made = { name: 'Billing', url: 'http://localhost:1/x', provider: 'github', secret: PLAIN }
    const { endpoint } = await rig.engine.endpoints.create(projectId(), made, ACTOR)
    await rig.engine.endpoints.rotateSecret(endpoint, { overlapMs: 0 })
    const event = await captured(sent('github'))
    expect((await rig.engine.diagnose(event)).findings).toMatchObject([
      { code: 'previous_secret', secret: 'endpoint “Billing”' },
    ])
  })

  it('PRV-5 never tries the secrets of another project', async () => {
    const project = await rig.engine.projects.create({ name: 'Other', slug: 'other' })
    const foreign = { name: 'foreign', slug: 'foreign', provider: 'github', secrets: [PLAIN] }
    await rig.engine.sources.create(project.id, foreign)
    await rig.source('shop', { provider: 'github', secrets: ['a secret of ours'] })
    expect((await rig.engine.diagnose(await captured(sent('github')))).findings).toEqual([])
  })

  it('PRV-5 finds the URL that the sender called, by the source and by what proxies say', async () => {
    await rig.source('shop', { provider: 'square', secrets: [PLAIN] })
    const called = sent('square', { url: 'https://hooks.shop.example/in/shop/orders?b=2' })
    const forwarded: HeaderList = [
      ['X-Forwarded-Host', 'hooks.shop.example'],
      ['X-Forwarded-Proto', 'https'],
    ]
    const event = await captured(called, { path: '/in/shop/orders', query: 'b=2', headers: forwarded })
    expect(codes(await rig.engine.diagnose(event))).toContain('url_host')

    await rig.source('public', { provider: 'square', secrets: [PLAIN], publicUrl: 'https://hooks.shop.example/pay' })
    const mounted = sent('square', { url: 'https://hooks.shop.example/pay/orders/' })
    const slash = await captured(mounted, { slug: 'public', path: '/in/public/orders' })
    expect(codes(await rig.engine.diagnose(slash))).toEqual(['url_trailing_slash'])
  })

  it('PRV-5 refuses what no sender could have signed, and says why', async () => {
    await rig.source('shop', { provider: 'github', secrets: [PLAIN] })
    const composed = await rig.engine.events.compose(projectId(), {
      type: 'a.b',
      body: Buffer.from('{}'),
      contentType: 'application/json',
      provider: null,
      idempotencyKey: null,
    })
    await expect(rig.engine.diagnose(composed.event)).rejects.toThrow(/not captured by a source/)
    await expect(rig.engine.diagnose(await captured(sent('github'), { slug: 'inbox' }))).rejects.toThrow(/no provider/)
    const cut = await captured(sent('github'), { capture: 'partial' })
    await expect(rig.engine.diagnose(cut)).rejects.toThrow(/did not come whole/)
  })
})

import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { createMemoryVault } from '#main/adapters/memory/memory-vault.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'
import { startReceiver } from '#test/support/receiver.ts'
import { headerValue } from '#shared/model/header.ts'

const ACME = {
  id: 'acme',
  name: 'Acme',
  signing: { header: 'Acme-Signature', format: 'v1={signature}' },
  recognition: { eventType: [{ header: 'Acme-Event' }], messageId: [{ header: 'Acme-Id' }] },
}
const body = Buffer.from('{"total":"49,00 €"}')

describe('own providers', () => {
  let rig: ApiRig
  const store = () => createMemoryStore()
  beforeEach(async () => {
    rig = await startApiRig()
  })
  afterEach(() => rig.stop())

  async function ask(method: string, path: string, input?: unknown) {
    const response = await rig.call(method, path, input)
    return { status: response.status, body: (await response.json()) as Record<string, never> }
  }

  it('PRV-7 are listed first, with those that ship beside them as read-only', async () => {
    const created = await ask('POST', '/providers', ACME)
    expect(created.status).toBe(201)
    expect(created.body).toMatchObject({
      id: 'acme',
      builtIn: false,
      signs: true,
      definition: {
        signing: { algorithm: 'hmac-sha256', encoding: 'hex', signedContent: '{body}' },
        bodyFormat: 'json',
      },
      signing: {
        headers: [
          ['Acme-Event', '{type}'],
          ['Acme-Id', '{id}'],
          ['Acme-Signature', '{signatures}'],
        ],
      },
    })
    const items = (await ask('GET', '/providers')).body['items'] as unknown as { id: string; builtIn: boolean }[]
    expect(items[0]).toMatchObject({ id: 'acme', builtIn: false })
    expect(items.find(({ id }) => id === 'github')).toMatchObject({ builtIn: true })
    for (const method of ['PATCH', 'DELETE']) {
      expect(await ask(method, '/providers/github', method === 'PATCH' ? { name: 'x' } : undefined)).toMatchObject({
        status: 409,
        body: { error: { code: 'read_only' } },
      })
      expect(await ask(method, '/providers/nobody', method === 'PATCH' ? {} : undefined)).toMatchObject({
        status: 404,
        body: { error: { code: 'unknown_provider' } },
      })
    }
  })

  it('PRV-7 sign and verify by API, in their own project alone', async () => {
    await ask('POST', '/providers', ACME)
    await ask('POST', '/projects', { name: 'Other', slug: 'other' })
    const task = { provider: 'acme', secret: 's3cret', bodyBase64: body.toString('base64') }
    const signed = await ask('POST', '/sign', { ...task, headers: [['Acme-Event', 'order.created']] })
    const expected = `v1=${createHmac('sha256', 's3cret').update(body).digest('hex')}`
    const headers = signed.body['headers'] as unknown as [string, string][]
    expect(headerValue(headers, 'acme-signature')).toBe(expected)
    expect(headerValue(headers, 'acme-event')).toBe('order.created')
    expect((await ask('POST', '/verify', { ...task, headers })).body).toMatchObject({ verdict: 'valid' })
    expect(await ask('POST', '/verify?project=other', { ...task, headers })).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown_provider' } },
    })
  })

  it('PRV-7 sign what an endpoint delivers, and a new recipe holds from then on', async () => {
    await rig.engine.start()
    const receiver = await startReceiver()
    await ask('POST', '/providers', ACME)
    const endpoint = { name: 'API', url: receiver.url, eventTypes: ['*'], provider: 'acme', secret: 's3cret' }
    await ask('POST', '/endpoints', endpoint)
    await ask('POST', '/events', { type: 'order.created', data: { total: 49 } })
    await receiver.waitFor(1)
    await ask('PATCH', '/providers/acme', {
      signing: { header: 'Acme-Mac', algorithm: 'hmac-sha512', encoding: 'base64' },
    })
    await ask('POST', '/events', { type: 'order.paid', data: { total: 49 } })
    const [first, second] = await receiver.waitFor(2)
    const mac = (algorithm: string) => createHmac(algorithm, 's3cret').update('{"total":49}')
    expect(headerValue(first!.headers, 'Acme-Signature')).toBe(`v1=${mac('sha256').digest('hex')}`)
    expect(headerValue(first!.headers, 'Acme-Event')).toBe('order.created')
    expect(headerValue(second!.headers, 'Acme-Mac')).toBe(mac('sha512').digest('base64'))
    expect(headerValue(second!.headers, 'Acme-Signature')).toBeNull()
    await receiver.close()
  })

  it('PRV-7 CAP-5 CAP-6 judge and name what is captured by a source of theirs', async () => {
    await ask('POST', '/providers', ACME)
    await ask('POST', '/sources', { name: 'Shop', slug: 'shop', provider: 'acme', secrets: ['s3cret'] })
    const source = rig.engine.capture.sourceOf('shop')!
    const capture = async (signature: string) => {
      const headers: [string, string][] = [
        ['Acme-Event', 'order.created'],
        ['Acme-Id', 'o_1'],
        ['Acme-Signature', signature],
      ]
      const request = { method: 'POST', path: '/in/shop', query: null, httpVersion: '1.1', headers, body }
      const rest = { capture: 'complete' as const, captureNote: null, declaredSizeBytes: null, remoteAddress: null }
      const received = { ...request, ...rest, trailers: [], receivedAt: Date.now() }
      const { event } = await rig.engine.capture.record(source, received)
      return (await ask('GET', `/events/${event.id}`)).body
    }
    const signature = createHmac('sha256', 's3cret').update(body).digest('hex')
    expect(await capture(`v1=${signature}`)).toMatchObject({
      type: 'order.created',
      messageId: 'o_1',
      verdict: { verdict: 'valid', provider: 'acme' },
    })
    expect(await capture(`v1=${'0'.repeat(64)}`)).toMatchObject({
      verdict: { verdict: 'invalid', reason: 'signature_mismatch' },
    })
  })

  it('PRV-7 cannot take an id that ships, is taken, or is no slug', async () => {
    await ask('POST', '/providers', ACME)
    for (const id of ['github', 'acme']) {
      expect(await ask('POST', '/providers', { ...ACME, id })).toMatchObject({
        status: 409,
        body: { error: { code: 'slug_taken', field: 'id' } },
      })
    }
    for (const id of ['Acme', 'a--b', 'none', '', 'a_b', '-a', 'x'.repeat(61)]) {
      expect(await ask('POST', '/providers', { ...ACME, id })).toMatchObject({
        status: 400,
        body: { error: { code: 'invalid_request', field: 'id' } },
      })
    }
    await ask('POST', '/projects', { name: 'Other', slug: 'other' })
    expect((await ask('POST', '/providers?project=other', ACME)).status).toBe(201)
  })

  it('PRV-7 are refused at the field where the recipe cannot work', async () => {
    const bad: [unknown, string][] = [
      [{ ...ACME, signing: { header: 'A', format: 'v1' } }, 'signing.format'],
      [{ ...ACME, signing: { header: 'a b' } }, 'signing.header'],
      [{ ...ACME, signing: { header: 'A', algorithm: 'md5' } }, 'signing.algorithm'],
      [{ ...ACME, policy: 'nothing' }, 'policy'],
    ]
    for (const [input, field] of bad) {
      expect(await ask('POST', '/providers', input)).toMatchObject({ status: 400, body: { error: { field } } })
    }
    await ask('POST', '/providers', ACME)
    const change = { recognition: { eventType: [], messageId: [{ header: 'Acme-Signature' }] } }
    expect(await ask('PATCH', '/providers/acme', change)).toMatchObject({
      status: 400,
      body: { error: { field: 'recognition.messageId' } },
    })
    expect((await ask('GET', '/providers/acme')).body).toMatchObject({ recognition: ACME.recognition })
  })

  it('PRV-7 stay while a source or an endpoint uses them, and the refusal names those', async () => {
    await ask('POST', '/providers', ACME)
    await ask('POST', '/event-types', { provider: 'acme', name: 'order.created', sample: {} })
    await ask('POST', '/sources', { name: 'Shop', slug: 'shop', provider: 'acme' })
    const policy = { preset: 'standard', provider: 'acme' }
    const endpoint = await ask('POST', '/endpoints', { name: 'API', url: 'http://127.0.0.1:9/', policy })
    expect(await ask('DELETE', '/providers/acme')).toMatchObject({
      status: 409,
      body: { error: { code: 'provider_in_use', message: '“acme” is used by source Shop, endpoint API.' } },
    })
    await ask('PATCH', '/sources/shop', { provider: null })
    await ask('DELETE', `/endpoints/${String(endpoint.body['id'])}`)
    expect(await ask('DELETE', '/providers/acme')).toEqual({ status: 200, body: { id: 'acme', eventTypes: 1 } })
    expect((await ask('GET', '/providers/acme')).status).toBe(404)
    expect((await ask('GET', '/event-types?provider=acme')).status).toBe(404)
    expect((await ask('POST', '/sources', { name: 'B', slug: 'b', provider: 'acme' })).status).toBe(404)
  })

  it('PRV-7 tell whoever follows of each change', async () => {
    const told: string[] = []
    rig.engine.changes.subscribe(({ type }) => told.push(type))
    await ask('POST', '/providers', ACME)
    await ask('PATCH', '/providers/acme', { name: 'New' })
    await ask('POST', '/event-types', { provider: 'acme', name: 'order.created', sample: {} })
    await ask('DELETE', '/providers/acme')
    expect(told).toEqual(Array.from({ length: 4 }, () => 'catalog.changed'))
  })

  it('PRV-7 are there after a start anew', async () => {
    const parts = { store: store(), vault: createMemoryVault() }
    const before = await startApiRig({ parts })
    await before.call('POST', '/providers', ACME)
    await before.call('POST', '/event-types', { provider: 'acme', name: 'order.created', sample: { a: 1 } })
    const after = await startApiRig({ parts })
    expect(await (await after.call('GET', '/providers/acme')).json()).toMatchObject({
      name: 'Acme',
      eventTypes: [{ name: 'order.created', builtIn: false }],
    })
    await before.stop()
    await after.stop()
  })

  it('PRV-7 show in a preview what they would send, with a secret that is used for nothing else', async () => {
    const { id: _id, ...definition } = ACME
    const { body: preview } = await ask('POST', '/providers/preview', { ...definition, sample: { a: 1 } })
    const { secret, headers } = preview as unknown as { secret: string; headers: [string, string][] }
    expect(headerValue(headers, 'Acme-Signature')).toBe(
      `v1=${createHmac('sha256', secret).update('{"a":1}').digest('hex')}`,
    )
    expect((await ask('GET', '/providers/acme')).status).toBe(404)
  })

  it('PRV-7 CAP-9 may say where they count their messages, which the gap finder then reads', async () => {
    const recognition = { ...ACME.recognition, sequence: [{ json: 'number' }] }
    const { body: created } = await ask('POST', '/providers', { ...ACME, recognition })
    expect(created).toMatchObject({ recognition, definition: { recognition } })
    await ask('POST', '/sources', { name: 'Shop', slug: 'shop', provider: 'acme' })
    const source = rig.engine.capture.sourceOf('shop')!
    for (const number of [1, 2, 3, 4, 7, 8, 9, 10, 11, 12]) {
      const request = { method: 'POST', path: '/in/shop', query: null, httpVersion: '1.1', headers: [], trailers: [] }
      const rest = { capture: 'complete' as const, captureNote: null, declaredSizeBytes: null, remoteAddress: null }
      const numbered = Buffer.from(JSON.stringify({ number }))
      await rig.engine.capture.record(source, { ...request, ...rest, body: numbered, receivedAt: Date.now() })
    }
    expect((await ask('GET', '/sources/shop/gaps')).body).toMatchObject({ total: { missing: 2 } })
  })

  it('PRV-7 say in a preview what is wrong with them', async () => {
    const signing = { header: 'A', signedContent: '{id}.{body}' }
    expect(await ask('POST', '/providers/preview', { name: 'Acme', signing })).toMatchObject({
      status: 200,
      body: { secret: null, headers: [], problem: { field: 'signing.signedContent' } },
    })
  })
})

import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { startConfigurationRig } from '#test/api/configuration-rig.ts'
import { TEST_TOKEN } from '#test/support/api-rig.ts'

const headers = { authorization: `Bearer ${TEST_TOKEN}`, 'content-type': 'application/json' }

async function startRig() {
  const rig = await startConfigurationRig()
  async function root(method: string, path: string, body?: unknown) {
    const answer = await fetch(`${rig.origin}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, allow: answer.headers.get('allow'), body: (await answer.json()) as never }
  }
  return { ...rig, root }
}

describe('POST /webhooks', () => {
  it('CRX-4 makes any number of webhooks, each with its URL, its event types and a secret shown once', async () => {
    const { root, receiver, json } = await startRig()
    const input = { url: `${receiver.url}/a`, events: ['audit.completed', 'audit.failed'] }
    const created = await root('POST', '/webhooks', input)
    expect(created).toMatchObject({ status: 201, body: { ...input, id: expect.any(String) } })
    const { id, secret } = created.body as { id: string; secret: string }
    expect(secret).toMatch(/^\S{16,}$/)

    for (const path of ['b', 'c', 'd', 'e']) {
      const more = await root('POST', '/webhooks', { url: `${receiver.url}/${path}`, events: ['audit.*'] })
      expect(more.status).toBe(201)
    }
    const listed = await root('GET', '/webhooks')
    expect((listed.body as { items: unknown[] }).items).toHaveLength(5)
    expect(JSON.stringify(listed.body)).not.toContain(secret)
    expect((await json('GET', `/endpoints/${id}`)).body).toMatchObject({
      signedBy: 'crawlux',
      policy: { preset: 'crawlux', timeoutMs: 5_000 },
    })
    expect(await root('PATCH', `/webhooks/${id}`, { events: ['audit.retried'] })).toMatchObject({
      status: 200,
      body: { url: input.url, events: ['audit.retried'] },
    })
    expect(await root('DELETE', `/webhooks/${id}`)).toMatchObject({ status: 200, body: { id, canceled: 0 } })
    expect((await root('GET', `/webhooks/${id}`)).status).toBe(404)
  })

  it.each([
    ['url', { events: ['audit.completed'] }],
    ['url', { url: 'nowhere', events: ['audit.completed'] }],
    ['events', { url: 'http://127.0.0.1:9/', events: [] }],
    ['events.0', { url: 'http://127.0.0.1:9/', events: ['no spaces'] }],
    ['event', { url: 'http://127.0.0.1:9/', event: ['audit.completed'], events: ['audit.completed'] }],
  ])('CRX-4 refuses a webhook by its field %s', async (field, input) => {
    const { root } = await startRig()
    const { status, body } = await root('POST', '/webhooks', input)
    expect([status, (body as { error: { field: string } }).error.field]).toEqual([400, field])
  })

  it('CRX-4 SEC-1 wants a token and a method that is answered, at the root as below /api/v1', async () => {
    const { root, origin } = await startRig()
    expect((await fetch(`${origin}/webhooks`, { method: 'POST' })).status).toBe(401)
    expect(await root('PUT', '/webhooks', {})).toMatchObject({ status: 405, allow: 'GET, POST' })
    expect((await root('GET', '/endpoints')).status).toBe(404)
  })

  it('CRX-1 CRX-2 CRX-4 sends an audit event signed with that secret, and takes its manual retry', async () => {
    let status = 422
    const rig = await startConfigurationRig(() => ({ status }))
    const made = await fetch(`${rig.origin}/webhooks`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ url: `${rig.receiver.url}/hook`, events: ['audit.completed'] }),
    })
    const { secret } = (await made.json()) as { secret: string }
    const data = { event: 'audit.completed', audit_id: 'aud_1', version: 'v3', domain: 'shop.example' }
    const { body: event } = await rig.json('POST', '/events', { type: 'audit.completed', data })
    const [first] = await rig.receiver.waitFor(1)
    const header = Object.fromEntries(first!.headers.map(([name, value]) => [name.toLowerCase(), value]))
    expect(header).toMatchObject({
      'content-type': 'application/json',
      'x-crawlux-event': 'audit.completed',
      'x-crawlux-audit-id': 'aud_1',
      'x-crawlux-delivery': expect.stringMatching(/^del_[0-9A-Z]{26}$/),
      'x-crawlux-timestamp': expect.stringMatching(/^\d{10}$/),
      'x-crawlux-signature': `sha256=${createHmac('sha256', secret).update(first!.body).digest('hex')}`,
    })
    // Its request has arrived, but only once its attempt is concluded may it be retried.
    const [delivery] = await rig.reached(event['id'], new Set(['scheduled']))
    status = 200
    expect((await rig.json('POST', `/deliveries/${String(delivery!['id'])}/retry`)).status).toBe(200)
    expect((await rig.settled(event['id']))[0]).toMatchObject({ state: 'succeeded' })
  })
})

import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { headerValue } from '#shared/model/header.ts'
import { createAddressGuard } from '#main/engine/address-guard/address-guard.ts'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { createMemoryVault } from '#main/adapters/memory/memory-vault.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'
import { type Receiver, startReceiver } from '#test/support/receiver.ts'

const TEAM = {
  mode: 'team' as const,
  allow: [],
  own: () => ({ addresses: [], ports: new Set<number>() }),
  refusedPorts: new Set<number>(),
}

interface Triggered {
  eventId: string
  deliveryId: string
  secret: string | null
}

describe('POST /api/v1/trigger', () => {
  let rig: ApiRig
  let receiver: Receiver
  beforeEach(async () => {
    rig = await startApiRig()
    receiver = await startReceiver()
    await rig.engine.start()
  })
  afterEach(async () => {
    await rig.stop()
    await receiver.close()
  })

  async function ask(method: string, path: string, input?: unknown, on = rig) {
    const response = await on.call(method, path, input)
    return { status: response.status, body: (await response.json()) as Record<string, never> }
  }
  async function trigger(input: Record<string, unknown>, on = rig): Promise<Triggered> {
    const { status, body } = await ask('POST', '/trigger', input, on)
    expect({ status, body }).toMatchObject({ status: 202 })
    return body as unknown as Triggered
  }
  /** Resolves once a delivery is what is wanted. */
  async function until(deliveryId: string, state: string, on = rig) {
    const { promise, resolve, reject } = Promise.withResolvers<Record<string, unknown>>()
    const look = async () => {
      const { body } = await ask('GET', `/deliveries/${deliveryId}`, undefined, on)
      if (body['state'] === state) resolve(body)
    }
    const end = on.engine.changes.subscribe(() => void look().catch(reject))
    await look()
    return promise.finally(end)
  }

  it('PRV-3 sends a sample signed with a secret that is made for it and told once', async () => {
    const { eventId, deliveryId, secret } = await trigger({ provider: 'github', type: 'push', url: receiver.url })
    const [request] = await receiver.waitFor(1)
    const mac = createHmac('sha256', secret!).update(request!.body).digest('hex')
    expect(headerValue(request!.headers, 'X-Hub-Signature-256')).toBe(`sha256=${mac}`)
    expect(headerValue(request!.headers, 'X-GitHub-Event')).toBe('push')
    expect(headerValue(request!.headers, 'X-GitHub-Delivery')).toBe(eventId)
    expect(headerValue(request!.headers, 'Content-Type')).toBe('application/json')
    expect(JSON.parse(request!.body.toString())).toMatchObject({ ref: 'refs/heads/main' })
    const delivery = await until(deliveryId, 'succeeded')
    expect(delivery).toMatchObject({ endpointId: null, sender: { provider: 'github', policy: 'github' } })
    expect((await ask('GET', `/events/${eventId}`)).body).toMatchObject({
      origin: 'triggered',
      provider: 'github',
      type: 'push',
    })
  })

  it('SEC-3 PRV-3 shows the secret in no answer, attempt or feed afterwards', async () => {
    const secret = 'glpat-very-secret-token'
    const type = 'Push Hook'
    const { eventId, deliveryId, secret: told } = await trigger({ provider: 'gitlab', type, url: receiver.url, secret })
    expect(told).toBeNull()
    const [request] = await receiver.waitFor(1)
    expect(headerValue(request!.headers, 'X-Gitlab-Token')).toBe(secret)
    expect(headerValue(request!.headers, 'X-Gitlab-Event')).toBe(type)
    await until(deliveryId, 'succeeded')
    const paths = [`/deliveries/${deliveryId}`, `/deliveries/${deliveryId}/attempts`, `/events/${eventId}`]
    for (const path of paths) expect(JSON.stringify((await ask('GET', path)).body)).not.toContain(secret)
  })

  it('PRV-3 goes where it is told and to no endpoint that takes its type', async () => {
    const other = await startReceiver()
    await ask('POST', '/endpoints', { name: 'All', url: other.url, eventTypes: ['*'] })
    const { eventId, deliveryId } = await trigger({
      provider: 'stripe',
      type: 'invoice.payment_failed',
      url: receiver.url,
    })
    await until(deliveryId, 'succeeded')
    expect((await ask('GET', `/deliveries?eventId=${eventId}`)).body['items']).toHaveLength(1)
    expect(other.requests).toEqual([])
    await other.close()
  })

  it('PRV-3 keeps the provider’s deadline and retries', async () => {
    await receiver.close()
    receiver = await startReceiver({ script: [{ status: 503 }] })
    const { deliveryId } = await trigger({ provider: 'crawlux', type: 'audit.completed', url: receiver.url })
    await receiver.waitFor(1)
    const { forecast } = await until(deliveryId, 'scheduled')
    // Five retries after the first try, the next of them a minute away.
    expect(forecast).toHaveLength(5)
    const github = await trigger({ provider: 'github', type: 'ping', url: receiver.url })
    await until(github.deliveryId, 'failed')
  })

  it('PRV-3 delivers after a start anew, with the secret that was sealed', async () => {
    const parts = { store: createMemoryStore(), vault: createMemoryVault() }
    const before = await startApiRig({ parts })
    const order = { provider: 'slack', type: 'message', url: receiver.url, secret: 'sealed-away' }
    await trigger(order, before)
    await before.stop()
    const after = await startApiRig({ parts })
    await after.engine.start()
    const [request] = await receiver.waitFor(1)
    const timestamp = headerValue(request!.headers, 'X-Slack-Request-Timestamp')
    const mac = createHmac('sha256', 'sealed-away').update(`v0:${timestamp}:${request!.body.toString()}`).digest('hex')
    expect(headerValue(request!.headers, 'X-Slack-Signature')).toBe(`v0=${mac}`)
    await after.stop()
  })

  it('PRV-3 goes to an endpoint by its policy, signed as the provider with the endpoint’s own secret', async () => {
    const policy = { preset: 'apifycloud' }
    const endpoint = {
      name: 'API',
      url: receiver.url,
      headers: [['X-Team', 'a']],
      policy,
      provider: 'stripe',
      secret: 's3cret',
    }
    const { body } = await ask('POST', '/endpoints', endpoint)
    const { deliveryId, secret } = await trigger({ provider: 'github', type: 'push', endpointId: body['id'] })
    expect(secret).toBeNull()
    const [request] = await receiver.waitFor(1)
    const mac = createHmac('sha256', 's3cret').update(request!.body).digest('hex')
    expect(headerValue(request!.headers, 'X-Hub-Signature-256')).toBe(`sha256=${mac}`)
    expect(headerValue(request!.headers, 'Stripe-Signature')).toBeNull()
    expect(headerValue(request!.headers, 'X-Team')).toBe('a')
    expect(JSON.parse(request!.body.toString())).toMatchObject({ type: 'push', data: { ref: 'refs/heads/main' } })
    expect(await until(deliveryId, 'succeeded')).toMatchObject({ endpointName: 'API' })
    await trigger({ provider: 'github', type: 'push', endpointId: body['id'], secret: 'another' })
    const second = (await receiver.waitFor(2))[1]
    expect(headerValue(second!.headers, 'X-Hub-Signature-256')).toBe(
      `sha256=${createHmac('sha256', 'another').update(second!.body).digest('hex')}`,
    )
  })

  it('LUM-2 LUM-3 sends a callback of Lumar as its form, unsigned', async () => {
    await trigger({ provider: 'lumar', type: 'crawl_status', url: receiver.url })
    const [request] = await receiver.waitFor(1)
    expect(headerValue(request!.headers, 'Content-Type')).toBe('application/x-www-form-urlencoded')
    const form = new URLSearchParams(request!.body.toString())
    expect(form.get('status')).toBe('finished')
    expect(form.get('partner_user_id')).toBe('')
  })

  it('APC-4 sends a widget event in its envelope, with an id and a time of its own', async () => {
    const { eventId } = await trigger({ provider: 'apifycloud', type: 'call_ended', url: receiver.url })
    const [request] = await receiver.waitFor(1)
    const envelope = JSON.parse(request!.body.toString()) as Record<string, unknown>
    expect(Object.keys(envelope)).toEqual(['id', 'type', 'createdAt', 'data'])
    expect(envelope).toMatchObject({ id: eventId, type: 'call_ended', data: { durationSeconds: 222 } })
  })

  it('PRV-7 PRV-3 sends an own event type as an own provider, whose headers tell of it', async () => {
    await ask('POST', '/providers', {
      id: 'acme',
      name: 'Acme',
      recognition: { eventType: [{ header: 'Acme-Event' }], messageId: [{ json: 'id' }] },
      bodyFormat: 'form',
    })
    await ask('POST', '/event-types', { provider: 'acme', name: 'order.created', sample: { id: 'o_1234', total: 49 } })
    await trigger({ provider: 'acme', type: 'order.created', url: receiver.url })
    const [request] = await receiver.waitFor(1)
    expect(headerValue(request!.headers, 'Acme-Event')).toBe('order.created')
    expect(request!.body.toString()).toMatch(/^id=o_[1-9]\d{3}&total=49$/)
    expect(request!.body.toString()).not.toContain('o_1234')
  })

  it('PRV-3 says of a delivery whose provider was deleted why nothing is sent', async () => {
    await receiver.close()
    receiver = await startReceiver({ script: [{ status: 500 }] })
    await ask('POST', '/providers', { id: 'acme', name: 'Acme', signing: { header: 'A' }, policy: 'crawlux' })
    await ask('POST', '/event-types', { provider: 'acme', name: 'order.created', sample: {} })
    const { deliveryId } = await trigger({ provider: 'acme', type: 'order.created', url: receiver.url })
    await receiver.waitFor(1)
    await until(deliveryId, 'scheduled')
    await ask('DELETE', '/providers/acme')
    await ask('POST', `/deliveries/${deliveryId}/retry`)
    expect(await until(deliveryId, 'failed')).toMatchObject({ lastFailure: 'provider_missing' })
    expect(receiver.requests).toHaveLength(1)
  })

  it.each<[string, Record<string, unknown>, number, string]>([
    ['a provider that nobody knows', { provider: 'nobody', type: 'a' }, 404, 'provider'],
    ['an event type that it does not have', { provider: 'stripe', type: 'push' }, 404, 'type'],
    ['neither URL nor endpoint', { url: undefined }, 400, 'url'],
    ['both of them', { endpointId: 'end_1' }, 400, 'url'],
    [
      'a secret for a sender that does not sign',
      { provider: 'lumar', type: 'crawl_status', secret: 'x' },
      400,
      'secret',
    ],
    ['a secret that cannot sign', { provider: 'discord', type: 'PING', secret: 'no key' }, 400, 'secret'],
    ['a URL of no kind that is delivered to', { url: 'ftp://files.example/' }, 400, 'url'],
    ['an address that is guarded', { url: 'http://169.254.169.254/latest' }, 400, 'url'],
  ])('PRV-3 refuses %s, and stores nothing', async (_what, change, status, field) => {
    const input = { provider: 'github', type: 'push', url: 'http://127.0.0.1:9/', ...change }
    const [discord] = (await ask('GET', '/event-types?provider=discord')).body['items'] as unknown as { name: string }[]
    if (input.provider === 'discord') input.type = discord!.name
    expect(await ask('POST', '/trigger', input)).toMatchObject({ status, body: { error: { field } } })
    expect((await ask('GET', '/events')).body['items']).toEqual([])
  })

  it('SEC-2 PRV-3 refuses a private address in team mode', async () => {
    const team = await startApiRig({ parts: { guard: createAddressGuard(TEAM) } })
    const { status, body } = await ask(
      'POST',
      '/trigger',
      { provider: 'github', type: 'push', url: receiver.url },
      team,
    )
    expect({ status, body }).toMatchObject({ status: 400, body: { error: { field: 'url' } } })
    await team.stop()
  })

  it('PRV-3 refuses an endpoint whose secret the provider cannot sign with, and says what to give', async () => {
    const { body } = await ask('POST', '/endpoints', { name: 'A', url: receiver.url, provider: 'none' })
    expect(await ask('POST', '/trigger', { provider: 'github', type: 'push', endpointId: body['id'] })).toMatchObject({
      status: 400,
      body: { error: { field: 'secret', hint: 'Give the secret that the receiver verifies with.' } },
    })
  })
})

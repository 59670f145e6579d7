import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ErrorBody } from '#shared/contract/errors.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'

describe('REST', () => {
  let rig: ApiRig
  beforeAll(async () => {
    rig = await startApiRig()
  })
  afterAll(() => rig.stop())

  async function json(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
    const response = await rig.call(method, path, body, headers)
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }

  it('answers 201 with the secret, this once, to a new endpoint', async () => {
    const created = await json('POST', '/endpoints', { name: 'App', url: 'http://127.0.0.1:9/', policy: 'crawlux' })
    expect(created.status).toBe(201)
    expect(created.body).toMatchObject({ state: 'active', pausedReason: null, signedBy: 'crawlux', eventTypes: [] })
    expect(created.body['secret']).toEqual(expect.any(String))
    const { body } = await json('GET', `/endpoints/${String(created.body['id'])}`)
    expect(body).not.toHaveProperty('secret')
  })

  it('answers 201 to a new source, 202 to a replay', async () => {
    expect((await json('POST', '/sources', { name: 'Shop', slug: 'shop' })).status).toBe(201)
    const event = await json('POST', '/events', { type: 'order.paid', data: { id: 1 } })
    expect(event.status).toBe(201)
    const eventIds = [event.body['id']]
    const replay = await json('POST', '/replays', { eventIds, url: 'http://127.0.0.1:9/', resign: true })
    expect(replay.status).toBe(202)
    expect(await json('GET', `/replays/${String(replay.body['id'])}`)).toMatchObject({
      status: 200,
      body: { total: 1, done: 0, failed: 0, state: 'running' },
    })
  })

  it('EN25 cancels what waits of a replay, and answers 404 for one that is not there', async () => {
    await json('POST', '/endpoints', { name: 'Held', url: 'http://127.0.0.1:9/', eventTypes: ['held'], enabled: false })
    const event = await json('POST', '/events', { type: 'held', data: 1 })
    const made = await json('POST', '/replays', { eventIds: [event.body['id']] })
    expect(await json('POST', `/replays/${String(made.body['id'])}/cancel`)).toMatchObject({
      status: 200,
      body: { canceled: 1, replay: { id: made.body['id'], total: 1, done: 1, state: 'canceled' } },
    })
    expect((await json('POST', '/replays/rpl_none/cancel')).status).toBe(404)
  })

  it('ENG-14 takes what a new URL does to what waits, and DL31 tells how much waits', async () => {
    const fields = { name: 'Moving', url: 'http://127.0.0.1:9/old', eventTypes: ['moving'], enabled: false }
    const { body: created } = await json('POST', '/endpoints', fields)
    const event = await json('POST', '/events', { type: 'moving', data: 1 })
    const path = `/endpoints/${String(created['id'])}`
    const changed = await json('PATCH', path, { url: 'http://127.0.0.1:9/new', scheduled: 'keep' })
    expect(changed).toMatchObject({ status: 200, body: { url: 'http://127.0.0.1:9/new', waiting: 1 } })
    const { body } = await json('GET', `/deliveries?eventId=${String(event.body['id'])}`)
    expect(body['items']).toMatchObject([{ state: 'held', url: 'http://127.0.0.1:9/old' }])
    expect((await json('PATCH', path, { scheduled: 'leave' })).status).toBe(400)
  })

  it('stores the JSON of `data`, or the bytes of `bodyBase64`, and refuses both and neither', async () => {
    const event = await json('POST', '/events', { type: 'a', data: { b: [1, 'é'] } })
    const raw = await rig.call('GET', `/events/${String(event.body['id'])}/body`)
    expect(await raw.text()).toBe('{"b":[1,"é"]}')
    for (const content of [{}, { data: 1, bodyBase64: 'AA==' }]) {
      const refused = await json('POST', '/events', { type: 'a', ...content })
      expect(refused).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } })
    }
  })

  it('repeats the answer to a used idempotency key, and answers 409 to other content', async () => {
    const first = await json('POST', '/events', { type: 'a', data: 1, idempotencyKey: 'key-1' })
    const again = await json('POST', '/events', { type: 'a', data: 1, idempotencyKey: 'key-1' })
    expect(again.body['id']).toBe(first.body['id'])
    const other = await json('POST', '/events', { type: 'a', data: 2, idempotencyKey: 'key-1' })
    expect(other).toMatchObject({ status: 409, body: { error: { code: 'idempotency_mismatch' } } })
  })

  it('SE17 SE23 gives a body as an attachment that no browser shows or runs', async () => {
    const { body } = await json('POST', '/events', {
      type: 'page',
      bodyBase64: Buffer.from('<script>alert(1)</script>').toString('base64'),
      contentType: 'text/html',
    })
    const { headers } = await rig.call('GET', `/events/${String(body['id'])}/body`)
    expect(headers.get('content-type')).toBe('application/octet-stream')
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="evt_[0-9A-Z]+\.bin"$/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain('sandbox')
  })

  it('means the project of the query, the header or the body, and `default` where none is named', async () => {
    const made = await json('POST', '/projects', { name: 'Other', slug: 'other' })
    expect(made.status).toBe(201)
    await json('POST', '/events?project=other', { type: 'by.query', data: 1 })
    await json('POST', '/events', { type: 'by.header', data: 1 }, { 'hookloop-project': 'other' })
    await json('POST', '/events', { type: 'by.id', data: 1, project: made.body['id'] })
    const types = async (path: string) => {
      const { body } = await json('GET', path)
      return (body['items'] as { type: string }[]).map(({ type }) => type)
    }
    expect(await types('/events?project=other')).toEqual(['by.id', 'by.header', 'by.query'])
    expect(await types('/events')).not.toContain('by.query')
    expect(await json('GET', '/events?project=nope')).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found', field: 'project' } },
    })
  })

  it('sets the time scale of a project by its slug', async () => {
    expect(await json('PATCH', '/projects/default', { timeScale: 60 })).toMatchObject({
      status: 200,
      body: { slug: 'default', timeScale: 60 },
    })
    expect(await json('PATCH', '/projects/default', { timeScale: 0 })).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request', field: 'timeScale' } },
    })
  })

  it('reads numbers and repeated states from the query, and pages by `nextCursor`', async () => {
    for (const type of ['p.one', 'p.two']) await json('POST', '/events', { type, data: 1 })
    const first = await json('GET', '/events?limit=1&type=p.*')
    expect(first.body['items']).toMatchObject([{ type: 'p.two' }])
    const cursor = encodeURIComponent(String(first.body['nextCursor']))
    const second = await json('GET', `/events?limit=1&type=p.*&cursor=${cursor}`)
    expect(second.body['items']).toMatchObject([{ type: 'p.one' }])
    expect((await json('GET', '/deliveries?state=failed&state=held')).status).toBe(200)
    expect((await json('GET', '/deliveries?state=lost')).body).toMatchObject({ error: { field: 'state' } })
    expect((await json('GET', '/events?limit=many')).body).toMatchObject({ error: { field: 'limit' } })
    expect((await json('GET', '/deliveries?eventId=nope')).body).toMatchObject({ error: { field: 'eventId' } })
  })

  it('SE33 leaves every prototype alone', async () => {
    await rig.call('GET', '/events?a[__proto__][polluted]=1&__proto__[polluted]=1&constructor[prototype][polluted]=1')
    await fetch(`${rig.origin}/api/v1/events`, {
      method: 'POST',
      headers: { authorization: 'Bearer test-token-of-this-run', 'content-type': 'application/json' },
      body: '{"type":"a","data":{"__proto__":{"polluted":1}},"__proto__":{"polluted":1}}',
    })
    expect({}).not.toHaveProperty('polluted')
  })

  it('answers every kind of error in the one shape', async () => {
    const origin = rig.origin
    const auth = { authorization: 'Bearer test-token-of-this-run' }
    const json = { ...auth, 'content-type': 'application/json' }
    const cases: [number, string, Promise<Response>][] = [
      [400, 'invalid_request', fetch(`${origin}/api/v1/sources`, { method: 'POST', headers: json, body: '{"a"' })],
      [400, 'invalid_request', fetch(`${origin}/api/v1/sources`, { method: 'POST', headers: json, body: '"text"' })],
      [
        400,
        'invalid_request',
        fetch(`${origin}/api/v1/sources`, { method: 'POST', headers: json, body: new Uint8Array([0xff]) }),
      ],
      [401, 'unauthorized', fetch(`${origin}/api/v1/sources`)],
      [404, 'not_found', fetch(`${origin}/api/v1/nothing`, { headers: auth })],
      [404, 'not_found', fetch(`${origin}/nothing`)],
      [404, 'not_found', fetch(`${origin}/api`, { headers: auth })],
      [404, 'not_found', fetch(`${origin}/rpc/nothing`, { headers: auth })],
      [405, 'method_not_allowed', fetch(`${origin}/`, { method: 'POST' })],
      [415, 'unsupported_media_type', fetch(`${origin}/api/v1/sources`, { method: 'POST', headers: auth, body: '{}' })],
    ]
    for (const [status, code, answer] of cases) {
      const response = await answer
      expect(ErrorBody.parse(await response.json()).error.code).toBe(code)
      expect(response.status).toBe(status)
    }
  })

  it('answers 405 with the methods that a route does have', async () => {
    const unknownId = await rig.call('PUT', '/endpoints/end_x')
    expect(unknownId.status).toBe(405)
    expect(unknownId.headers.get('allow')?.split(', ').toSorted()).toEqual(['DELETE', 'GET', 'PATCH'])
    expect((await rig.call('GET', '/endpoints/end_x/pause')).headers.get('allow')).toBe('POST')
    expect((await rig.call('GET', '/endpoints/end_x/nothing')).status).toBe(404)
  })

  it('tells liveness and readiness without a token', async () => {
    expect(await (await fetch(`${rig.origin}/healthz`)).json()).toEqual({ status: 'ok' })
    expect(await (await fetch(`${rig.origin}/readyz`)).json()).toEqual({ status: 'ready' })
  })

  it('is not ready before the engine has started', async () => {
    const starting = await startApiRig({ isReady: () => false })
    const response = await fetch(`${starting.origin}/readyz`)
    expect(response.status).toBe(503)
    await starting.stop()
  })
})

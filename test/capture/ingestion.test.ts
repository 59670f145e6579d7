import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '#shared/model/app-error.ts'
import { rawExchange } from '#test/support/raw-socket.ts'
import { type CaptureRig, startCaptureRig } from './capture-rig.ts'

const CREATED_AT = '2026-11-20T09:12:04.000Z'
const message = (id: string, change: object = {}) => ({
  id,
  type: 'call_ended',
  createdAt: CREATED_AT,
  data: { seconds: 42 },
  ...change,
})

interface Answered {
  items: { id: string; isRepeat: boolean }[]
  error: { code: string; field?: string; message: string; hint?: string }
}

describe('ingestion', () => {
  let rig: CaptureRig
  let url: string
  beforeEach(async () => {
    rig = await startCaptureRig()
    url = addressOf('inbox')
  })
  afterEach(() => rig.stop())

  const addressOf = (slug: string) =>
    `http://127.0.0.1:${rig.port}/ingest/${rig.engine.capture.sourceOf(slug)!.ingestKey}`

  async function post(body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) {
    const text = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
    const response = await fetch(url, { method: 'POST', headers, body: text as BodyInit })
    return { response, status: response.status, body: (await response.json()) as Answered }
  }

  it('CAP-7 APC-4 makes an event of an envelope: its type, its bytes, its origin', async () => {
    const text = ' {"id":"c-1", "type":"call_ended","createdAt":"2026-11-20T09:12:04.000Z","data":{"n":1.50}}\n'
    const { status, body } = await post(text)
    const [event] = await rig.captured()
    expect(status).toBe(201)
    expect(body).toEqual({ items: [{ id: event!.id, isRepeat: false }] })
    expect(event).toMatchObject({
      type: 'call_ended',
      origin: 'ingested',
      capture: 'complete',
      provider: null,
      contentType: 'application/json',
      sourceId: rig.engine.capture.sourceOf('inbox')!.id,
    })
    expect((await rig.body(event!)).toString()).toBe(text)
  })

  it('CAP-7 makes an event of each message of a list, with its very bytes', async () => {
    const one =
      '{"id":"a","type":"call_started","createdAt":"2026-11-20T09:12:04Z","data":{"big":12345678901234567890}}'
    const two = '{"type" : "call_ended","id":"b","createdAt":"2026-11-20T09:12:04+01:00","data":"\\u00e9 ], {"}'
    expect((await post(`[ ${one} ,\n${two}\t]`)).status).toBe(201)
    const events = await rig.captured()
    expect(events.map(({ type }) => type)).toEqual(['call_started', 'call_ended'])
    expect(await Promise.all(events.map(async (event) => (await rig.body(event)).toString()))).toEqual([one, two])
  })

  it('CAP-7 takes JSON as text/plain, as pages send it without a preflight', async () => {
    expect((await post(message('a'), { 'content-type': 'text/plain;charset=UTF-8' })).status).toBe(201)
    expect(await rig.captured()).toMatchObject([{ type: 'call_ended', contentType: 'application/json' }])
  })

  it('CAP-7 stores a message once, however often its id comes', async () => {
    const first = await post(message('a'))
    const again = await post(message('a'))
    expect([first.status, again.status]).toEqual([201, 200])
    expect(again.body).toEqual({ items: [{ id: first.body.items[0]!.id, isRepeat: true }] })
    const mixed = await post([message('b'), message('a'), message('b')])
    expect(mixed.status).toBe(201)
    expect(mixed.body.items.map(({ isRepeat }) => isRepeat)).toEqual([false, true, true])
    expect(mixed.body.items[2]!.id).toBe(mixed.body.items[0]!.id)
    expect(await rig.captured()).toHaveLength(2)
  })

  it('CAP-7 keeps the ids of sources apart, and those of composed events', async () => {
    await rig.source('other')
    const { id: projectId } = rig.engine.projects.resolve('default')
    await post(message('a'))
    url = addressOf('other')
    expect((await post(message('a'))).status).toBe(201)
    const composed = { type: 'a', body: new Uint8Array(), contentType: 'text/plain', provider: null }
    await rig.engine.events.compose(projectId, { ...composed, idempotencyKey: 'a' })
    expect(await rig.captured()).toHaveLength(3)
  })

  it('CAP-7 refuses an id that was used with other content, and stores nothing of that request', async () => {
    await post(message('a'))
    const { status, body } = await post([message('b'), message('a', { data: 'other' })])
    expect(status).toBe(409)
    expect(body.error).toMatchObject({ code: 'idempotency_mismatch', field: '1.id', hint: expect.any(String) })
    expect((await rig.captured()).map(({ capture }) => capture)).toEqual(['complete', 'refused'])
  })

  it.each([
    ['no JSON', 'hello', undefined],
    ['text that is not UTF-8', new Uint8Array([0xff, 0x7b]), undefined],
    ['a number', '1', undefined],
    ['an empty list', [], undefined],
    ['more messages than a request may bring', Array.from({ length: 501 }, (_, at) => message(`${at}`)), undefined],
    ['no id', message('a', { id: undefined }), 'id'],
    ['an empty id', message(''), 'id'],
    ['a type with a space', message('a', { type: 'call ended' }), 'type'],
    ['a time that is none', message('a', { createdAt: 'yesterday' }), 'createdAt'],
    ['no data', message('a', { data: undefined }), 'data'],
    ['one bad message in a list', [message('a'), message('b', { type: 7 })], '1.type'],
    ['a list of lists', [[message('a')]], '0'],
    ['an inherited field', '{"__proto__":{"id":"a"},"type":"a","createdAt":"2026-11-20T09:12:04Z","data":1}', 'id'],
  ])('CAP-7 refuses %s with the field at fault, stores none of it, and the Inbox tells', async (_what, body, field) => {
    const refused = await post(body)
    expect(refused.status).toBe(400)
    expect(refused.body.error).toMatchObject({ code: 'invalid_request', hint: expect.stringContaining('createdAt') })
    expect(refused.body.error.field).toBe(field)
    const captured = await rig.captured()
    expect(captured).toMatchObject([{ capture: 'refused', origin: 'ingested', type: 'request' }])
    expect(captured[0]!.captureNote).toContain(refused.body.error.message)
  })

  it('CAP-7 takes data of any JSON, null too', async () => {
    for (const [index, data] of [null, 0, '', false, [], {}].entries()) {
      expect((await post(message(String(index), { data }))).status).toBe(201)
    }
  })

  it('CAP-10 CAP-7 refuses a body over the limit of the source, readable to the page, with a record', async () => {
    await rig.source('small', { bodyLimitBytes: 100 })
    url = addressOf('small')
    const headers = { 'content-type': 'text/plain', origin: 'https://a.example' }
    const { response, body } = await post(message('a', { data: 'x'.repeat(200) }), headers)
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([413, 'https://a.example'])
    expect(body.error.code).toBe('payload_too_large')
    expect(await rig.captured()).toMatchObject([{ capture: 'refused', origin: 'ingested', bodySizeBytes: 0 }])
  })

  it('CAP-7 delivers what is ingested as JSON to endpoints that take its type', async () => {
    const { engine } = rig
    const project = engine.projects.resolve('default').id
    const endpoint = { name: 'Calls', url: 'http://127.0.0.1:9/', eventTypes: ['call_*'], enabled: false }
    await engine.endpoints.create(project, { ...endpoint, eventTypes: ['call_ended'] }, { name: 'test' })
    await post([message('a'), message('b', { type: 'call_started' })])
    const details = await Promise.all((await rig.captured()).map(({ id }) => engine.events.get(project, id)))
    expect(details.map(({ event, tally }) => [event.type, tally.held])).toEqual([
      ['call_ended', 1],
      ['call_started', 0],
    ])
  })

  it('SE20 CAP-7 neither stores nor sets cookies, and shows the key in no event', async () => {
    const key = rig.engine.capture.sourceOf('inbox')!.ingestKey
    const { response } = await post(message('a'), { cookie: 'session=other', authorization: 'Bearer other' })
    expect(response.headers.has('set-cookie')).toBe(false)
    const [event] = await rig.captured()
    expect(JSON.stringify(event)).not.toMatch(new RegExp(`session=other|Bearer other|${key}`))
  })

  it('CAP-7 answers a preflight with what sendBeacon needs, and stores nothing', async () => {
    const ask = (headers: Record<string, string>) => fetch(url, { method: 'OPTIONS', headers })
    const preflight = await ask({
      origin: 'https://shop.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
      'access-control-request-private-network': 'true',
    })
    expect(preflight.status).toBe(204)
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'Content-Type',
      'access-control-allow-private-network': 'true',
      vary: 'Origin',
    })
    expect((await ask({})).headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST')
    expect(await rig.captured()).toEqual([])
  })

  it('CAP-7 takes pages of the allowed origins alone, and what is no page by its key', async () => {
    const source = rig.engine.capture.sourceOf('inbox')!
    await rig.engine.sources.update(source, { allowedOrigins: ['https://Shop.example:443/', 'http://127.0.0.1:3000'] })
    const from = (origin?: string) => post(message('a'), origin === undefined ? {} : { origin })
    expect((await from('https://shop.example')).status).toBe(201)
    expect((await from()).status).toBe(200)
    for (const origin of ['https://shop.example.evil', 'http://shop.example', 'http://127.0.0.1:3001', 'null']) {
      const { response, body } = await from(origin)
      expect([response.status, body.error.code]).toEqual([403, 'origin_not_allowed'])
      expect(response.headers.has('access-control-allow-origin')).toBe(false)
    }
    expect(await rig.captured()).toHaveLength(1)
  })

  it.each(['shop.example', 'https://shop.example/path', 'ftp://shop.example', 'https://a@shop.example', ''])(
    'CAP-7 refuses %j as an allowed origin, with the field and the fix',
    async (origin) => {
      const source = rig.engine.capture.sourceOf('inbox')!
      const error = await rig.engine.sources
        .update(source, { allowedOrigins: ['*', origin] })
        .catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(AppError)
      expect(error).toMatchObject({ field: 'allowedOrigins.1', hint: expect.stringContaining('https://shop.example') })
    },
  )

  it('CAP-7 explains itself to whoever opens its address', async () => {
    const response = await fetch(url)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ message: { type: 'call_ended' }, bodyLimitBytes: 26_214_400 })
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200)
    const deleted = await fetch(url, { method: 'DELETE' })
    expect([deleted.status, deleted.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS, POST'])
    expect(await rig.captured()).toEqual([])
  })

  it('CAP-7 has a key of 128 bits for each source, which ends the moment it is replaced', async () => {
    await rig.source('other')
    const source = rig.engine.capture.sourceOf('inbox')!
    expect(source.ingestKey).toMatch(/^ing_[0-9a-f]{32}$/)
    expect(rig.engine.capture.sourceOf('other')!.ingestKey).not.toBe(source.ingestKey)
    const { ingestKey } = await rig.engine.sources.rotateIngestKey(source)
    expect(ingestKey).not.toBe(source.ingestKey)
    const stale = await post(message('a'), { origin: 'https://a.example' })
    expect([stale.status, stale.body.error.code]).toEqual([404, 'unknown_key'])
    expect(stale.response.headers.get('access-control-allow-origin')).toBe('https://a.example')
    url = addressOf('inbox')
    expect((await post(message('a'))).status).toBe(201)
    for (const path of ['/ingest', '/ingest/', '/ingest/__proto__']) {
      const answer = await rawExchange(rig.port, `POST ${path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`)
      expect(answer.status, path).toBe(404)
    }
  })

  it('CAP-7 answers 503 with Retry-After while the storage takes nothing, readable to the page', async () => {
    const { capture } = rig.engine
    const full = await startCaptureRig({
      engine: {
        capture: { ...capture, ingest: () => Promise.reject(new AppError('storage_unavailable', 'The disk is full.')) },
      },
    })
    const headers = { origin: 'https://a.example' }
    const response = await fetch(url.replace(String(rig.port), String(full.port)), {
      method: 'POST',
      headers,
      body: '{}',
    })
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(response.headers.get('access-control-allow-origin')).toBe('https://a.example')
    await full.stop()
  })
})

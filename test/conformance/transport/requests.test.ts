import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { headerValues, type HeaderList } from '#shared/model/header.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'
import { openPair, openReceiver, openTransport, requestTo } from './open-transport.ts'

const OURS = new Set(['host', 'connection', 'content-length'])

function withoutOurs(headers: HeaderList): HeaderList {
  return headers.filter(([name]) => !OURS.has(name.toLowerCase()))
}

describe('what goes out', () => {
  it('DL33 sends headers in order with casing, duplicates, empty and latin1 values', async () => {
    const { receiver, send } = await openPair()
    const headers: HeaderList = [
      ['X-First', '1'],
      ['x-lower', 'a'],
      ['X-Twice', 'one'],
      ['X-MiXeD-CaSe', 'b'],
      ['X-Twice', 'two'],
      ['X-Empty', ''],
      ['X-Latin', 'caf\u00e9'],
      ['Content-Type', 'application/json; charset=utf-8'],
      ['Authorization', 'Bearer a'],
      ['Authorization', 'Bearer b'],
    ]
    await send({ headers })
    expect(withoutOurs(receiver.requests[0]?.headers ?? [])).toEqual(headers)
  })

  it.each([
    ['every byte value', Uint8Array.from({ length: 256 }, (_, value) => value)],
    ['a BOM and CRLF', new TextEncoder().encode('\ufeff{"a":1}\r\n')],
    ['10 MiB', new Uint8Array(randomBytes(10 * 1024 * 1024))],
  ])('DL32 sends %s byte for byte', async (_name, body) => {
    const { receiver, send } = await openPair()
    const { failure } = await send({ body })
    expect(failure).toBeNull()
    expect(receiver.requests[0]?.sha256).toBe(createHash('sha256').update(body).digest('hex'))
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'GET', 'OPTIONS', 'PROPFIND'])(
    'DL32 sends a body with %s and its length',
    async (method) => {
      const { receiver, send } = await openPair()
      const { response } = await send({ method })
      const [request] = receiver.requests
      expect(response?.status).toBe(200)
      expect(request).toMatchObject({ method, body: Buffer.from('{"n":1}') })
      expect(headerValues(request?.headers ?? [], 'content-length')).toEqual(['7'])
    },
  )

  it('DL32 sends a POST without a body with length 0', async () => {
    const { receiver, send } = await openPair()
    await send({ body: new Uint8Array() })
    expect(headerValues(receiver.requests[0]?.headers ?? [], 'content-length')).toEqual(['0'])
  })

  it('reads no body after HEAD', async () => {
    const { send } = await openPair({ script: [{ status: 200, headers: [['Content-Length', '5']] }] })
    const { response, failure } = await send({ method: 'HEAD', body: new Uint8Array() })
    expect(failure).toBeNull()
    expect(response).toMatchObject({ status: 200, truncated: false })
  })

  it('CAP-8 leaves path and query as they were written', async () => {
    const { receiver, send } = await openPair()
    const target = "/a{b}/%7e'c;d=1?x='y'&z=[1]&e=%2F|"
    await send({ url: `${receiver.url}${target}` })
    expect(receiver.requests[0]?.target).toBe(target)
  })

  it('sends to the root where the URL has only a query', async () => {
    const { receiver, send } = await openPair()
    await send({ url: `${receiver.url}?a=1#part` })
    expect(receiver.requests[0]?.target).toBe('/?a=1')
  })

  it('keeps the connection for the next request', async () => {
    const { receiver, send } = await openPair()
    const first = await send()
    const second = await send()
    expect(receiver.requests.map(({ connection }) => connection)).toEqual([1, 1])
    expect(first.timings.connectMs).not.toBeNull()
    expect(second.timings).toMatchObject({ dnsMs: null, connectMs: null, tlsMs: null })
  })

  it('opens as many connections as requests run at once', async () => {
    const { promise: all, resolve } = Promise.withResolvers<void>()
    const { receiver, send } = await openPair({ script: [{ status: 200, after: all }] })
    const sent = Array.from({ length: 30 }, () => send())
    await receiver.waitFor(30)
    resolve()
    expect((await Promise.all(sent)).every(({ response }) => response?.status === 200)).toBe(true)
    expect(new Set(receiver.requests.map(({ connection }) => connection)).size).toBe(30)
  })

  it('opens another connection where the receiver closed the first', async () => {
    const { receiver, send } = await openPair({ script: [{ status: 200, headers: [['Connection', 'close']] }] })
    for (let count = 0; count < 3; count++) expect((await send()).failure).toBeNull()
    expect(receiver.requests.map(({ connection }) => connection)).toEqual([1, 2, 3])
  })

  it('closes those that are idle longest where there are too many, a moment after the answer and a few at a time', async () => {
    const clock = createFakeClock()
    const transport = openTransport({ idleLimit: 2, clock })
    const receivers = await Promise.all(Array.from({ length: 5 }, () => openReceiver()))
    const sendToEach = async () => {
      for (const { url } of receivers) await transport.send(requestTo(url), new AbortController().signal)
    }
    const connections = () => receivers.map(({ requests }) => requests.at(-1)!.connection)
    await sendToEach()
    await sendToEach()
    expect(connections()).toEqual([1, 1, 1, 1, 1])
    await clock.advance(5)
    await clock.advance(5)
    await clock.advance(1_000)
    await sendToEach()
    expect(connections()).toEqual([2, 2, 2, 1, 1])
  })
})

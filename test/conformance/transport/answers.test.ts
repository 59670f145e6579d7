import { once } from 'node:events'
import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startMisbehavingReceiver } from '#test/support/misbehaving-receiver/receiver.ts'
import type { ReceiverAnswer } from '#test/support/receiver.ts'
import { listenRaw, openPair, openReceiver, openTransport, requestTo } from './open-transport.ts'

const raw = (text: string, then: 'end' | 'reset' | 'hold' = 'end'): ReceiverAnswer => ({ raw: text, then })

describe('what comes back', () => {
  it('ENG-9 keeps status, raw headers in order, body, address and timings', async () => {
    const headers: [string, string][] = [
      ['X-Trace', 'a'],
      ['Set-Cookie', 'one=1'],
      ['Set-Cookie', 'two=2'],
      ['x-lower', 'caf\u00e9'],
    ]
    const { send } = await openPair({ script: [{ status: 418, headers, body: 'short and stout' }] })
    const { response, failure, timings } = await send()
    expect(failure).toBeNull()
    expect(response).toMatchObject({ status: 418, truncated: false, remoteAddress: '127.0.0.1' })
    expect(response?.headers.slice(0, 4)).toEqual(headers)
    expect(new TextDecoder().decode(response?.body)).toBe('short and stout')
    expect(timings.dnsMs).toBeNull()
    for (const part of [timings.connectMs, timings.firstByteMs, timings.bodyMs]) expect(part).toBeGreaterThanOrEqual(0)
    expect(timings.totalMs).toBeGreaterThanOrEqual((timings.connectMs ?? 0) + (timings.firstByteMs ?? 0))
  })

  it.each([301, 302, 303, 307, 308])('DL11 never follows a %i', async (status) => {
    const elsewhere = await openReceiver()
    const { send } = await openPair({ script: [{ status, headers: [['Location', elsewhere.url]] }] })
    const { response } = await send({ headers: [['Authorization', 'Bearer a']] })
    expect(response?.status).toBe(status)
    expect(elsewhere.requests).toEqual([])
  })

  it('DL12 goes no round of a ring of redirects', async () => {
    const { send, receiver } = await openPair({ script: [{ status: 302, headers: [['Location', '/']] }] })
    const { response } = await send({ headers: [['Authorization', 'Bearer a']] })
    expect(response?.status).toBe(302)
    expect(receiver.requests).toHaveLength(1)
  })

  it.each([
    ['a 100 that nobody asked for', 'HTTP/1.1 100 Continue\r\n\r\n'],
    [
      'a 100, a 102, a 103 and a 100',
      ['100 Continue', '102 Processing', '103 Early\r\nLink: </a>', '100 Go on']
        .map((it) => `HTTP/1.1 ${it}\r\n\r\n`)
        .join(''),
    ],
    ['a 199 of HTTP/1.0', 'HTTP/1.0 199 Wait\r\n\r\n'],
  ])('DL13 takes the final answer after %s, and keeps the connection', async (_name, interim) => {
    const final = 'HTTP/1.1 200 OK\r\nX-Final: yes\r\nContent-Length: 2\r\n\r\nok'
    const { send, receiver } = await openPair({ script: [raw(interim + final, 'hold'), raw(interim + final, 'hold')] })
    for (let count = 0; count < 2; count++) {
      const { response, failure } = await send()
      expect(failure).toBeNull()
      expect(response).toMatchObject({
        status: 200,
        headers: [
          ['X-Final', 'yes'],
          ['Content-Length', '2'],
        ],
      })
    }
    expect(receiver.requests.map(({ connection }) => connection)).toEqual([1, 1])
  })

  it('DL13 takes a body that looks like an interim answer for a body', async () => {
    const body = 'HTTP/1.1 100 Continue\r\n\r\n'
    const { send } = await openPair({ script: [{ status: 200, body }] })
    expect((await send()).response?.body).toEqual(new TextEncoder().encode(body))
  })

  it('DL13 says that interim answers have no end', async () => {
    const { send } = await openPair({ script: [raw('HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(1_000), 'hold')] })
    expect(await send()).toMatchObject({
      response: null,
      failure: { code: 'invalid_answer', phase: 'headers', detail: 'more than 32 interim answers' },
    })
  })

  it('DL13 takes the final answer after interim ones', async () => {
    const interim = 'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'
    const { send } = await openPair({
      script: [raw(`${interim}HTTP/1.1 200 OK\r\nX-Final: yes\r\nContent-Length: 2\r\n\r\nok`)],
    })
    const { response, failure } = await send()
    expect(failure).toBeNull()
    expect(response).toMatchObject({
      status: 200,
      headers: [
        ['X-Final', 'yes'],
        ['Content-Length', '2'],
      ],
    })
  })

  it('DL13 calls a 101 that nobody asked for an invalid answer', async () => {
    const bytes = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'
    const { send } = await openPair({ script: [raw(bytes, 'hold')] })
    expect(await send()).toMatchObject({ response: null, failure: { code: 'invalid_answer', phase: 'headers' } })
  })

  it.each([
    ['a TLS alert', '\u0015\u0003\u0001\u0000\u0002\u0002F'],
    ['lines that end in bare LF', 'HTTP/1.1 200 OK\nContent-Length: 0\n\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['an SSH banner', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['HTML without a status line', '<html><body>hello</body></html>'],
    ['status 99', 'HTTP/1.1 99 Low\r\nContent-Length: 0\r\n\r\n'],
    ['status 099', 'HTTP/1.1 099 Low\r\nContent-Length: 0\r\n\r\n'],
    ['status 600', 'HTTP/1.1 600 High\r\nContent-Length: 0\r\n\r\n'],
    ['status 999', 'HTTP/1.1 999 High\r\nContent-Length: 0\r\n\r\n'],
    ['length with chunked', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['20 KiB of header', `HTTP/1.1 200 OK\r\nX-Long: ${'a'.repeat(20 * 1024)}\r\n\r\n`],
    ['a NUL in a header', 'HTTP/1.1 200 OK\r\nX-A: b\0c\r\n\r\n'],
  ])('DL18 calls %s an invalid answer', async (_name, bytes) => {
    const { send } = await openPair({ script: [raw(bytes, 'hold')] })
    const { response, failure } = await send()
    expect(response).toBeNull()
    expect(failure).toMatchObject({ code: 'invalid_answer', phase: 'headers' })
    expect(failure?.detail).not.toMatch(/assert|expression evaluated/i)
  })

  it('DL18 shows the first bytes of what is not HTTP', async () => {
    const { send } = await openPair({ script: [raw('SSH-2.0-OpenSSH_9.6\r\n', 'hold')] })
    expect((await send()).failure?.detail).toContain('SSH-2.0')
  })

  it('DL14 takes a 204 with stray bytes as a 204, and the next request is not disturbed', async () => {
    const script = [
      raw('HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello', 'hold'),
      { status: 200, body: 'next' },
    ]
    const { send } = await openPair({ script })
    expect((await send()).response).toMatchObject({ status: 204 })
    expect((await send()).response).toMatchObject({ status: 200, body: new TextEncoder().encode('next') })
  })

  it('DL14 takes a 304 and a 205 with a body as they are, and the next request is not disturbed', async () => {
    const answers = [
      'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n',
      'HTTP/1.1 205 Reset Content\r\nContent-Length: 5\r\n\r\nhello',
      'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext',
    ]
    const port = await listenRaw((socket) => socket.on('data', () => socket.write(answers.shift() ?? '')))
    const transport = openTransport()
    const send = () => transport.send(requestTo(`http://127.0.0.1:${port}/`), new AbortController().signal)
    expect((await send()).response).toMatchObject({ status: 304, truncated: false, body: new Uint8Array() })
    expect((await send()).response).toMatchObject({ status: 205, truncated: false })
    expect((await send()).response).toMatchObject({ status: 200, body: new TextEncoder().encode('next') })
  })

  it('DL14 never takes stray bytes for the next answer, not even where they look like one', async () => {
    const stray = 'HTTP/1.1 500 Stray\r\nContent-Length: 0\r\n\r\n'
    const script = [raw(`HTTP/1.1 204 No Content\r\n\r\n${stray}`, 'hold'), { status: 200, body: 'next' }]
    const { send, receiver } = await openPair({ script })
    expect((await send()).response?.status).toBe(204)
    expect((await send()).response).toMatchObject({ status: 200, body: new TextEncoder().encode('next') })
    expect(receiver.requests.map(({ connection }) => connection)).toEqual([1, 2])
  })

  it('DL14 drops a connection on which stray bytes come later', async () => {
    const sockets: Socket[] = []
    const port = await listenRaw((socket) => {
      sockets.push(socket)
      socket.on('data', () => socket.write('HTTP/1.1 204 No Content\r\n\r\n'))
    })
    const transport = openTransport()
    const send = () => transport.send(requestTo(`http://127.0.0.1:${port}/`), new AbortController().signal)
    expect((await send()).response?.status).toBe(204)
    const closed = once(sockets[0]!, 'close')
    sockets[0]!.write('HTTP/1.1 500 Stray\r\nContent-Length: 0\r\n\r\n')
    await closed
    expect((await send()).response?.status).toBe(204)
    expect(sockets).toHaveLength(2)
  })

  it('DL15 reads no more of a gigabyte than it keeps, and drops the socket', async () => {
    const receiver = await startMisbehavingReceiver({ script: [{ do: 'huge', sizeBytes: 1024 ** 3 }] })
    onTestFinished(() => receiver.close())
    const before = process.memoryUsage().arrayBuffers
    const { response, failure } = await openTransport().send(requestTo(receiver.url), new AbortController().signal)
    expect(failure).toBeNull()
    expect(response).toMatchObject({ status: 200, truncated: true })
    expect(response?.body.byteLength).toBe(65_536)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024)
  })

  it('DL15 reads to the limit, drops the socket and keeps the status', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x')
    const { send } = await openPair({ script: [{ status: 200, body: chunk }] })
    const { response, failure } = await send({ responseLimitBytes: 1_000 })
    expect(failure).toBeNull()
    expect(response).toMatchObject({ status: 200, truncated: true })
    expect(response?.body.byteLength).toBe(1_000)
  })

  it('DL15 does not call an answer cut that just fits', async () => {
    const { send } = await openPair({ script: [{ status: 200, body: 'x'.repeat(1_000) }] })
    const { response } = await send({ responseLimitBytes: 1_000 })
    expect(response).toMatchObject({ truncated: false })
    expect(response?.body.byteLength).toBe(1_000)
  })

  it('DL17 keeps an answer of NULs and a wrong charset byte for byte', async () => {
    const body = Uint8Array.from([0, 0xff, 0xfe, 0, 0xc3, 0x28, 0])
    const headers: [string, string][] = [['Content-Type', 'application/json; charset=no-such-one']]
    const { send } = await openPair({ script: [{ status: 200, headers, body }] })
    const { response, failure } = await send()
    expect(failure).toBeNull()
    expect(response?.body).toEqual(body)
  })

  it('DL16 keeps a compressed answer as it came', async () => {
    const body = gzipSync(Buffer.alloc(1024 * 1024))
    const { send } = await openPair({ script: [{ status: 200, headers: [['Content-Encoding', 'gzip']], body }] })
    const { response } = await send()
    expect(Buffer.from(response?.body ?? [])).toEqual(body)
  })

  it.each(['413 Payload Too Large', '401 Unauthorized'])(
    'DL23 takes the status of a %s that comes before the upload ends',
    async (status) => {
      const port = await listenRaw((socket) =>
        socket.once('data', () => socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)),
      )
      const { response, failure } = await openTransport().send(
        requestTo(`http://127.0.0.1:${port}/`, { body: new Uint8Array(8 * 1024 * 1024) }),
        new AbortController().signal,
      )
      expect(failure).toBeNull()
      expect(response?.status).toBe(Number(status.slice(0, 3)))
    },
  )

  it('reads a body that ends with the connection', async () => {
    const { send } = await openPair({ script: [raw('HTTP/1.1 200 OK\r\n\r\nuntil the end')] })
    const { response, failure } = await send()
    expect(failure).toBeNull()
    expect(new TextDecoder().decode(response?.body)).toBe('until the end')
  })
})

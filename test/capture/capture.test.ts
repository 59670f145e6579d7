import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '#shared/model/app-error.ts'
import { PortInUseError } from '#main/listener/port-error.ts'
import { openSocket, parseAnswer, rawExchange, readToEnd } from '#test/support/raw-socket.ts'
import { type CaptureRig, startCaptureRig } from './capture-rig.ts'

describe('the capture server', () => {
  let rig: CaptureRig
  beforeEach(async () => {
    rig = await startCaptureRig()
  })
  afterEach(() => rig.stop())

  const send = (text: string | Buffer) => rawExchange(rig.port, text)

  it('CAP-1 keeps method, raw path, raw query, and headers in wire order with duplicates and casing', async () => {
    const answer = await send(
      'PUT /in/inbox/a//b/%2e%2E/%00?x=1&x=%20&&y#z HTTP/1.1\r\nhost: h\r\nX-Dup: one\r\nx-dup: two\r\nX-Empty:\r\n' +
        'X-Latin: caf\xe9\r\n__proto__: p\r\nContent-Length: 2\r\nconnection: close\r\n\r\nok',
    )
    expect(answer.status).toBe(200)
    const [event] = await rig.captured()
    expect(event).toMatchObject({
      capture: 'complete',
      captureNote: null,
      method: 'PUT',
      path: '/in/inbox/a//b/%2e%2E/%00',
      query: 'x=1&x=%20&&y#z',
      httpVersion: '1.1',
      remoteAddress: '127.0.0.1',
    })
    expect(event!.headers).toEqual([
      ['host', 'h'],
      ['X-Dup', 'one'],
      ['x-dup', 'two'],
      ['X-Empty', ''],
      ['X-Latin', 'caf\xe9'],
      ['__proto__', 'p'],
      ['Content-Length', '2'],
      ['connection', 'close'],
    ])
  })

  it('CAP-1 takes any method, and echoes no TRACE', async () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'DELETE', 'TRACE', 'PROPFIND', 'M-SEARCH']) {
      const answer = await send(
        `${method} /in/inbox HTTP/1.1\r\nHost: h\r\nX-Canary: tweet\r\nConnection: close\r\n\r\n`,
      )
      expect(answer.status, method).toBe(200)
      expect(answer.text).not.toContain('tweet')
    }
    const methods = (await rig.captured()).map(({ method }) => method)
    expect(methods).toEqual(['GET', 'HEAD', 'OPTIONS', 'DELETE', 'TRACE', 'PROPFIND', 'M-SEARCH'])
  })

  it('CAP-2 answers only once the event is stored', async () => {
    const { promise: mayFinish, resolve: finish } = Promise.withResolvers<void>()
    const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>()
    const slow = await startCaptureRig({
      engine: {
        capture: {
          ...rig.engine.capture,
          async record(source, request) {
            onAsked()
            await mayFinish
            return rig.engine.capture.record(source, request)
          },
        },
      },
    })
    const socket = await openSocket(slow.port)
    let heard = ''
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString()))
    const ended = readToEnd(socket)
    socket.write('POST /in/inbox HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx')
    await asked
    await new Promise(setImmediate)
    expect(heard).toBe('')
    finish()
    const answer = parseAnswer(await ended)
    const [event] = await rig.captured()
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toEqual({ id: event!.id })
    expect(answer.headers.get('hookloop-event')).toBe(event!.id)
    await slow.stop()
  })

  it('CAP-2 answers 503 with Retry-After, never 2xx, where the storage takes nothing', async () => {
    const { capture } = rig.engine
    const full = await startCaptureRig({
      engine: {
        capture: {
          ...capture,
          record: () => Promise.reject(new AppError('storage_unavailable', 'The disk is full.')),
        },
      },
    })
    const response = await fetch(`${full.url}/inbox`, { method: 'POST', body: 'x' })
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(await response.json()).toMatchObject({ error: { code: 'storage_unavailable' } })
    await full.stop()
  })

  it('CAP-8 keeps 1 MiB of random bytes with duplicate headers byte for byte', async () => {
    const body = randomBytes(1024 * 1024)
    const head = `POST /in/inbox HTTP/1.1\r\nHost: h\r\nX-Sig: a\r\nX-SIG: b\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`
    expect((await send(Buffer.concat([Buffer.from(head), body]))).status).toBe(200)
    const [event] = await rig.captured()
    expect((await rig.body(event!)).equals(body)).toBe(true)
    expect(event!.headers.filter(([name]) => name.toLowerCase() === 'x-sig')).toEqual([
      ['X-Sig', 'a'],
      ['X-SIG', 'b'],
    ])
  })

  it('CP02 puts a body together from one-byte chunks with extensions and trailers', async () => {
    const chunks = 'hello'
      .split('')
      .map((letter) => `1;ext=1\r\n${letter}\r\n`)
      .join('')
    const head = 'POST /in/inbox HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n'
    expect((await send(`${head}${chunks}0\r\nX-Trailer: t\r\n\r\n`)).status).toBe(200)
    const [event] = await rig.captured()
    expect((await rig.body(event!)).toString()).toBe('hello')
  })

  it('CP07 keeps 3,000 headers, and refuses a head over 64 KiB with 431', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => `h${index}: v\r\n`).join('')
    expect((await send(`GET /in/inbox HTTP/1.1\r\nHost: h\r\nConnection: close\r\n${many}\r\n`)).status).toBe(200)
    const [event] = await rig.captured()
    expect(event!.headers).toHaveLength(3_002)
    const big = await send(`GET /in/inbox HTTP/1.1\r\nHost: h\r\nX: ${'a'.repeat(70_000)}\r\n\r\n`)
    expect(big.status).toBe(431)
    expect((await rig.captured()).at(-1)).toMatchObject({
      capture: 'malformed',
      captureNote: expect.stringContaining('64 KiB'),
    })
  })

  it('CP17 captures pipelined requests once each, in order', async () => {
    const one = (name: number, more = '') =>
      `POST /in/inbox/${name} HTTP/1.1\r\nHost: h\r\n${more}Content-Length: 1\r\n\r\nx`
    const all = Array.from({ length: 100 }, (_, index) => one(index)).join('') + one(100, 'Connection: close\r\n')
    const answers = await send(all)
    expect(answers.text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(101)
    const paths = (await rig.captured()).map(({ path }) => path)
    expect(paths).toEqual(Array.from({ length: 101 }, (_, index) => `/in/inbox/${index}`))
  })

  it('CP18 routes a target in absolute form by its path, and reaches no other port by it', async () => {
    const answer = await send(
      'POST http://elsewhere:1/in/inbox/a HTTP/1.1\r\nHost: elsewhere:1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
    )
    expect(answer.status).toBe(200)
    expect((await rig.captured())[0]).toMatchObject({ path: 'http://elsewhere:1/in/inbox/a' })
  })

  it('answers 404 with a hint to an address without a source, and stores nothing', async () => {
    for (const path of [
      '/in/nope',
      '/in/',
      '/in',
      '/',
      '/inbox',
      '/in/INBOX',
      '/in/../api/v1/events',
      '/api/v1/events',
    ]) {
      const answer = await send(`POST ${path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi`)
      expect(answer.status, path).toBe(404)
      expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'unknown_source', hint: expect.any(String) } })
    }
    expect(await rig.captured()).toEqual([])
  })

  it('CP25 says which port is taken', async () => {
    await expect(startCaptureRig({ port: rig.port })).rejects.toThrow(PortInUseError)
  })

  it('lets a request in progress end before it closes', async () => {
    const socket = await openSocket(rig.port)
    const ended = readToEnd(socket)
    socket.write('POST /in/inbox HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n')
    await new Promise((resolve) => socket.once('data', resolve))
    const closed = rig.server.close(10_000)
    socket.write('late')
    await closed
    expect(await ended).toContain('HTTP/1.1 200 OK')
    expect(await rig.captured()).toHaveLength(1)
  })
})

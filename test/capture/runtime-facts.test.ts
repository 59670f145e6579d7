import { createServer, type IncomingMessage, type Server, type ServerOptions } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { openSocket, rawExchange } from '#test/support/raw-socket.ts'

/** What the bare server of the Node that runs us does: the capture server is built on these facts, not on belief. */
describe('the HTTP parser of this Node', () => {
  let server: Server
  afterEach(() => new Promise((resolve) => server.close(resolve).closeAllConnections()))

  interface Seen {
    request: IncomingMessage
    body: string
  }

  /** Resolves to the port; `seen` fills with what the handler got, `errors` with what `clientError` told. */
  async function serve(options: ServerOptions = {}) {
    const seen: Seen[] = []
    const errors: string[] = []
    server = createServer(options, (request, response) => {
      const entry = { request, body: '' }
      seen.push(entry)
      request.on('error', () => {})
      request.on('data', (chunk: Buffer) => (entry.body += chunk.toString('latin1')))
      request.once('end', () => response.end())
    })
    server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
      errors.push(error.code ?? '')
      socket.destroy()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    return { port, seen, errors, send: (bytes: string) => rawExchange(port, bytes) }
  }

  const CLOSE = 'Host: h\r\nConnection: close\r\n'

  it('M1 refuses a head of more headers than it counts to, and takes any number where that limit is off', async () => {
    const many = `GET / HTTP/1.1\r\n${CLOSE}${'a: b\r\n'.repeat(3_000)}\r\n`
    const counting = await serve({ maxHeaderSize: 65_536 })
    await counting.send(many)
    expect(counting.seen).toHaveLength(0)
    expect(counting.errors).toEqual(['HPE_HEADER_OVERFLOW'])
    await new Promise((resolve) => server.close(resolve))

    const whole = await serve({ maxHeaderSize: 65_536 })
    server.maxHeadersCount = 0
    await whole.send(many)
    expect(whole.seen[0]!.request.rawHeaders).toHaveLength(2 * 3_002)
  })

  it('M2 tells the truth on duplicate headers in rawHeaders alone', async () => {
    const { seen, send } = await serve()
    await send(
      `GET / HTTP/1.1\r\n${CLOSE}Host: other\r\nAuthorization: 1\r\nAuthorization: 2\r\nX-Sig: a\r\nX-Sig: b\r\n\r\n`,
    )
    const { headers, rawHeaders } = seen[0]!.request
    expect(headers).toMatchObject({ host: 'h', authorization: '1', 'x-sig': 'a, b' })
    expect(rawHeaders.filter((_, index) => index % 2 === 0)).toEqual([
      'Host',
      'Connection',
      'Host',
      'Authorization',
      'Authorization',
      'X-Sig',
      'X-Sig',
    ])
  })

  it('M3 keeps __proto__ in rawHeaders alone, and reads header bytes as latin1', async () => {
    const { seen, send } = await serve()
    await send(`GET / HTTP/1.1\r\n${CLOSE}__proto__: p\r\nX-Latin: caf\xe9\r\n\r\n`)
    const { headers, rawHeaders } = seen[0]!.request
    expect(Object.keys(headers)).not.toContain('__proto__')
    expect(rawHeaders).toContain('__proto__')
    expect(headers['x-latin']).toBe('caf\xe9')
  })

  it('M4 hands over an HTTP/1.0 body without length as a complete empty request, then complains of its bytes', async () => {
    const { seen, errors, send } = await serve()
    await send('POST / HTTP/1.0\r\n\r\nlost')
    expect(seen).toMatchObject([{ body: '', request: { complete: true } }])
    expect(errors).toHaveLength(1)
  })

  const H = 'Host: h\r\n'
  const unseen: readonly (readonly [what: string, bytes: string])[] = [
    ['a length with chunks', `POST / HTTP/1.1\r\n${H}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['two lengths', `POST / HTTP/1.1\r\n${H}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc`],
    ['chunked that is not the last coding', `POST / HTTP/1.1\r\n${H}Transfer-Encoding: chunked, gzip\r\n\r\n`],
    ['a space before a colon', `GET / HTTP/1.1\r\n${H}X : 1\r\n\r\n`],
    ['a folded header', `GET / HTTP/1.1\r\n${H}X: 1\r\n 2\r\n\r\n`],
    ['a bare line feed', `GET / HTTP/1.1\nHost: h\n\n`],
    ['a NUL', `GET / HTTP/1.1\r\n${H}X: \0\r\n\r\n`],
    ['the HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a TLS hello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['an unknown method', `BREW / HTTP/1.1\r\n${H}\r\n`],
    ['a path that is not ASCII', `GET /\xe9 HTTP/1.1\r\n${H}\r\n`],
    ['a head past the limit', `GET / HTTP/1.1\r\n${H}X: ${'x'.repeat(17_000)}\r\n\r\n`],
  ]
  it.for(unseen)('M5 tells of %s in clientError alone', async ([, bytes]) => {
    const { seen, errors, send } = await serve()
    await send(bytes)
    expect(seen).toHaveLength(0)
    expect(errors).toHaveLength(1)
  })

  const seenFirst: readonly (readonly [what: string, rest: string, code: string])[] = [
    ['a bad chunk size', 'Transfer-Encoding: chunked\r\n\r\nzz\r\n', 'HPE_INVALID_CHUNK_SIZE'],
    ['a transfer coding that is unknown', 'Transfer-Encoding: foo\r\n\r\n', 'HPE_INVALID_TRANSFER_ENCODING'],
  ]
  it.for(seenFirst)('M5 tells of %s only once the handler runs', async ([, rest, code]) => {
    const { seen, errors, send } = await serve()
    await send(`POST / HTTP/1.1\r\n${H}${rest}`)
    expect(seen.map(({ request }) => request.complete)).toEqual([false])
    expect(errors).toEqual([code])
  })

  it('M5 answers 417 to another expectation and 400 to a missing Host by itself, and runs no handler', async () => {
    const { seen, send } = await serve()
    expect((await send(`GET / HTTP/1.1\r\n${CLOSE}Expect: tea\r\n\r\n`)).status).toBe(417)
    expect((await send('GET / HTTP/1.1\r\nConnection: close\r\n\r\n')).status).toBe(400)
    expect((await send(`CONNECT a:1 HTTP/1.1\r\n${H}\r\n`)).text).toBe('')
    expect(seen).toHaveLength(0)
  })

  it('M6 lets a hidden second request and bare line feeds through where the lenient parser is on', async () => {
    const { seen, send } = await serve({ insecureHTTPParser: true })
    await send(
      `POST /a HTTP/1.1\r\n${H}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /hidden HTTP/1.1\r\n${CLOSE}\r\n`,
    )
    await send('GET /bare HTTP/1.1\nHost: h\nConnection: close\n\n')
    expect(seen.map(({ request }) => request.url)).toEqual(['/a', '/hidden', '/bare'])
  })

  it('M7 says that a sender left by aborted and close, never by end', async () => {
    const { port, seen } = await serve()
    const socket = await openSocket(port)
    socket.write(`POST / HTTP/1.1\r\n${H}Content-Length: 9\r\n\r\nabc`)
    await new Promise((resolve) => server.once('request', resolve))
    const { request } = seen[0]!
    let ended = false
    request.once('end', () => (ended = true))
    const closed = new Promise((resolve) => request.once('close', resolve))
    socket.destroy()
    await closed
    expect({ ended, complete: request.complete, aborted: request.destroyed }).toEqual({
      ended: false,
      complete: false,
      aborted: true,
    })
  })

  it('M7 takes trailers that nobody declared', async () => {
    const { seen, send } = await serve()
    await send(`POST / HTTP/1.1\r\n${CLOSE}Transfer-Encoding: chunked\r\n\r\n0\r\nX-Late: yes\r\n\r\n`)
    expect(seen[0]!.request.rawTrailers).toEqual(['X-Late', 'yes'])
  })

  it('M8 leaves the target as it came', async () => {
    const { seen, send } = await serve()
    for (const target of ['http://elsewhere:1/a/../b', '/a/../%00/<script>', '//a//', '/%2e%2e', '*']) {
      await send(`OPTIONS ${target} HTTP/1.1\r\n${CLOSE}\r\n`)
      expect(seen.at(-1)!.request.url).toBe(target)
    }
  })
})

import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ReceiverAnswer } from '#test/support/receiver.ts'
import { openPair, openReceiver, openTransport, requestTo } from './open-transport.ts'

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

  it.each([
    ['a thousand interim answers', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(1_000)],
    ['a 101 that nobody asked for', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'],
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

  it('DL16 keeps a compressed answer as it came', async () => {
    const body = gzipSync(Buffer.alloc(1024 * 1024))
    const { send } = await openPair({ script: [{ status: 200, headers: [['Content-Encoding', 'gzip']], body }] })
    const { response } = await send()
    expect(Buffer.from(response?.body ?? [])).toEqual(body)
  })

  it('DL23 takes the status of an answer that comes before the upload ends', async () => {
    const { createServer } = await import('node:net')
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () =>
        socket.end('HTTP/1.1 413 Payload Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'),
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const { response } = await openTransport().send(
      requestTo(`http://127.0.0.1:${port}/`, { body: new Uint8Array(8 * 1024 * 1024) }),
      new AbortController().signal,
    )
    server.close()
    expect(response?.status).toBe(413)
  })

  it('reads a body that ends with the connection', async () => {
    const { send } = await openPair({ script: [raw('HTTP/1.1 200 OK\r\n\r\nuntil the end')] })
    const { response, failure } = await send()
    expect(failure).toBeNull()
    expect(new TextDecoder().decode(response?.body)).toBe('until the end')
  })
})

import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { testCertificates } from '#test/support/test-certificates.ts'
import { openPair, openReceiver, openTransport, requestTo, type OpenOptions } from './open-transport.ts'

const never = new AbortController().signal

/** A port of loopback that nobody listens on. */
async function deadPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

function failingLookup(code: string): OpenOptions {
  return {
    lookup: (_host, _options, done) => done(Object.assign(new Error(code), { code, syscall: 'getaddrinfo' }), '', 4),
  }
}

describe('before an answer', () => {
  it('DL01 tells a refused connection', async () => {
    const { failure, response } = await openTransport().send(requestTo(`http://127.0.0.1:${await deadPort()}/`), never)
    expect(response).toBeNull()
    expect(failure).toMatchObject({ code: 'connect_refused', phase: 'connect' })
  })

  it('DL01 tells a refused connection of localhost, where two addresses failed', async () => {
    const { failure } = await openTransport().send(requestTo(`http://localhost:${await deadPort()}/`), never)
    expect(failure).toMatchObject({ code: 'connect_refused' })
  })

  it.each(['127.0.0.1', '::1'] as const)('DL02 reaches localhost where the app listens on %s only', async (host) => {
    const receiver = await openReceiver({ host })
    const { response } = await openTransport().send(requestTo(`http://localhost:${receiver.port}/`), never)
    expect(response).toMatchObject({ status: 200, remoteAddress: host })
  })

  it('DL03 tells a name that does not exist from a resolver that fails', async () => {
    const unknown = await openTransport(failingLookup('ENOTFOUND')).send(requestTo('http://nowhere.test/'), never)
    const broken = await openTransport(failingLookup('EAI_AGAIN')).send(requestTo('http://nowhere.test/'), never)
    expect(unknown.failure).toMatchObject({ code: 'dns_not_found', phase: 'dns' })
    expect(broken.failure).toMatchObject({ code: 'dns_failed', phase: 'dns' })
  })

  it('DL03 gives up on a resolver that hangs', async () => {
    const { failure } = await openTransport({ lookup: () => {} }).send(
      requestTo('http://nowhere.test/', { timeoutMs: 150 }),
      never,
    )
    expect(failure).toMatchObject({ code: 'timed_out', phase: 'dns' })
  })

  it('DL06 tells a reset', async () => {
    const { send, receiver } = await openPair({ script: ['reset'] })
    expect((await send()).failure).toMatchObject({ code: 'connection_reset', phase: 'headers' })
    expect(receiver.requests).toHaveLength(1)
  })

  it.each(['POST', 'GET'])(
    'DL22 never sends a %s again by itself when a kept-alive connection dies',
    async (method) => {
      const { send, receiver } = await openPair({ script: [{ status: 200 }, 'reset'] })
      const body = new Uint8Array()
      await send({ method, body })
      const { failure } = await send({ method, body })
      expect(failure).toMatchObject({ code: 'stale_connection', phase: 'headers' })
      expect(receiver.requests.map(({ connection }) => connection)).toEqual([1, 1])
    },
  )

  it('DL10 ends at the deadline where no answer comes', async () => {
    const { send } = await openPair({ script: ['silence'] })
    expect((await send({ timeoutMs: 600 })).failure).toMatchObject({ code: 'timed_out', phase: 'headers' })
  })

  it('DL34 tells a receiver that never reads the upload', async () => {
    const server = createServer((socket) => {
      socket.pause()
      socket.on('error', () => {})
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const body = new Uint8Array(32 * 1024 * 1024)
    const { failure } = await openTransport().send(
      requestTo(`http://127.0.0.1:${port}/`, { body, timeoutMs: 1_000 }),
      never,
    )
    server.close()
    expect(failure).toMatchObject({ code: 'timed_out', phase: 'send' })
  })

  it('ends as interrupted when it is aborted', async () => {
    const { receiver, transport } = await openPair({ script: ['silence'] })
    const abort = new AbortController()
    const sent = transport.send(requestTo(receiver.url), abort.signal)
    await receiver.waitFor(1)
    abort.abort()
    expect((await sent).failure).toMatchObject({ code: 'interrupted' })
  })

  it('sends nothing after it was closed', async () => {
    const { receiver, transport, send } = await openPair()
    await transport.close()
    expect((await send()).failure).toMatchObject({ code: 'interrupted' })
    expect(receiver.requests).toEqual([])
  })

  it('M12 reaches a port that browsers refuse', async () => {
    const receiver = await openReceiver({ port: 10_080 }).catch(() => openReceiver({ port: 6_000 }))
    const { response } = await openTransport().send(requestTo(receiver.url), never)
    expect(response?.status).toBe(200)
  })
})

describe('within an answer', () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n'

  it.each([
    ['reset', 'reset'],
    ['closed', 'end'],
  ] as const)('DL07 keeps the status of an answer that is %s half-way', async (_name, then) => {
    const { send } = await openPair({ script: [{ raw: `${head}partial`, then }] })
    const { response, failure } = await send()
    expect(response).toMatchObject({ status: 200, truncated: true, body: new TextEncoder().encode('partial') })
    expect(failure).toMatchObject({ code: 'answer_cut', phase: 'body' })
  })

  it('DL07 keeps the status of a chunked answer that is cut', async () => {
    const { send } = await openPair({
      script: [{ raw: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel', then: 'end' }],
    })
    expect(await send()).toMatchObject({ response: { status: 200, truncated: true }, failure: { code: 'answer_cut' } })
  })

  it('DL08 ends at the deadline while headers trickle', async () => {
    const { send } = await openPair({ script: [{ raw: 'HTTP/1.1 200 OK\r\nX-Slow: ', then: 'drip' }] })
    const { response, failure } = await send({ timeoutMs: 800 })
    expect(response).toBeNull()
    expect(failure).toMatchObject({ code: 'timed_out', phase: 'headers' })
  })

  it('DL09 ends at the deadline while the body drips, with what came', async () => {
    const { send } = await openPair({ script: [{ raw: head, then: 'drip' }] })
    const { response, failure } = await send({ timeoutMs: 800 })
    expect(response).toMatchObject({ status: 200, truncated: true })
    expect(failure).toMatchObject({
      code: 'timed_out',
      phase: 'body',
      detail: expect.stringMatching(/^got [1-9]\d* bytes/),
    })
  })
})

describe('over TLS', () => {
  const { localhost, expired, elsewhere } = testCertificates

  it('sends to a receiver whose authority is trusted, and times the handshake', async () => {
    const receiver = await openReceiver({ tls: localhost })
    const { response, timings } = await openTransport({ ca: [localhost.cert] }).send(
      requestTo(`https://localhost:${receiver.port}/`),
      never,
    )
    expect(response?.status).toBe(200)
    for (const part of [timings.dnsMs, timings.connectMs, timings.tlsMs]) expect(part).toBeGreaterThanOrEqual(0)
  })

  it('DL04 refuses a self-signed certificate before anything is sent', async () => {
    const { receiver, send } = await openPair({ tls: localhost })
    expect((await send()).failure).toMatchObject({
      code: 'tls_untrusted',
      phase: 'tls',
      detail: 'issued to localhost by localhost; DEPTH_ZERO_SELF_SIGNED_CERT',
    })
    expect(receiver.requests).toEqual([])
  })

  it('DL05 tells an expired certificate', async () => {
    const { send } = await openPair({ tls: expired }, { ca: [expired.cert] })
    expect((await send()).failure).toMatchObject({
      code: 'tls_expired',
      phase: 'tls',
      detail: 'valid from 2024-01-01T00:00:00.000Z to 2024-02-01T00:00:00.000Z',
    })
  })

  it('DL05 tells a certificate for another host', async () => {
    const receiver = await openReceiver({ tls: elsewhere })
    const { failure } = await openTransport({ ca: [elsewhere.cert] }).send(
      requestTo(`https://localhost:${receiver.port}/`),
      never,
    )
    expect(failure).toMatchObject({
      code: 'tls_wrong_host',
      phase: 'tls',
      detail: expect.stringContaining('elsewhere.example'),
    })
  })

  it('DL04 sends nothing after a handshake that it does not trust, however often it tries', async () => {
    const { receiver, send } = await openPair({ tls: elsewhere })
    const results = await Promise.all(Array.from({ length: 10 }, () => send()))
    expect(results.every(({ failure, response }) => failure?.code === 'tls_untrusted' && response === null)).toBe(true)
    expect(receiver.requests).toEqual([])
  })

  it('DL05 tells plain HTTP on a TLS port', async () => {
    const receiver = await openReceiver()
    const { failure } = await openTransport().send(requestTo(`https://127.0.0.1:${receiver.port}/`), never)
    expect(failure).toMatchObject({ code: 'tls_plain_http', phase: 'tls' })
  })
})

import { describe, expect, it, onTestFinished } from 'vitest'
import { createFakeClock } from '#test/support/fake-clock.ts'
import { startMisbehavingReceiver, type Security } from '#test/support/misbehaving-receiver/receiver.ts'
import { testAuthority, testCertificates } from '#test/support/test-certificates.ts'
import { listenRaw, openPair, openReceiver, openTransport, requestTo } from './open-transport.ts'

const never = new AbortController().signal
const { localhost, expired, elsewhere, future, chained, withoutIntermediate } = testCertificates

async function openSecured(security: Security) {
  const receiver = await startMisbehavingReceiver({ security })
  onTestFinished(() => receiver.close())
  return receiver
}

describe('over TLS', () => {
  it('sends to a receiver whose authority is trusted, and times the handshake', async () => {
    const receiver = await openReceiver({ tls: localhost })
    const { response, timings } = await openTransport({ ca: [localhost.cert] }).send(
      requestTo(`https://localhost:${receiver.port}/`),
      never,
    )
    expect(response).toMatchObject({ status: 200, remoteAddress: '127.0.0.1' })
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

  it('DL04 sends nothing after a handshake that it does not trust, however often it tries', async () => {
    const { receiver, send } = await openPair({ tls: elsewhere })
    const results = await Promise.all(Array.from({ length: 10 }, () => send()))
    expect(results.every(({ failure, response }) => failure?.code === 'tls_untrusted' && response === null)).toBe(true)
    expect(receiver.requests).toEqual([])
  })

  it('DL04 sends to any certificate where the endpoint asks for that, and says so', async () => {
    const told: unknown[] = []
    const { receiver, send } = await openPair({ tls: elsewhere }, { onUnverified: (problem) => told.push(problem) })
    expect((await send({ tls: { verify: false, ca: null } })).response?.status).toBe(200)
    expect(receiver.requests).toHaveLength(1)
    expect(told).toEqual([
      { host: '127.0.0.1', reason: expect.stringContaining('issued to elsewhere.example by elsewhere.example') },
    ])
  })

  it('DL04 never lends a socket that nobody vouched for to an endpoint that asks for that', async () => {
    const { receiver, send } = await openPair({ tls: localhost })
    await send({ tls: { verify: false, ca: null } })
    expect((await send()).failure).toMatchObject({ code: 'tls_untrusted' })
    expect((await send({ tls: { verify: true, ca: localhost.cert } })).response?.status).toBe(200)
    expect((await send({ tls: { verify: false, ca: null } })).response?.status).toBe(200)
    const [first, second, third] = receiver.requests.map(({ connection }) => connection)
    expect(second).not.toBe(first)
    expect(third).toBe(first)
  })

  it('DL04 trusts an endpoint’s own authority, for that endpoint alone', async () => {
    const { send } = await openPair({ tls: chained })
    expect((await send({ tls: { verify: true, ca: testAuthority } })).response?.status).toBe(200)
    expect((await send({ tls: { verify: true, ca: elsewhere.cert } })).failure).toMatchObject({ code: 'tls_untrusted' })
    expect((await send()).failure).toMatchObject({ code: 'tls_untrusted' })
  })

  it('DL04 tells an authority that cannot be read', async () => {
    const { send, receiver } = await openPair({ tls: localhost })
    const ca = '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n'
    expect((await send({ tls: { verify: true, ca } })).failure).toMatchObject({
      code: 'tls_untrusted',
      detail: expect.stringContaining('cannot be read'),
    })
    expect(receiver.requests).toEqual([])
  })

  it('DL05 tells an expired certificate, with its dates', async () => {
    const { send } = await openPair({ tls: expired }, { ca: [expired.cert] })
    expect((await send()).failure).toMatchObject({
      code: 'tls_expired',
      phase: 'tls',
      detail: 'valid from 2024-01-01T00:00:00.000Z to 2024-02-01T00:00:00.000Z',
    })
  })

  it('DL05 tells a certificate that is not valid yet, with its dates', async () => {
    const { send } = await openPair({ tls: future }, { ca: [future.cert] })
    expect((await send()).failure).toMatchObject({
      code: 'tls_not_yet_valid',
      phase: 'tls',
      detail: 'valid from 2090-01-01T00:00:00.000Z to 2091-01-01T00:00:00.000Z',
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

  it('DL05 tells a chain that lacks its intermediate certificate', async () => {
    const whole = await openPair({ tls: chained }, { ca: [testAuthority] })
    expect((await whole.send()).response?.status).toBe(200)
    const { send } = await openPair({ tls: withoutIntermediate }, { ca: [testAuthority] })
    expect((await send()).failure).toMatchObject({
      code: 'tls_incomplete_chain',
      phase: 'tls',
      detail: expect.stringContaining('issued to localhost by Test Intermediate'),
    })
  })

  it('DL05 tells a receiver that knows TLS 1.0 alone', async () => {
    const receiver = await openSecured({ kind: 'tls', ...localhost, maxVersion: 'TLSv1' })
    const { failure } = await openTransport({ ca: [localhost.cert] }).send(requestTo(receiver.url), never)
    expect(failure).toMatchObject({ code: 'tls_protocol', phase: 'tls' })
  })

  it('DL05 tells plain HTTP on a TLS port', async () => {
    const receiver = await openReceiver()
    const { failure } = await openTransport().send(requestTo(`https://127.0.0.1:${receiver.port}/`), never)
    expect(failure).toMatchObject({ code: 'tls_plain_http', phase: 'tls' })
  })

  it('DL05 tells a handshake that is reset', async () => {
    const receiver = await openSecured({ kind: 'tls-reset' })
    const { failure } = await openTransport().send(requestTo(receiver.url), never)
    expect(failure).toMatchObject({ code: 'tls_failed', phase: 'tls' })
  })

  it('DL05 ends at the deadline where the handshake never goes on', async () => {
    const clock = createFakeClock()
    const { promise: greeted, resolve: greet } = Promise.withResolvers<void>()
    const port = await listenRaw((socket) => socket.once('data', () => greet()))
    const sent = openTransport({ clock }).send(requestTo(`https://127.0.0.1:${port}/`, { timeoutMs: 5_000 }), never)
    await greeted
    await clock.advance(5_000)
    expect((await sent).failure).toMatchObject({ code: 'timed_out', phase: 'tls' })
  })
})

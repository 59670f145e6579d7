import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createAddressGuard, type AddressPolicy } from '#main/engine/address-guard/address-guard.ts'
import { testCertificates } from '#test/support/test-certificates.ts'
import { openPair, openReceiver, openTransport, requestTo } from './open-transport.ts'

const never = new AbortController().signal
const local = createAddressGuard({ mode: 'local', allow: [] })

function team(parts: Partial<Extract<AddressPolicy, { mode: 'team' }>> = {}) {
  const own = () => ({ addresses: [], ports: new Set<number>() })
  return createAddressGuard({ mode: 'team', allow: [], own, refusedPorts: new Set(), ...parts })
}

/** Answers in turn; the last one stays. */
function answering(...answers: string[][]): LookupFunction & { asked: string[] } {
  const asked: string[] = []
  const lookup: LookupFunction = (name, _options, done) => {
    const found = answers[Math.min(asked.push(name), answers.length) - 1] ?? []
    done(
      null,
      found.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }
  return Object.assign(lookup, { asked })
}

describe('the address that is dialled', () => {
  it.each([
    'http://169.254.169.254/',
    'http://metadata.google.internal/',
    'http://[fd00:ec2::254]/',
    'http://100.100.100.200/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://2852039166/',
  ])('SE01 refuses %s to a developer too, before a byte is sent', async (url) => {
    const lookup = answering(['127.0.0.1'])
    const { response, failure } = await openTransport({ guard: local, lookup }).send(requestTo(url), never)
    expect(response).toBeNull()
    expect(failure).toMatchObject({ code: 'address_refused', detail: expect.stringContaining('metadata') })
    expect(lookup.asked).toEqual([])
  })

  it('SE01 refuses a name that resolves to a metadata address', async () => {
    const lookup = answering(['169.254.169.254'])
    const { failure } = await openTransport({ guard: local, lookup }).send(requestTo('http://a.test/'), never)
    expect(failure).toMatchObject({
      code: 'address_refused',
      phase: 'dns',
      detail: expect.stringContaining('a.test resolves to it'),
    })
  })

  it('SE02 refuses loopback to a team, and lets a developer reach it', async () => {
    const { send, receiver } = await openPair({}, { guard: team() })
    expect((await send()).failure).toMatchObject({ code: 'address_refused', phase: 'connect' })
    expect(receiver.requests).toEqual([])
    const other = await openTransport({ guard: local }).send(requestTo(receiver.url), never)
    expect(other.response?.status).toBe(200)
  })

  it('SE02 lets a team reach what its administrator listed', async () => {
    const { send } = await openPair({}, { guard: team({ allow: ['127.0.0.1/32'] }) })
    expect((await send()).response?.status).toBe(200)
  })

  it.each([
    '127.1',
    '0177.0.0.1',
    '0x7f.1',
    '2130706433',
    '１２７.０.０.１',
    '①②⑦.⓪.⓪.①',
    '127.0.0.1.',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[::1]',
    '0',
    'localhost',
    'localhost.',
    'a.localhost',
    'a@b@127.0.0.1',
    '127.0.0.1\\@a.test',
    '127.0.\t0.1',
    '[::]',
  ])('SE03 refuses loopback written as %j', async (host) => {
    const { port, requests } = await openReceiver()
    const lookup = answering(['127.0.0.1'])
    const { response, failure } = await openTransport({ guard: team(), lookup }).send(
      requestTo(`http://${host.includes('\\') ? host : `${host}:${port}`}/`),
      never,
    )
    expect(response).toBeNull()
    expect(['address_refused', 'url_invalid']).toContain(failure?.code)
    expect(requests).toEqual([])
  })

  it('SE03 finds no address in a zone id', async () => {
    const { failure } = await openTransport({ guard: team() }).send(requestTo('http://[fe80::1%25eth0]/'), never)
    expect(failure).toMatchObject({ code: 'url_invalid' })
  })

  it('SE04 refuses a name of which one address of several is private', async () => {
    const receiver = await openReceiver()
    const lookup = answering(['8.8.8.8', '127.0.0.1'])
    const { failure } = await openTransport({ guard: team(), lookup }).send(
      requestTo(`http://mixed.test:${receiver.port}/`),
      never,
    )
    expect(failure).toMatchObject({ code: 'address_refused', phase: 'dns' })
    expect(receiver.requests).toEqual([])
  })

  it('SE04 dials the very address that it checked, and checks each new socket again', async () => {
    const receiver = await openReceiver()
    const lookup = answering(['127.0.0.1'], ['127.0.0.2'])
    const transport = openTransport({ guard: team({ allow: ['127.0.0.1/32'] }), lookup })
    const send = (fresh: boolean) => transport.send(requestTo(`http://a.test:${receiver.port}/`, { fresh }), never)
    expect((await send(false)).response?.remoteAddress).toBe('127.0.0.1')
    expect((await send(false)).response?.remoteAddress).toBe('127.0.0.1')
    expect(lookup.asked).toEqual(['a.test'])
    expect((await send(true)).failure).toMatchObject({
      code: 'address_refused',
      detail: expect.stringContaining('127.0.0.2'),
    })
    expect(lookup.asked).toEqual(['a.test', 'a.test'])
    expect(receiver.requests).toHaveLength(2)
  })

  it('SE04 refuses before the handshake of TLS begins', async () => {
    const { send, receiver } = await openPair({ tls: testCertificates.localhost }, { guard: team() })
    expect((await send({ tls: { verify: false, ca: null } })).failure).toMatchObject({ code: 'address_refused' })
    expect(receiver.requests).toEqual([])
  })

  it('SE05 follows no redirect to a private address, nor to one with a line break', async () => {
    const inside = await openReceiver()
    const { send } = await openPair({
      script: [
        { status: 302, headers: [['Location', inside.url]] },
        { raw: `HTTP/1.1 302 Found\r\nLocation: ${inside.url}\r\n\tX-A: b\r\nContent-Length: 0\r\n\r\n`, then: 'end' },
      ],
    })
    expect((await send()).response?.status).toBe(302)
    await send()
    expect(inside.requests).toEqual([])
  })

  it('SE06 refuses Hookloop’s own ports to a team, listed or not, and other listeners of this machine', async () => {
    const receiver = await openReceiver()
    const own = () => ({ addresses: ['203.0.114.9'], ports: new Set([receiver.port]) })
    const lookup = answering(['203.0.114.9'])
    const send = (url: string, guard: ReturnType<typeof team>) =>
      openTransport({ guard, lookup }).send(requestTo(url), never)
    const ofOurs = await send(receiver.url, team({ own, allow: ['127.0.0.0/8'] }))
    expect(ofOurs.failure).toMatchObject({ code: 'address_refused', detail: expect.stringContaining('own') })
    const another = await send('http://me.test:9/', team({ own }))
    expect(another.failure).toMatchObject({ code: 'address_refused', detail: expect.stringContaining('this machine') })
    expect(receiver.requests).toEqual([])
  })

  it.each([
    'file:///etc/passwd',
    'gopher://127.0.0.1:70/',
    'ftp://127.0.0.1/',
    'data:,a',
    'unix:///run/a.sock',
    'http+unix://a/',
  ])('SE07 sends nothing to %s', async (url) => {
    expect((await openTransport().send(requestTo(url), never)).failure).toMatchObject({ code: 'url_invalid' })
  })

  it('SE07 takes port 0 for no other port', async () => {
    const { failure } = await openTransport().send(requestTo('http://127.0.0.1:0/'), never)
    expect(failure?.phase).toBe('connect')
  })

  it('SE07 refuses a team the ports that its administrator closed', async () => {
    const guard = team({ allow: ['127.0.0.0/8'], refusedPorts: new Set([25, 6379]) })
    for (const port of [25, 6379]) {
      const { failure } = await openTransport({ guard }).send(requestTo(`http://127.0.0.1:${port}/`), never)
      expect(failure).toMatchObject({ code: 'address_refused', detail: `no delivery goes to port ${port}` })
    }
  })
})

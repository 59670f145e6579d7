import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { lookup } from 'node:dns'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLookup } from '#main/adapters/undici/dial/lookup.ts'
import { startDnsServer, type DnsAnswer } from '#test/support/dns-server.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'
import type { Receiver } from '#test/support/receiver.ts'
import { openReceiver, openTransport, requestTo } from './open-transport.ts'

const never = new AbortController().signal

interface System {
  lookup: typeof lookup
  asked: string[]
}

/** The system's resolver, which answers by script; undefined never comes back. */
function systemNames(answerOf: (name: string) => string | Error | undefined): System {
  const asked: string[] = []
  const answer = (name: string, _options: unknown, done: (...found: unknown[]) => void): void => {
    asked.push(name)
    const found = answerOf(name)
    if (found instanceof Error) done(found)
    else if (found !== undefined) done(null, [{ address: found, family: 4 }])
  }
  return { lookup: answer as unknown as typeof lookup, asked }
}

const notFound = (): Error => Object.assign(new Error('none'), { code: 'ENOTFOUND' })

async function openNames({
  dns,
  system = systemNames(notFound),
  hostsFile = '/nowhere',
}: {
  dns: (name: string) => DnsAnswer
  system?: System
  hostsFile?: string
}) {
  const server = await startDnsServer(dns)
  onTestFinished(() => server.close())
  return { lookup: createLookup({ servers: [server.address], system: system.lookup, hostsFile }), server, system }
}

/** A receiver on one loopback address, whose port nobody has on the other one. */
async function openAlone(host: '127.0.0.1' | '::1'): Promise<Receiver> {
  const receiver = await openReceiver({ host })
  const other = createServer().listen(receiver.port, host === '::1' ? '127.0.0.1' : '::1')
  const isFree = await once(other, 'listening').then(
    () => true,
    () => false,
  )
  other.close()
  return isFree ? receiver : openAlone(host)
}

describe('names', () => {
  it.each(['127.0.0.1', '::1'] as const)('DL02 reaches localhost where the app listens on %s only', async (host) => {
    const receiver = await openAlone(host)
    for (const name of ['localhost', 'app.localhost']) {
      const { response } = await openTransport().send(requestTo(`http://${name}:${receiver.port}/`), never)
      expect(response).toMatchObject({ status: 200, remoteAddress: host })
    }
  })

  it('DL03 tells a name that does not exist', async () => {
    const { lookup } = await openNames({ dns: () => 'nxdomain' })
    const { failure } = await openTransport({ lookup }).send(requestTo('http://nowhere.test/'), never)
    expect(failure).toMatchObject({ code: 'dns_not_found', phase: 'dns' })
  })

  it('DL03 tells a resolver that fails', async () => {
    const { lookup, system } = await openNames({ dns: () => 'servfail' })
    const { failure } = await openTransport({ lookup }).send(requestTo('http://broken.test/'), never)
    expect(failure).toMatchObject({ code: 'dns_failed', phase: 'dns', detail: 'ESERVFAIL' })
    expect(system.asked).toEqual([])
  })

  it('DL03 gives up at the deadline on a resolver that hangs', async () => {
    const clock = createFakeClock()
    const transport = openTransport({ clock, lookup: () => {} })
    const sent = transport.send(requestTo('http://nowhere.test/', { timeoutMs: 5_000 }), never)
    await clock.advance(5_000)
    expect((await sent).failure).toMatchObject({ code: 'timed_out', phase: 'dns' })
  })

  it('DL27 asks for the name again on each new connection, so that a changed network is followed', async () => {
    const before = await openAlone('127.0.0.1')
    let address = '127.0.0.1'
    const { lookup } = await openNames({ dns: () => [address] })
    const transport = openTransport({ lookup })
    const send = () => transport.send(requestTo(`http://moving.test:${before.port}/`, { fresh: true }), never)
    expect((await send()).response).toMatchObject({ remoteAddress: '127.0.0.1' })
    address = '127.0.0.2'
    expect((await send()).failure).toMatchObject({ code: 'connect_refused', phase: 'connect' })
  })

  it('DL03 resolves one name while a hundred others hang', async () => {
    const receiver = await openReceiver()
    const { lookup, server } = await openNames({ dns: (name) => (name.startsWith('slow') ? 'silence' : ['127.0.0.1']) })
    const transport = openTransport({ lookup })
    const abort = new AbortController()
    const slow = Array.from({ length: 100 }, (_, index) =>
      transport.send(requestTo(`http://slow${index}.test/`), abort.signal),
    )
    const { response } = await transport.send(requestTo(`http://fast.test:${receiver.port}/`), never)
    expect(response).toMatchObject({ status: 200, remoteAddress: '127.0.0.1' })
    expect(server.asked.filter((name) => name.startsWith('slow')).length).toBeGreaterThanOrEqual(100)
    abort.abort()
    for (const { failure } of await Promise.all(slow)) expect(failure).toMatchObject({ code: 'interrupted' })
  })

  it('DL03 asks the system for one name once and for two names at a time', async () => {
    const system = systemNames((name) => (name === 'hang' ? undefined : '127.0.0.1'))
    const { lookup } = await openNames({ dns: () => 'nxdomain', system })
    const receiver = await openReceiver()
    const transport = openTransport({ lookup })
    const abort = new AbortController()
    const hanging = Array.from({ length: 20 }, () => transport.send(requestTo('http://hang/'), abort.signal))
    const { response } = await transport.send(requestTo(`http://printer.lan:${receiver.port}/`), never)
    expect(response?.status).toBe(200)
    expect(system.asked).toEqual(['hang', 'printer.lan'])
    abort.abort()
    await Promise.all(hanging)
  })

  it('finds what the hosts file names, whatever the servers say', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hookloop-hosts-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const hostsFile = join(folder, 'hosts')
    writeFileSync(hostsFile, '# ours\n192.0.2.1 other.test\n127.0.0.1\tshop.TEST www.shop.test # local\r\n')
    const { lookup, server } = await openNames({ dns: () => ['192.0.2.9'], hostsFile })
    const receiver = await openReceiver()
    const { response } = await openTransport({ lookup }).send(
      requestTo(`http://www.Shop.test.:${receiver.port}/`),
      never,
    )
    expect(response?.remoteAddress).toBe('127.0.0.1')
    expect(server.asked).toEqual([])
  })

  it('takes addresses of both families', async () => {
    const receiver = await openAlone('::1')
    const { lookup } = await openNames({ dns: () => ['127.0.0.1', '::1'] })
    const { response } = await openTransport({ lookup }).send(requestTo(`http://both.test:${receiver.port}/`), never)
    expect(response?.remoteAddress).toBe('::1')
  })
})

import { describe, expect, it, onTestFinished } from 'vitest'
import { readProxies } from '#main/adapters/undici/dial/proxies.ts'
import { createAddressGuard } from '#main/engine/address-guard/address-guard.ts'
import { startProxy } from '#test/support/proxy.ts'
import { testCertificates } from '#test/support/test-certificates.ts'
import { listenRaw, openReceiver, openTransport, requestTo } from './open-transport.ts'

const never = new AbortController().signal
const { elsewhere } = testCertificates

async function openProxy(options: Parameters<typeof startProxy>[0]) {
  const proxy = await startProxy(options)
  onTestFinished(() => proxy.close())
  return proxy
}

describe('proxies of the environment', () => {
  it('DL28 hands a plain request to the proxy whole, with its credentials', async () => {
    const receiver = await openReceiver()
    const proxy = await openProxy({ target: receiver.port })
    const proxies = readProxies({ HTTP_PROXY: `http://me:p%40ss@127.0.0.1:${proxy.port}` })
    const transport = openTransport({ proxies })
    const { response, failure } = await transport.send(requestTo('http://hooks.test/in?a=1'), never)
    expect(failure).toBeNull()
    expect(response?.status).toBe(200)
    const authorization = `Basic ${Buffer.from('me:p@ss').toString('base64')}`
    expect(proxy.asked).toEqual([{ line: 'POST http://hooks.test/in?a=1', authorization, host: 'hooks.test' }])
    expect(receiver.requests[0]).toMatchObject({ target: '/in?a=1', body: Buffer.from('{"n":1}') })
  })

  it('DL28 goes through the proxy by CONNECT where the receiver speaks TLS, and judges the receiver’s certificate', async () => {
    const receiver = await openReceiver({ tls: elsewhere })
    const proxy = await openProxy({ target: receiver.port })
    const proxies = readProxies({ HTTPS_PROXY: `127.0.0.1:${proxy.port}` })
    const url = 'https://elsewhere.example/in'
    const trusted = await openTransport({ proxies, ca: [elsewhere.cert] }).send(requestTo(url), never)
    expect(trusted.response?.status).toBe(200)
    expect(receiver.requests[0]?.headers.some(([name]) => name.toLowerCase().startsWith('proxy-'))).toBe(false)
    expect(proxy.asked).toEqual([
      { line: 'CONNECT elsewhere.example:443', authorization: null, host: 'elsewhere.example:443' },
    ])
    const untrusted = await openTransport({ proxies }).send(requestTo(url), never)
    expect(untrusted.failure).toMatchObject({ code: 'tls_untrusted', phase: 'tls' })
  })

  it('DL28 keeps a tunnel for the next request', async () => {
    const receiver = await openReceiver({ tls: elsewhere })
    const proxy = await openProxy({ target: receiver.port })
    const proxies = readProxies({ ALL_PROXY: `http://127.0.0.1:${proxy.port}` })
    const transport = openTransport({ proxies, ca: [elsewhere.cert] })
    for (let count = 0; count < 2; count++) await transport.send(requestTo('https://elsewhere.example/'), never)
    expect(receiver.requests).toHaveLength(2)
    expect(proxy.asked).toHaveLength(1)
  })

  it('DL28 goes straight to this machine and to what NO_PROXY names', async () => {
    const receiver = await openReceiver()
    const proxy = await openProxy({ target: receiver.port })
    const proxies = readProxies({ HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: 'inside.test' })
    const lookup = (_name: string, _options: unknown, done: (...found: never[]) => void): void =>
      (done as (...found: unknown[]) => void)(null, [{ address: '127.0.0.1', family: 4 }])
    const transport = openTransport({ proxies, lookup })
    for (const host of ['127.0.0.1', 'localhost', 'a.inside.test'])
      expect((await transport.send(requestTo(`http://${host}:${receiver.port}/`), never)).response?.status).toBe(200)
    expect(proxy.asked).toEqual([])
  })

  it.each(['http://hooks.test/', 'https://hooks.test/'])('DL28 tells a proxy that refuses (%s)', async (url) => {
    const proxy = await openProxy({ target: 1, refuse: 407 })
    const proxies = readProxies({ ALL_PROXY: `http://me:hush@127.0.0.1:${proxy.port}` })
    const { failure } = await openTransport({ proxies }).send(requestTo(url), never)
    expect(failure).toMatchObject({ code: 'proxy_refused', detail: 'the proxy answered 407' })
    expect(JSON.stringify(failure)).not.toContain('hush')
  })

  it('DL28 tells a receiver that the proxy does not reach from a proxy that refuses', async () => {
    const proxy = await openProxy({ target: 1, refuse: 502 })
    const proxies = readProxies({ ALL_PROXY: `http://127.0.0.1:${proxy.port}` })
    const { failure } = await openTransport({ proxies }).send(requestTo('https://hooks.test/'), never)
    expect(failure).toMatchObject({ code: 'connect_unreachable', detail: 'the proxy answered 502' })
  })

  it.each(['http://hooks.test/', 'https://hooks.test/'])('DL28 tells a proxy that is not there (%s)', async (url) => {
    const proxy = await startProxy({ target: 1 })
    await proxy.close()
    const proxies = readProxies({ ALL_PROXY: `http://127.0.0.1:${proxy.port}` })
    const { failure } = await openTransport({ proxies }).send(requestTo(url), never)
    expect(failure).toMatchObject({ code: 'proxy_unreachable', phase: 'connect', detail: 'ECONNREFUSED' })
  })

  it('DL28 tells a proxy that dies before its tunnel stands', async () => {
    const proxy = await openProxy({ target: 1, refuse: 'hang up' })
    const proxies = readProxies({ ALL_PROXY: `http://127.0.0.1:${proxy.port}` })
    const { failure } = await openTransport({ proxies }).send(requestTo('https://hooks.test/'), never)
    expect(failure).toMatchObject({ code: 'proxy_unreachable', phase: 'connect' })
  })

  it('DL28 takes what is no HTTP for a refusal', async () => {
    const port = await listenRaw((socket) => socket.once('data', () => socket.end('SSH-2.0\r\n\r\n')))
    const proxies = readProxies({ ALL_PROXY: `http://127.0.0.1:${port}` })
    const { failure } = await openTransport({ proxies }).send(requestTo('https://hooks.test/'), never)
    expect(failure).toMatchObject({ code: 'proxy_refused', detail: 'the proxy does not speak HTTP' })
  })

  it('SE05 asks no proxy for an address that the guard refuses', async () => {
    const receiver = await openReceiver()
    const proxy = await openProxy({ target: receiver.port })
    const proxies = readProxies({ ALL_PROXY: `http://127.0.0.1:${proxy.port}` })
    const guard = createAddressGuard({ mode: 'local', allow: [] })
    for (const url of ['http://169.254.169.254/', 'https://metadata.google.internal/']) {
      const { failure } = await openTransport({ proxies, guard }).send(requestTo(url), never)
      expect(failure).toMatchObject({ code: 'address_refused' })
    }
    expect(proxy.asked).toEqual([])
  })
})

describe('which way is taken', () => {
  const to = (hostname: string, protocol = 'https:', port = 443) => ({ protocol, hostname, port })
  const environment = { HTTPS_PROXY: 'http://proxy.test:8080' }

  it.each([
    ['a name', 'shop.test', 'shop.test'],
    ['what lies below a name', 'shop.test', 'a.b.Shop.test'],
    ['a name with a dot before it', '.shop.test', 'a.shop.test'],
    ['a name with a star', '*.shop.test', 'a.shop.test'],
    ['a name with its port', 'shop.test:443', 'shop.test'],
    ['an address', '10.0.0.1', '10.0.0.1'],
    ['a network', '10.0.0.0/8', '10.9.9.9'],
    ['a network of IPv6', 'fd00::/8', 'fd12::1'],
    ['one of several', 'a.test, b.test shop.test', 'shop.test'],
    ['everything', '*', 'shop.test'],
  ])('DL28 NO_PROXY excepts %s', (_name, excepted, host) => {
    expect(readProxies({ ...environment, NO_PROXY: excepted }).for(to(host))).toBeNull()
  })

  it.each([
    ['another name', 'shop.test', 'myshop.test'],
    ['another port', 'shop.test:8443', 'shop.test'],
    ['another network', '10.0.0.0/8', '11.0.0.1'],
    ['a network that cannot be read', '10.0.0.0/99', '10.0.0.1'],
  ])('DL28 NO_PROXY does not except %s', (_name, excepted, host) => {
    expect(readProxies({ ...environment, NO_PROXY: excepted }).for(to(host))).toMatchObject({ host: 'proxy.test' })
  })

  it.each(['localhost', 'a.localhost', '127.0.0.1', '127.9.9.9', '::1'])('DL28 never takes a proxy to %s', (host) => {
    expect(readProxies(environment).for(to(host))).toBeNull()
  })

  it('DL28 takes each protocol’s own proxy, small letters first, and ALL_PROXY for the rest', () => {
    const { for: way } = readProxies({
      https_proxy: 'small.test:1',
      HTTPS_PROXY: 'big.test:1',
      ALL_PROXY: 'https://all.test',
    })
    expect(way(to('a.test'))).toMatchObject({ host: 'small.test', port: 1, secure: false })
    expect(way(to('a.test', 'http:', 80))).toMatchObject({ host: 'all.test', port: 443, secure: true })
    expect(readProxies({}).for(to('a.test'))).toBeNull()
  })

  it('DL28 says which proxy it does not follow, without its credentials', () => {
    const { problems, for: way } = readProxies({ ALL_PROXY: 'socks5://me:hush@proxy.test' })
    expect(way(to('a.test'))).toBeNull()
    expect(problems).toEqual(['ALL_PROXY is not followed: only http:// and https:// proxies are'])
  })
})

import { describe, expect, it } from 'vitest'
import { senderUrls } from '#main/engine/capture/arrival/sender-url.ts'

const request = (path: string, query: string | null = null, headers: [string, string][] = [['Host', 'h:4781']]) => ({
  path,
  query,
  headers,
})
const source = (publicUrl: string | null) => ({ slug: 'shop', publicUrl })

describe('The URL that a sender called', () => {
  it.each([
    ['http://h:4781/in/shop', request('/in/shop')],
    ['http://h:4781/in/shop/a//b%2F?x=1&&y', request('/in/shop/a//b%2F', 'x=1&&y')],
    ['http://h:4781/in/shop?', request('/in/shop', '')],
    [
      'https://t.example/in/shop',
      request('/in/shop', null, [
        ['host', 't.example'],
        ['x-forwarded-proto', 'https'],
      ]),
    ],
    [
      'https://t.example/in/shop',
      request('/in/shop', null, [
        ['Host', 't.example'],
        ['X-Forwarded-Proto', 'https,http'],
      ]),
    ],
    [
      'http://t.example/in/shop',
      request('/in/shop', null, [
        ['Host', 't.example'],
        ['X-Forwarded-Proto', 'httpsx'],
      ]),
    ],
    ['http://proxied.example/in/shop/a?x', request('http://proxied.example/in/shop/a', 'x')],
  ])('CAP-5 is %s, by the request’s own word where the source has no public URL', (url, captured) => {
    expect(senderUrls(source(null), captured)).toEqual([url])
  })

  it.each([
    ['https://t.example/in/shop', '/in/shop', null, 'https://t.example/in/shop'],
    ['https://t.example/in/shop', '/in/shop/a/b', 'x=1', 'https://t.example/in/shop/a/b?x=1'],
    ['https://t.example/in/shop/', '/in/shop/a', null, 'https://t.example/in/shop/a'],
    ['https://t.example/in/shop', '/in/shop/', null, 'https://t.example/in/shop/'],
    ['https://t.example/in/shop?key=1#top', '/in/shop', 'key=1', 'https://t.example/in/shop?key=1'],
    ['https://t.example:8443/hooks/in/shop', '/in/shop/a', null, 'https://t.example:8443/hooks/in/shop/a'],
  ])('CAP-5 begins with the public URL %s in place of /in/<slug>', (publicUrl, path, query, url) => {
    expect(senderUrls(source(publicUrl), request(path, query))).toEqual([url])
  })

  it.each([
    ['https://hooks.example', '/in/shop/a', ['https://hooks.example/a', 'https://hooks.example/in/shop/a']],
    ['https://hooks.example/', '/in/shop', ['https://hooks.example/', 'https://hooks.example/in/shop']],
    [
      'https://hooks.example/stripe',
      '/in/shop',
      ['https://hooks.example/stripe', 'https://hooks.example/stripe/in/shop'],
    ],
    ['https://t.example/in/shop-2', '/in/shop', ['https://t.example/in/shop-2', 'https://t.example/in/shop-2/in/shop']],
  ])(
    'CAP-5 may also hold the whole path below a public URL that is no capture address: %s',
    (publicUrl, path, urls) => {
      expect(senderUrls(source(publicUrl), request(path))).toEqual(urls)
    },
  )
})

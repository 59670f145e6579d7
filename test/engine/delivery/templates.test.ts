import { describe, expect, it } from 'vitest'
import { filledHeaders } from '#main/engine/delivery/request/header-template.ts'
import { createSecretMask } from '#main/engine/delivery/masking/mask-secrets.ts'
import { targetUrl } from '#main/engine/delivery/request/target-url.ts'
import type { HeaderList } from '#shared/model/header.ts'

const secrets = (values: Record<string, string>) => new Map(Object.entries(values))

function url(template: string, values: Record<string, string> = {}, event: { path?: string; query?: string } = {}) {
  const captured = {
    origin: 'captured' as const,
    editedFrom: null,
    path: event.path ?? '/in/shop',
    query: event.query ?? null,
  }
  return targetUrl(template, { event: captured, forwardPath: event.path !== undefined, secrets: secrets(values) })
}

const headers = (list: HeaderList, values: Record<string, string>) => filledHeaders(list, secrets(values))

describe('secrets in templates', () => {
  it('ENG-2 fills path, query and header values, and shows the tokens instead', () => {
    expect(url('https://a.test/hook/{secret.path}/x?key={secret.key}&n=1', { path: 'p1', key: 'k2' })).toEqual({
      url: 'https://a.test/hook/p1/x?key=k2&n=1',
      shown: 'https://a.test/hook/{secret.path}/x?key={secret.key}&n=1',
    })
    expect(headers([['Authorization', 'Bearer {secret.token}, {secret.token}']], { token: 't0k' })).toEqual({
      headers: [['Authorization', 'Bearer t0k, t0k']],
      shown: [['Authorization', 'Bearer {secret.token}, {secret.token}']],
    })
  })

  it('ENG-2 writes a secret into a URL so that it changes no other part of it', () => {
    expect(url('https://a.test/{secret.s}?q={secret.s}', { s: 'a/b?c#d&e=f @é' })).toMatchObject({
      url: 'https://a.test/a%2Fb%3Fc%23d%26e%3Df%20%40%C3%A9?q=a%2Fb%3Fc%23d%26e%3Df%20%40%C3%A9',
    })
  })

  it.each(['.', '..'])('ENG-2 refuses a secret that makes a “%s” segment', (s) => {
    expect(url('https://a.test/a/{secret.s}/b', { s })).toMatchObject({ failure: { code: 'url_invalid' } })
    expect(url('https://a.test/a/v{secret.s}/b', { s })).toMatchObject({ url: `https://a.test/a/v${s}/b` })
  })

  it.each([
    'https://{secret.a}.test/x',
    'https://x.{secret.a}/',
    'https://a.test.{secret.a}:80/',
    '{secret.a}://a.test/',
    '{secret.a}',
    'https://a.test:{secret.a}/',
  ])('SE10 keeps secrets out of the host of %s', (template) => {
    const result = url(template, { a: 'topsecret' })
    expect(result).toMatchObject({ failure: { phase: 'build' } })
    expect(JSON.stringify(result)).not.toContain('topsecret')
  })

  it.each([
    '{secret.{secret.a}}',
    '{secret.A}',
    '{secret.}',
    '{secret.a b}',
    '{ secret.a }',
    '{secret.a',
    '{SECRET.a}',
  ])('SE10 refuses the token %s', (token) => {
    expect(url(`https://a.test/${token}`, { a: 'b', b: 'c' })).toMatchObject({ failure: { code: 'template_invalid' } })
    expect(headers([['X-A', token]], { a: 'b', b: 'c' })).toMatchObject({ failure: { code: 'template_invalid' } })
  })

  it('SE10 never expands a token in captured data or inside a secret', () => {
    expect(
      url('https://a.test/h', { x: 'topsecret' }, { path: '/in/shop/{secret.x}', query: 'q={secret.x}' }),
    ).toMatchObject({
      url: 'https://a.test/h/{secret.x}?q={secret.x}',
    })
    expect(headers([['X-A', '{secret.a}']], { a: '{secret.b}', b: 'topsecret' })).toMatchObject({
      headers: [['X-A', '{secret.b}']],
    })
    expect(url('https://a.test/{secret.a}', { a: '{secret.b}', b: 'topsecret' })).toMatchObject({
      url: 'https://a.test/%7Bsecret.b%7D',
    })
  })

  it('ENG-2 names a secret that is missing', () => {
    expect(url('https://a.test/{secret.nope}')).toMatchObject({
      failure: { code: 'secret_missing', detail: expect.stringContaining('“nope”') },
    })
    expect(headers([['X-A', '{secret.nope}']], {})).toMatchObject({
      failure: { code: 'secret_missing', detail: expect.stringContaining('X-A uses {secret.nope}') },
    })
  })

  it.each(['top-secret\r\nX-Injected: 1', 'top-secret\n', 'top-secret\0', 'top-secret\u2028'])(
    'SE09 M11 refuses the secret %j in a header, naming header and secret but never the value',
    (a) => {
      const result = headers([['X-A', 'k={secret.a}']], { a })
      expect(result).toMatchObject({ failure: { code: 'header_invalid', detail: expect.stringMatching(/“a”.*X-A/) } })
      expect(JSON.stringify(result)).not.toContain('top-secret')
    },
  )

  it.each(['top-secret\r\n', 'top\nsecret', 'top-secret\0'])('SE09 refuses the secret %j in a URL', (a) => {
    const result = url('https://a.test/{secret.a}', { a })
    expect(result).toMatchObject({ failure: { code: 'url_invalid', detail: expect.stringContaining('“a”') } })
    expect(JSON.stringify(result)).not.toMatch(/top-?secret/)
  })
})

describe('masking of what is recorded', () => {
  const encode = (text: string) => new TextEncoder().encode(text)
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
  const mask = createSecretMask(['s3cr/t"value', 'longer-than-other', 'other', 'ab'])

  it('SE12 puts stars in place of every secret, as it is and as URLs and JSON spell it', () => {
    expect(mask.text('a s3cr/t"value b s3cr%2Ft%22value c s3cr/t\\"value d')).toBe('a *** b *** c *** d')
    expect(mask.headers([['X-Echo', 'Bearer longer-than-other']])).toEqual([['X-Echo', 'Bearer ***']])
    const body = encode('{"echo":"s3cr/t\\"value","é":"other","ab":1}')
    expect(decode(mask.bytes(body, false))).toBe('{"echo":"*************","é":"*****","ab":1}')
    expect(mask.bytes(body, false)).toHaveLength(body.length)
  })

  it('SE12 hides what is left of a secret where the answer was cut inside it', () => {
    expect(decode(mask.bytes(encode('token=longer-th'), true))).toBe('token=*********')
    expect(decode(mask.bytes(encode('token=longer-th'), false))).toBe('token=longer-th')
    expect(decode(mask.bytes(encode('so long'), true))).toBe('so ****')
  })

  it('keeps the very bytes where no secret stands in them', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, value) => value)
    expect(mask.bytes(bytes, true)).toBe(bytes)
    expect(createSecretMask([]).bytes(bytes, true)).toBe(bytes)
  })
})

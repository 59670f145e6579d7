import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bodyKind, formFields } from '../../src-renderer/ui/payload/body-kind.ts'
import { decodeText } from '../../src-renderer/ui/payload/decode-text.ts'
import { MOST_PARTS, multipartParts } from '../../src-renderer/ui/payload/multipart/multipart-parts.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

describe('a body as text', () => {
  it.for([
    ['invalid UTF-8', [0x7b, 0xff, 0x7d]],
    ['a lone surrogate', [0xed, 0xa0, 0x80]],
    ['an overlong form', [0xc0, 0xaf]],
  ] as const)('CP03 calls the text view of %s lossy', ([, bytes]) => {
    const { isLossy, text } = decodeText(Uint8Array.from(bytes), 'application/json')
    expect(isLossy).toBe(true)
    expect(text).toContain('\ufffd')
  })

  it('CP03 reads UTF-16 JSON by its byte order mark or its charset, and names the encoding', () => {
    const little = Buffer.from('\ufeff{"a":"é"}', 'utf16le')
    const big = Buffer.from(little).swap16()
    for (const [bytes, encoding] of [
      [little, 'utf-16le'],
      [big, 'utf-16be'],
    ] as const) {
      expect(decodeText(bytes, 'application/json')).toEqual({ text: '{"a":"é"}', encoding, isLossy: false })
    }
    const bare = Buffer.from('{"a":1}', 'utf16le')
    expect(decodeText(bare, 'application/json; charset="utf-16le"').text).toBe('{"a":1}')
  })

  it('CP03 takes a byte order mark for no part of the JSON, and an unknown charset for UTF-8', () => {
    const { text } = decodeText(bytesOf('\ufeff{"a":1}'), 'application/json; charset=klingon')
    expect(bodyKind('application/json', text)).toBe('json')
    expect(JSON.parse(text)).toEqual({ a: 1 })
  })

  it('CP03 shows NULs as bytes', () => {
    expect(bodyKind('text/plain', decodeText(Uint8Array.from([97, 0, 98]), 'text/plain').text)).toBe('binary')
  })

  it('CP03 reads any text that it is given in UTF-8 as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const bytes = bytesOf(text)
        expect(decodeText(bytes, null)).toMatchObject({ text: text.replace(/^\ufeff/, ''), isLossy: false })
      }),
    )
  })

  it.for([
    ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], 'binary'],
    ['image/svg+xml', [...bytesOf('<svg onload="alert(1)"/>')], 'text'],
    ['text/html', [...bytesOf('<script>alert(1)</script>')], 'text'],
    ['application/pdf', [...bytesOf('%PDF-1.7\n'), 0, 1, 2], 'binary'],
    ['application/xml', [...bytesOf('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>')], 'text'],
    ['application/yaml', [...bytesOf('a: &a [x]\nb: [*a,*a]')], 'text'],
    ['application/json', [0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 3], 'binary'],
  ] as const)('CP04 CP24 shows %s as inert text or bytes', ([type, bytes, kind]) => {
    const { text, isLossy } = decodeText(Uint8Array.from(bytes), type)
    expect(bodyKind(type, isLossy ? null : text)).toBe(kind)
  })

  it('CP08 shows prototype names of a form as they came', () => {
    expect(formFields('a[__proto__][x]=1&__proto__=2&constructor=3')).toEqual([
      ['a[__proto__][x]', '1'],
      ['__proto__', '2'],
      ['constructor', '3'],
    ])
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })
})

describe('the parts of a multipart body', () => {
  const TYPE = 'multipart/form-data; boundary=b'
  const part = (name: string, content: string, more = '') =>
    `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n`
  const read = (text: string, type = TYPE) => multipartParts(bytesOf(text), type)

  it('CP05 are told apart byte for byte, duplicate names and odd file names kept', () => {
    const content = '--not the boundary\r\n\r\n--bb'
    const { parts, problem } = read(
      `preamble\r\n${part('a', '1')}${part('a', content)}${part('f', 'x', '; filename="../../x"')}--b--\r\nepilogue`,
    )
    expect(problem).toBeNull()
    expect(parts.map(({ name, fileName, bytes }) => [name, fileName, new TextDecoder().decode(bytes)])).toEqual([
      ['a', null, '1'],
      ['a', null, content],
      ['f', '../../x', 'x'],
    ])
  })

  it('CP05 are the first 200 of 10,000, found without a pause', () => {
    const startedAt = performance.now()
    const { parts, isCut } = read(`${part('a', '1').repeat(10_000)}--b--`)
    expect(performance.now() - startedAt).toBeLessThan(100)
    expect({ count: parts.length, isCut }).toEqual({ count: MOST_PARTS, isCut: true })
  })

  it('CP05 stay whole where they are nested', () => {
    const inner = '--c\r\n\r\ndeep\r\n--c--'
    const { parts } = read(`--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n${inner}\r\n--b--`)
    expect(parts).toHaveLength(1)
    expect(new TextDecoder().decode(parts[0]!.bytes)).toBe(inner)
  })

  it('CP05 say what is missing: a boundary in the type, or at the end', () => {
    expect(read('--b--', 'multipart/form-data').problem).toContain('no boundary')
    expect(read('nothing here').problem).toContain('closing boundary')
    expect(read(part('a', '1')).parts).toHaveLength(1)
  })

  it('CP05 are found in any bytes without a failure', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, boundary) => {
        const joined = Buffer.concat([bytesOf(`--${boundary}\r\n`), bytes, bytesOf(`\r\n--${boundary}`), bytes])
        expect(multipartParts(joined, `multipart/x; boundary="${boundary}"`).parts.length).toBeLessThanOrEqual(
          MOST_PARTS,
        )
      }),
    )
  })
})

import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeBody } from '#main/engine/delivery/masking/decode-body.ts'

const limits = { outputLimitBytes: 100_000, ratioLimit: 1_000, depthLimit: 3 }
const hello = Buffer.from('{"hello":"wörld"}'.repeat(20))
const zeros = Buffer.alloc(64 * 1024 * 1024)
const CODERS = [
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', (body: Buffer) => brotliCompressSync(body, { params: { 1: 4 } })],
  ['zstd', zstdCompressSync],
] as const

describe('an answer’s body for people', () => {
  it.each(CODERS)('DL16 shows what %s holds', async (name, encode) => {
    const decoded = await decodeBody(encode(hello), name.toUpperCase(), limits)
    expect(Buffer.from(decoded?.bytes ?? [])).toEqual(hello)
    expect(decoded?.note).toBeNull()
  })

  it('DL16 undoes several encodings in the order in which they were put on', async () => {
    const decoded = await decodeBody(brotliCompressSync(gzipSync(hello)), 'gzip, br', limits)
    expect(Buffer.from(decoded?.bytes ?? [])).toEqual(hello)
  })

  it.each([null, '', 'identity'])('leaves a body without an encoding (%s) alone', async (encoding) => {
    expect(await decodeBody(hello, encoding, limits)).toBeNull()
  })

  it.each(CODERS)('DL16 stops a %s bomb at the limit', async (name, encode) => {
    const decoded = await decodeBody(encode(zeros), name, limits)
    expect(decoded?.bytes.byteLength).toBe(limits.outputLimitBytes)
    expect(decoded?.note).toMatch(/stops at 100000 bytes/)
  })

  it('DL16 stops a small body that grows too many times', async () => {
    const bomb = gzipSync(zeros)
    const decoded = await decodeBody(bomb, 'gzip', { ...limits, outputLimitBytes: 2 ** 30, ratioLimit: 10 })
    expect(decoded?.bytes.byteLength).toBe(bomb.byteLength * 10)
    expect(decoded?.note).toMatch(/stops/)
  })

  it('DL16 stops a double gzip of a few hundred bytes', async () => {
    const bomb = gzipSync(gzipSync(zeros, { level: 9 }), { level: 9 })
    expect(bomb.byteLength).toBeLessThan(1_000)
    const decoded = await decodeBody(bomb, 'gzip, gzip', limits)
    expect(decoded?.bytes.byteLength).toBe(limits.outputLimitBytes)
    expect(decoded?.note).not.toBeNull()
  })

  it('DL16 does not begin with ten encodings on top of each other', async () => {
    let body: Buffer = hello
    for (let depth = 0; depth < 10; depth++) body = gzipSync(body)
    const decoded = await decodeBody(body, Array.from({ length: 10 }, () => 'gzip').join(', '), limits)
    expect(decoded).toEqual({ bytes: body, note: expect.stringContaining('10 times') })
  })

  it.each(CODERS.map(([name]) => name))('DL17 shows bytes that are no %s as they came', async (name) => {
    const bytes = Buffer.from([0, 1, 2, 3, 0xff, 0, 0xfe])
    expect(await decodeBody(bytes, name, limits)).toEqual({ bytes, note: expect.stringContaining(name) })
  })

  it('DL17 shows an encoding that nobody knows as it came', async () => {
    expect(await decodeBody(hello, 'compress', limits)).toEqual({
      bytes: hello,
      note: expect.stringContaining('compress'),
    })
  })

  it.each(CODERS)('DL15 decodes as much of a %s body as was kept', async (name, encode) => {
    const long = Buffer.from(Array.from({ length: 20_000 }, (_, index) => `${index * 7_919}`).join(' '))
    const whole = encode(long)
    const decoded = await decodeBody(whole.subarray(0, whole.byteLength * 0.9), name, limits)
    const bytes = Buffer.from(decoded?.bytes ?? [])
    expect(bytes.byteLength).toBeGreaterThan(0)
    expect(long.subarray(0, bytes.byteLength)).toEqual(bytes)
  })
})

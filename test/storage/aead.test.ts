import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { open, seal, SealBrokenError } from '#main/engine/secrets/aead.ts'

const key = new Uint8Array(32).fill(3)
const plain = new TextEncoder().encode('whsec_c2VjcmV0')
const HEAD_BYTES = 1 + 12 + 16

function flipped(sealed: Uint8Array, bit: number): Uint8Array {
  const changed = sealed.slice()
  changed[bit >> 3]! ^= 1 << (bit & 7)
  return changed
}

describe('Authenticated encryption', () => {
  it('opens what it sealed, for any bytes and any context', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, context) => {
        expect(open(key, seal(key, bytes, context), context)).toEqual(new Uint8Array(bytes))
      }),
    )
  })

  it('DA01 refuses every flipped bit of layout, nonce, tag and body', () => {
    const sealed = seal(key, plain, 'context')
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      expect(() => open(key, flipped(sealed, bit), 'context'), `bit ${bit}`).toThrow(SealBrokenError)
    }
  })

  it('DA01 refuses another context and another key', () => {
    const sealed = seal(key, plain, 'context')
    expect(() => open(key, sealed, 'contexT')).toThrow(SealBrokenError)
    expect(() => open(new Uint8Array(32), sealed, 'context')).toThrow(SealBrokenError)
  })

  it('DA01 refuses a tag cut to 4 bytes', () => {
    const sealed = seal(key, plain, 'context')
    const cut = Uint8Array.from([...sealed.subarray(0, 1 + 12 + 4), ...sealed.subarray(HEAD_BYTES)])
    expect(() => open(key, cut, 'context')).toThrow(SealBrokenError)
  })

  it('DA01 refuses anything cut short, down to nothing', () => {
    const sealed = seal(key, plain, 'context')
    for (let length = 0; length < sealed.length; length++) {
      expect(() => open(key, sealed.subarray(0, length), 'context'), `${length} bytes`).toThrow(SealBrokenError)
    }
  })

  it('DA02 uses a fresh nonce each time', () => {
    const nonces = Array.from({ length: 2_000 }, () =>
      Buffer.from(seal(key, plain, 'c').subarray(1, 13)).toString('hex'),
    )
    expect(new Set(nonces).size).toBe(nonces.length)
  })

  it('adds exactly its layout byte, nonce and tag, and hides the text', () => {
    const sealed = seal(key, plain, 'context')
    expect(sealed.length).toBe(plain.length + HEAD_BYTES)
    expect(Buffer.from(sealed).includes(Buffer.from(plain))).toBe(false)
  })
})

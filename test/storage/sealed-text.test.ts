import { describe, expect, it } from 'vitest'
import { seal, SealBrokenError } from '#main/engine/secrets/aead.ts'
import { keyNumberOf, openText, sealText } from '#main/engine/secrets/sealed-text.ts'

const key = { number: 7, bytes: new Uint8Array(32).fill(3) }
const SALT_AT = 5
const NONCE_AT = SALT_AT + 32 + 1
const TAG_AT = NONCE_AT + 12

function flipped(sealed: Uint8Array, bit: number): Uint8Array {
  const changed = sealed.slice()
  changed[bit >> 3]! ^= 1 << (bit & 7)
  return changed
}

describe('A sealed text', () => {
  it('opens under its own key and context, and tells the number of the key', () => {
    const sealed = sealText(key, 'whsec_ünïcode', 'context')
    expect(openText(key, sealed, 'context')).toBe('whsec_ünïcode')
    expect(keyNumberOf(sealed)).toBe(7)
    expect(Buffer.from(sealed).includes('whsec')).toBe(false)
  })

  it('DA01 refuses every flipped bit of layout, key number, salt, nonce, tag and body', () => {
    const sealed = sealText(key, 'whsec_c2VjcmV0', 'context')
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      expect(() => openText(key, flipped(sealed, bit), 'context'), `bit ${bit}`).toThrow(SealBrokenError)
    }
  })

  it('DA01 refuses another context, another key under its number, and its own key under another number', () => {
    const sealed = sealText(key, 'text', 'context')
    expect(() => openText(key, sealed, 'contexT')).toThrow(SealBrokenError)
    expect(() => openText({ number: 7, bytes: new Uint8Array(32) }, sealed, 'context')).toThrow(SealBrokenError)
    const renumbered = sealed.slice()
    renumbered[4] = 8
    expect(() => openText({ ...key, number: 8 }, renumbered, 'context')).toThrow(SealBrokenError)
  })

  it('DA01 refuses a tag cut to 4 bytes, and anything cut short', () => {
    const sealed = sealText(key, 'text', 'context')
    const cut = Uint8Array.from([...sealed.subarray(0, TAG_AT + 4), ...sealed.subarray(TAG_AT + 16)])
    expect(() => openText(key, cut, 'context')).toThrow(SealBrokenError)
    for (let length = 0; length < sealed.length; length++) {
      expect(() => openText(key, sealed.subarray(0, length), 'context'), `${length} bytes`).toThrow(SealBrokenError)
    }
  })

  it('opens what was sealed by the first layout, under the first key alone', () => {
    const sealed = seal(key.bytes, new TextEncoder().encode('old'), 'context')
    expect(openText({ ...key, number: 1 }, sealed, 'context')).toBe('old')
    expect(() => openText(key, sealed, 'context')).toThrow(SealBrokenError)
  })

  it('DA02 repeats neither salt nor nonce in 100,000 texts, so that no key ever meets a nonce twice', () => {
    const salts = new Set<string>()
    const nonces = new Set<string>()
    for (let count = 0; count < 100_000; count++) {
      const sealed = Buffer.from(sealText(key, 'x', 'c').buffer)
      salts.add(sealed.toString('latin1', SALT_AT, SALT_AT + 32))
      nonces.add(sealed.toString('latin1', NONCE_AT, NONCE_AT + 12))
    }
    expect([salts.size, nonces.size]).toEqual([100_000, 100_000])
  }, 180_000)
})

import type { KeyDecoding } from '../scheme.ts'

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/
const HEX = /^(?:[0-9a-fA-F]{2})+$/

/** The bytes that a shared secret's text stands for; null where it is not in the form that the scheme's senders use. */
export function keyBytes(decoding: KeyDecoding, text: string): Uint8Array | null {
  if (decoding === 'utf8') return text === '' ? null : Buffer.from(text, 'utf8')
  if (decoding === 'hex') return fromHex(text)
  if ('asymmetric' in decoding) return null
  const { base64AfterPrefix: prefix } = decoding
  return fromBase64(text.startsWith(prefix) ? text.slice(prefix.length) : text)
}

/** The bytes of hexadecimal text; null for any other text. */
export function fromHex(text: string): Uint8Array | null {
  return HEX.test(text) ? Buffer.from(text, 'hex') : null
}

/** The bytes of base64 text, padded or not; null for any other text. */
export function fromBase64(text: string): Uint8Array | null {
  return text !== '' && BASE64.test(text) ? Buffer.from(text, 'base64') : null
}

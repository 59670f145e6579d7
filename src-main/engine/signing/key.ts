import type { KeyDecoding } from './scheme.ts'

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/
const HEX = /^(?:[0-9a-fA-F]{2})+$/

/** The bytes that a secret's text stands for; null where it is not in the form that the scheme's senders use. */
export function keyBytes(decoding: KeyDecoding, text: string): Uint8Array | null {
  if (decoding === 'utf8') return text === '' ? null : Buffer.from(text, 'utf8')
  if (decoding === 'hex') return HEX.test(text) ? Buffer.from(text, 'hex') : null
  const { base64AfterPrefix: prefix } = decoding
  const encoded = text.startsWith(prefix) ? text.slice(prefix.length) : text
  return encoded !== '' && BASE64.test(encoded) ? Buffer.from(encoded, 'base64') : null
}

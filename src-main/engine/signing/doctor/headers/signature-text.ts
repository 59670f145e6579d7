import type { SigningScheme } from '../../scheme.ts'

/** A signature as it was found, and its bytes in the form that the scheme expects. */
export interface Reading {
  text: string
  encoded: string
  /** How it was written. */
  found: string
}

/** A shorter text is no signature. */
const FEWEST_BYTES = 16
const MOST = 6
const LABELLED = /^[a-z][\w-]{0,15}[=:,](?=[^=])/i
const BASE64 = /^[a-z0-9+/_-]+={0,2}$/i
const HEX = /^(?:[0-9a-f]{2})+$/i

/** What in a header’s value may be a signature, in whatever encoding. */
export function signatureTexts(value: string, encoding: SigningScheme['encoding']): readonly Reading[] {
  const items = value.split(/[,;\s"']+/).map((item) => item.replace(LABELLED, ''))
  const texts = [...new Set(items)].filter((text) => text.length >= FEWEST_BYTES && text.length <= 2_048)
  return texts
    .slice(0, MOST)
    .flatMap((text) =>
      bytesOf(text).map(([bytes, found]) => ({ text, encoded: Buffer.from(bytes).toString(encoding), found })),
    )
}

function bytesOf(text: string): readonly (readonly [Uint8Array, string])[] {
  const readings: [Uint8Array, string][] = []
  if (HEX.test(text)) readings.push([Buffer.from(text, 'hex'), 'hex'])
  if (BASE64.test(text)) {
    const bytes = Buffer.from(text, 'base64')
    readings.push([bytes, /[-_]/.test(text) ? 'base64url' : 'base64'])
    const inner = bytes.toString('latin1')
    if (HEX.test(inner)) readings.push([Buffer.from(inner, 'hex'), 'hex within base64'])
  }
  return readings.filter(([bytes]) => bytes.length >= FEWEST_BYTES)
}

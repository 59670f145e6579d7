import type { Answer } from '#shared/model/source.ts'
import type { Handshake, HandshakeValue } from '../../catalog/handshake.ts'
import type { Place } from '../../catalog/provider.ts'
import { hmacSha256 } from '../../signing/digest.ts'

/**
 * What a sender may have hashed. Whoever knows the address may ask, so a text that could be the signed content of a
 * message (which holds a brace, a colon or a full stop) would be a forged signature.
 */
const HASHABLE = /^[\w+/=-]{1,256}$/

export class UnhashableTextError extends Error {}

/** The answer that the handshake wants. Throws `UnhashableTextError` for a text that no honest sender has hashed. */
export function handshakeAnswer(
  { answer }: Handshake,
  { read, secret }: { read: (place: Place) => string | null; secret: string | null },
): Answer {
  const valueOf = (value: HandshakeValue): string | number | null => {
    if (typeof value !== 'object') return value
    if (!('hmacOf' in value)) return read(value)
    const text = read(value.hmacOf) ?? ''
    if (!HASHABLE.test(text)) throw new UnhashableTextError()
    return value.prefix + hmacSha256(secret ?? '', text, value.encoding)
  }
  const headers = (answer.headers ?? []).flatMap(([name, value]): [string, string][] => {
    const text = valueOf(value)
    return text === null ? [] : [[name, String(text)]]
  })
  const { body } = answer
  const blank = { status: answer.status, delayMs: 0 }
  if (!body) return { ...blank, headers, body: '' }
  if ('text' in body) {
    return {
      ...blank,
      headers: [...headers, ['Content-Type', 'text/plain; charset=utf-8']],
      body: read(body.text) ?? '',
    }
  }
  const json = Object.fromEntries(Object.entries(body.json).map(([key, value]) => [key, valueOf(value)]))
  return { ...blank, headers: [...headers, ['Content-Type', 'application/json']], body: JSON.stringify(json) }
}

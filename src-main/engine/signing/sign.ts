import { createHmac } from 'node:crypto'
import type { HeaderList } from '#shared/model/header.ts'
import { bodyField } from './body-field.ts'
import { keyBytes } from './key.ts'
import type { SigningScheme } from './scheme.ts'
import { fill, piecesOf } from './template.ts'

export interface SignedMessage {
  /** Newest first; never empty. Where a scheme's header takes one signature, the newest signs. */
  secrets: readonly string[]
  id: string
  /** Unix ms. */
  timestampMs: number
  body: Uint8Array
  /** The event's type. */
  type: string
  deliveryId: string
}

const HASHES = { 'hmac-sha1': 'sha1', 'hmac-sha256': 'sha256', 'hmac-sha512': 'sha512' } as const

/** The headers that prove a message, in the scheme's order. Throws a `TypeError` for a secret that `checkSecret` refuses. */
export function sign(scheme: SigningScheme, message: SignedMessage): HeaderList {
  const tokens = tokensOf(scheme, message)
  const active = scheme.join === null ? message.secrets.slice(0, 1) : message.secrets
  const signatures = active
    .map((secret) =>
      scheme.signatureFormat.replace('{signature}', () => digest(scheme, message.body, { secret, tokens })),
    )
    .join(scheme.join ?? '')
  return scheme.headers.flatMap(([name, template]): [string, string][] => {
    const value = fill(template, (token) => (token === 'signatures' ? signatures : tokens(token)))
    return value === null || value === '' ? [] : [[name, value]]
  })
}

type Tokens = (token: string) => string | null

function tokensOf(scheme: SigningScheme, { id, timestampMs, type, deliveryId, body }: SignedMessage): Tokens {
  const fixed: Readonly<Record<string, string>> = {
    id,
    timestamp: String(scheme.timestamp === 's' ? Math.floor(timestampMs / 1_000) : timestampMs),
    type,
    delivery: deliveryId.slice(deliveryId.indexOf('_') + 1),
  }
  return (token) => (token.startsWith('body.') ? bodyField(body, token.slice('body.'.length)) : (fixed[token] ?? null))
}

function digest(
  scheme: SigningScheme,
  body: Uint8Array,
  { secret, tokens }: { secret: string; tokens: Tokens },
): string {
  const key = keyBytes(scheme.key, secret)
  if (!key) throw new TypeError('The signing secret is not in the form that its scheme uses')
  const hmac = createHmac(HASHES[scheme.algorithm], key)
  for (const piece of piecesOf(scheme.signedContent)) {
    if ('text' in piece) hmac.update(piece.text)
    else if (piece.token === 'body') hmac.update(body)
    else hmac.update(tokens(piece.token) ?? '')
  }
  return hmac.digest(scheme.encoding)
}

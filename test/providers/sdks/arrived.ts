import { createPublicKey } from 'node:crypto'
import type { HeaderList } from '#shared/model/header.ts'
import { isAsymmetric } from '#main/engine/signing/secret.ts'
import type { SigningScheme } from '#main/engine/signing/scheme.ts'
import type { ReceivedMessage } from '#main/engine/signing/verify.ts'

/** A request as an official verifier takes it. */
export interface Arrived {
  /** Names in lower case, as Node gives them. */
  headers: Readonly<Record<string, string>>
  /** The body as text: most verifiers take text, or turn bytes into it. */
  text: string
  secret: string
  url: string
  pairs: HeaderList
}

/** A request that one side takes for genuine and the other does not. */
export interface Disagreement {
  round: number
  change: string
  /** How far from the clock it was signed. */
  skewMs: number
  ours: boolean
  theirs: boolean
}

export interface OfficialSdk {
  provider: string
  /** Throws or answers false for a request that it refuses. */
  accepts(request: Arrived): unknown
  /** Whether it judges bytes that are no text as they are. */
  takesBytes?: (body: Uint8Array, request: Arrived) => unknown
  /** Fewer where one verification takes milliseconds. */
  cases?: number
  /** Where it is known to judge otherwise than its sender’s documentation, and so than we do. */
  differs?: { says: string; about(disagreement: Disagreement): boolean }
}

export function header({ headers }: Arrived, name: string): string {
  return headers[name] ?? ''
}

export function arrived(scheme: SigningScheme, { headers, body, secrets, url }: ReceivedMessage): Arrived {
  return {
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    pairs: headers,
    text: Buffer.from(body).toString(),
    secret: verifyingKey(scheme, secrets[0]!),
    url,
  }
}

/** What the receiver is given: the secret itself, or the public half in the form that the sender shows. */
export function verifyingKey({ algorithm, key, newSecret: form }: SigningScheme, secret: string): string {
  if (algorithm === 'ed25519') {
    const { privatePrefix = '', publicPrefix = '' } = isAsymmetric(key) ? key.asymmetric : {}
    const encoding = form.encoding === 'hex' ? 'hex' : 'base64'
    const pair = Buffer.from(secret.slice(privatePrefix.length), encoding)
    return publicPrefix + pair.subarray(32).toString(encoding)
  }
  if (algorithm !== 'ecdsa-p256') return secret
  return createPublicKey(secret).export({ type: 'spki', format: 'der' }).toString('base64')
}

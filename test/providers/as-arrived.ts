import { createPublicKey } from 'node:crypto'
import type { SigningScheme } from '#main/engine/signing/scheme.ts'
import type { ReceivedMessage } from '#main/engine/signing/verify.ts'
import type { Arrived } from './official-sdks.ts'

/** A request as an official verifier takes it; `secrets` hold what signed it. */
export function asArrived(scheme: SigningScheme, { headers, body, secrets, url }: ReceivedMessage): Arrived {
  return {
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    pairs: headers,
    text: Buffer.from(body).toString(),
    secret: verifyingKey(scheme, secrets[0]!),
    url,
  }
}

/** What the receiver is given: the secret itself, or the public half in the form that the sender shows. */
export function verifyingKey({ algorithm, newSecret: form }: SigningScheme, secret: string): string {
  if (algorithm === 'ed25519') {
    const pair = Buffer.from(secret, form.encoding === 'hex' ? 'hex' : 'base64')
    return pair.subarray(32).toString(form.encoding === 'hex' ? 'hex' : 'base64')
  }
  if (algorithm !== 'ecdsa-p256') return secret
  return createPublicKey(secret).export({ type: 'spki', format: 'der' }).toString('base64')
}

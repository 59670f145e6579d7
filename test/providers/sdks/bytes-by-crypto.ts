import { createHmac, createPublicKey, verify } from 'node:crypto'
import type { Arrived } from './arrived.ts'

type Judge = (body: Uint8Array, request: Arrived) => boolean

/** SDKs that read a JSON or form body before they judge it: bytes that are no text never reach their signature. */
export const JSON_ONLY = ['adyen', 'linear', 'twilio']

/** What the signature of bytes must be, where the official SDK would turn them into text first. */
export const BY_CRYPTO: Readonly<Record<string, Judge>> = {
  'standard-webhooks': (body, it) => isStandard('webhook', body, it),
  svix: (body, it) => isStandard('svix', body, it),
  github: (body, it) => it.headers['x-hub-signature-256'] === `sha256=${hmac(it.secret, [body], 'hex')}`,
  stripe: (body, it) => isListed(body, it, { header: 'stripe-signature', between: '.', mark: ',v1=' }),
  square: (body, it) => it.headers['x-square-hmacsha256-signature'] === hmac(it.secret, [it.url, body], 'base64'),
  paddle: (body, it) => isListed(body, it, { header: 'paddle-signature', between: ':', mark: ';h1=' }),
  hubspot: (body, it) => {
    const timestamp = it.headers['x-hubspot-request-timestamp'] ?? ''
    return it.headers['x-hubspot-signature-v3'] === hmac(it.secret, ['POST', it.url, body, timestamp], 'base64')
  },
  sendgrid: (body, it) => {
    const content = Buffer.concat([Buffer.from(it.headers['x-twilio-email-event-webhook-timestamp'] ?? ''), body])
    const key = createPublicKey({ key: Buffer.from(it.secret, 'base64'), format: 'der', type: 'spki' })
    const signature = Buffer.from(it.headers['x-twilio-email-event-webhook-signature'] ?? '', 'base64')
    return verify('sha256', content, key, signature)
  },
  workos: (body, it) => isListed(body, it, { header: 'workos-signature', between: '.', mark: ', v1=' }),
  telnyx: (body, it) => {
    const content = Buffer.concat([Buffer.from(`${it.headers['telnyx-timestamp']}|`), body])
    const point = Buffer.from(it.secret, 'base64').toString('base64url')
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: point }, format: 'jwk' })
    return verify(null, content, key, Buffer.from(it.headers['telnyx-signature-ed25519'] ?? '', 'base64'))
  },
  gocardless: (body, it) => it.headers['webhook-signature'] === hmac(it.secret, [body], 'hex'),
  sanity: (body, it) =>
    isListed(body, it, { header: 'sanity-webhook-signature', between: '.', mark: ',v1=', encoding: 'base64url' }),
  mux: (body, it) => isListed(body, it, { header: 'mux-signature', between: '.', mark: ',v1=' }),
  razorpay: (body, it) => it.headers['x-razorpay-signature'] === hmac(it.secret, [body], 'hex'),
  openai: (body, it) => isStandard('webhook', body, it),
  replicate: (body, it) => isStandard('webhook', body, it),
  resend: (body, it) => isStandard('svix', body, it),
  pusher: (body, it) => it.headers['x-pusher-signature'] === hmac(it.secret, [body], 'hex'),
}

type Encoding = 'hex' | 'base64' | 'base64url'

function hmac(key: string | Uint8Array, parts: readonly (string | Uint8Array)[], encoding: Encoding): string {
  const digest = createHmac('sha256', key)
  for (const part of parts) digest.update(part)
  return digest.digest(encoding)
}

function isStandard(prefix: string, body: Uint8Array, { headers, secret }: Arrived): boolean {
  const content = [`${headers[`${prefix}-id`]}.${headers[`${prefix}-timestamp`]}.`, body]
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  return headers[`${prefix}-signature`] === `v1,${hmac(key, content, 'base64')}`
}

interface Listed {
  header: string
  /** What stands between timestamp and body in the signed content. */
  between: string
  /** What stands between timestamp and signature in the header. */
  mark: string
  encoding?: Encoding
}

function isListed(body: Uint8Array, it: Arrived, { header, between, mark, encoding = 'hex' }: Listed): boolean {
  const [stamp = '', signature] = (it.headers[header] ?? '').split(mark)
  const timestamp = stamp.replace(/^\w+=/, '')
  return signature === hmac(it.secret, [timestamp, between, body], encoding)
}

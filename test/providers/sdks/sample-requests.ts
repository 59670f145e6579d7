import type { Random } from '#main/engine/ports.ts'
import type { ReceivedMessage } from '#main/engine/signing/verify.ts'
import { pick, providerOf, signedRequest, someForm, someJson } from '../signed-request.ts'

const URLS = [
  'https://hooks.example.com/in/shop',
  'https://hooks.example.com:8443/in?a=b',
  'https://a.example/?q=%C3%A9',
] as const
const HOUR_MS = 3_600_000

interface Wanted {
  provider: string
  secret: string
  random: Random
  /** When it was signed, beside the clock. */
  skewMs?: number
}

/** A genuine request with text of many scripts, in the shape that the provider’s verifier wants to see. */
export function sampleRequest({ provider, secret, random, skewMs = 0 }: Wanted): ReceivedMessage {
  const nowMs = Date.now() + skewMs
  const body = Buffer.from(bodyFor(provider, random, nowMs))
  const url = pick(random, URLS)
  return signedRequest(providerOf(provider).signing!, { body, secrets: [secret], nowMs, url })
}

/** A request whose body is no text. */
export function byteRequest({ provider, secret, random }: Wanted): ReceivedMessage {
  const parts = { body: random.bytes(40), secrets: [secret], nowMs: Date.now(), url: URLS[0] }
  return signedRequest(providerOf(provider).signing!, parts)
}

/** Mostly none; else an hour, which is beyond every sender’s tolerance. */
export function someSkew(round: number): number {
  if (round % 9 === 7) return -HOUR_MS
  return round % 9 === 8 ? HOUR_MS : 0
}

function bodyFor(provider: string, random: Random, nowMs: number): string {
  if (provider === 'twilio' || provider === 'plivo') return someForm(random)
  const fields = JSON.parse(someJson(random)) as Record<string, unknown>
  if (provider === 'linear') return JSON.stringify({ ...fields, webhookTimestamp: nowMs })
  if (provider !== 'adyen') return someJson(random)
  const record = {
    ...fields,
    pspReference: `é${random.fraction()}`,
    amount: { value: 4900, currency: 'EUR' },
    success: 'true',
    originalReference: '',
    merchantAccountCode: 'A',
    merchantReference: 'ü:1',
    eventCode: 'REFUND',
  }
  return JSON.stringify({ live: 'false', notificationItems: [{ NotificationRequestItem: record }] })
}

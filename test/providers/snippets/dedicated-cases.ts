import { createHash } from 'node:crypto'
import type { Provider } from '#main/engine/catalog/provider.ts'
import { newSecret } from '#main/engine/signing/secret.ts'
import type { ReceivedMessage } from '#main/engine/signing/verify.ts'
import { createSeededRandom } from '#test/support/fake-random.ts'
import { signedRequest } from '../signed-request.ts'
import type { SnippetCase } from './cases.ts'

const URL = 'https://hooks.example.com/in/shop?x=1&b=%C3%A9&a=b'
const FORM = 'To=%2B15558675310&From=&Body=49%2C00+%E2%82%AC&Body=again&Body=again&A1=b'
const JSON_BODY = '{"total":"49,00 €"}'
const BODY_HASH = createHash('sha256').update(JSON_BODY).digest('hex')

interface Special {
  /** Requests that are signed: their body, and the URL where it is another. */
  genuine: readonly { body: string; url?: string }[]
  /** Turns a genuine body into one that is not. */
  spoil: (body: string) => string
  takesUrl: boolean
}

const record = (eventCode: string) => ({
  NotificationRequestItem: {
    pspReference: '7914073381342284',
    merchantAccountCode: 'AcmeShopECOM',
    merchantReference: 'bestellung-ü:1',
    amount: { value: 4900, currency: 'EUR' },
    eventCode,
    success: 'true',
  },
})

const SPECIAL: Readonly<Record<string, Special>> = {
  adyen: {
    genuine: [
      { body: JSON.stringify({ live: 'false', notificationItems: [record('REFUND')] }) },
      { body: JSON.stringify({ live: 'false', notificationItems: [record('REFUND'), record('AUTHORISATION')] }) },
    ],
    spoil: (body) => body.replace('4900', '4901'),
    takesUrl: false,
  },
  mailgun: {
    genuine: [{ body: '{"event-data":{"event":"delivered","recipient":"ada@example.com"}}' }],
    spoil: (body) => body.replace(/"token":"./, '"token":"x'),
    takesUrl: false,
  },
  plivo: {
    genuine: [
      { body: FORM },
      { body: '' },
      { body: FORM, url: 'https://hooks.example.com/in' },
      { body: '', url: 'https://a.example/' },
    ],
    spoil: (body) => `${body}&B=1`,
    takesUrl: true,
  },
  twilio: {
    genuine: [{ body: FORM }, { body: '' }, { body: JSON_BODY, url: `https://a.example/?x=1&bodySHA256=${BODY_HASH}` }],
    spoil: (body) => `${body}&B=1`,
    takesUrl: true,
  },
}

export const hasDedicatedCases = (id: string): boolean => Object.hasOwn(SPECIAL, id)

/** Genuine and other requests for a sender whose code is written for it alone. */
export function dedicatedCases({ id, signing }: Provider): SnippetCase[] {
  const { genuine, spoil, takesUrl } = SPECIAL[id]!
  const scheme = signing!
  const random = createSeededRandom(52)
  const [key, other] = [newSecret(scheme, random), newSecret(scheme, random)]
  function call(name: string, expected: boolean, { headers, body, url }: ReceivedMessage, keys = [key]): SnippetCase {
    const bodyBase64 = Buffer.from(body).toString('base64')
    return { name, expected, url, bodyBase64, headers, keys, extras: takesUrl ? [url] : [] }
  }
  return genuine.flatMap(({ body, url = URL }, index) => {
    const message = signedRequest(scheme, { body: Buffer.from(body), secrets: [key], nowMs: Date.now(), url })
    const text = Buffer.from(message.body).toString()
    const calls = [
      call('genuine', true, message),
      call('signed by the older of two keys', true, message, [other, key]),
      call('another key', false, message, [other]),
      call('another body', false, { ...message, body: Buffer.from(spoil(text)) }),
      call('no headers and no body', false, { ...message, headers: [], body: new Uint8Array() }),
      call('a body without sense', false, { ...message, headers: [], body: Buffer.from('[null,"\u00e9"]') }),
      ...(takesUrl ? [call('another address', false, { ...message, url: url.replace('https:', 'http:') })] : []),
    ]
    return calls.map((one) => ({ ...one, name: `${one.name}, ${index + 1}` }))
  })
}

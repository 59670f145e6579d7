import { describe, expect, it } from 'vitest'
import type { HeaderList } from '#shared/model/header.ts'
import type { Random } from '#main/engine/ports.ts'
import { newSecret } from '#main/engine/signing/secret.ts'
import type { SigningScheme } from '#main/engine/signing/scheme.ts'
import { type ReceivedMessage, verify } from '#main/engine/signing/verify.ts'
import { createSeededRandom } from '#test/support/fake-random.ts'
import { asArrived, verifyingKey } from './as-arrived.ts'
import { BY_CRYPTO, JSON_ONLY } from './bytes-by-crypto.ts'
import { OFFICIAL_SDKS, type OfficialSdk } from './official-sdks.ts'
import { providerOf, signedRequest, someForm, someJson } from './signed-request.ts'

const URLS = [
  'https://hooks.example.com/in/shop',
  'https://hooks.example.com:8443/in?a=b',
  'https://a.example/?q=%C3%A9',
]

describe.each(OFFICIAL_SDKS)('the official SDK of $provider', (sdk) => {
  const scheme = providerOf(sdk.provider).signing!
  const random = createSeededRandom(21)
  const [secret, other] = [newSecret(scheme, random), newSecret(scheme, random)]

  function genuine(key = secret): ReceivedMessage {
    const body = Buffer.from(bodyFor(sdk.provider, random))
    return signedRequest(scheme, {
      body,
      secrets: [key],
      nowMs: Date.now(),
      url: URLS[Math.floor(random.fraction() * 3)]!,
    })
  }

  it('PRV-2 accepts what we send, and refuses it with one byte changed', async () => {
    for (let round = 0; round < 20; round += 1) {
      const message = genuine()
      expect(await accepts(sdk, scheme, message)).toBe(true)
      expect(await accepts(sdk, scheme, { ...message, body: withChangedByte(message.body) })).toBe(false)
    }
  })

  it('PRV-2 PRV-4 agrees with us over hundreds of genuine and changed requests', async () => {
    for (let round = 0; round < (sdk.cases ?? 300); round += 1) {
      const [change, message] = changed(genuine(round % 5 === 4 ? other : secret), { round, random })
      const judged = { ...message, secrets: [verifyingKey(scheme, secret)] }
      const ours = verify(scheme, { ...judged, nowMs: Date.now() }).verdict === 'valid'
      expect({ round, change, ours }).toEqual({
        round,
        change,
        ours: await accepts(sdk, scheme, { ...judged, secrets: [secret] }),
      })
    }
  })
})

describe('bodies that are no text', () => {
  const random = createSeededRandom(22)
  const takers = OFFICIAL_SDKS.filter(({ takesBytes }) => takesBytes)

  it.each(takers)(
    'PRV-2 are judged alike by us and the official SDK of $provider',
    async ({ provider, takesBytes }) => {
      const scheme = providerOf(provider).signing!
      const secret = newSecret(scheme, random)
      for (let round = 0; round < 50; round += 1) {
        const message = signedRequest(scheme, {
          body: random.bytes(40),
          secrets: [secret],
          nowMs: Date.now(),
          url: URLS[0]!,
        })
        expect(verify(scheme, message)).toEqual({ verdict: 'valid', reason: null })
        expect(await takesBytes!(message.body, asArrived(scheme, message))).toBe(true)
      }
    },
  )

  it('PRV-2 are judged by node:crypto for every SDK that turns bodies into text or JSON', () => {
    const takesNoBytes = OFFICIAL_SDKS.filter(({ takesBytes }) => !takesBytes).map(({ provider }) => provider)
    expect([...Object.keys(BY_CRYPTO), ...JSON_ONLY].toSorted()).toEqual(takesNoBytes.toSorted())
  })

  it.each(Object.entries(BY_CRYPTO))('PRV-2 of %s are signed as node:crypto says', (provider, isSigned) => {
    const scheme = providerOf(provider).signing!
    const secret = newSecret(scheme, random)
    for (let round = 0; round < 50; round += 1) {
      const message = signedRequest(scheme, {
        body: random.bytes(40),
        secrets: [secret],
        nowMs: Date.now(),
        url: URLS[0]!,
      })
      expect(verify(scheme, message)).toEqual({ verdict: 'valid', reason: null })
      expect(isSigned(message.body, asArrived(scheme, message))).toBe(true)
    }
  })
})

async function accepts(sdk: OfficialSdk, scheme: SigningScheme, message: ReceivedMessage): Promise<boolean> {
  try {
    return Boolean(await sdk.accepts(asArrived(scheme, message)))
  } catch {
    return false
  }
}

function bodyFor(provider: string, random: Random): string {
  if (provider === 'twilio') return someForm(random)
  const fields = JSON.parse(someJson(random)) as Record<string, unknown>
  if (provider === 'linear') return JSON.stringify({ ...fields, webhookTimestamp: Date.now() })
  if (provider !== 'adyen') return someJson(random)
  const item = {
    ...fields,
    pspReference: `é${random.fraction()}`,
    amount: { value: 4900, currency: 'EUR' },
    success: 'true',
  }
  return JSON.stringify({
    live: 'false',
    notificationItems: [
      {
        NotificationRequestItem: {
          ...item,
          originalReference: '',
          merchantAccountCode: 'A',
          merchantReference: 'ü:1',
          eventCode: 'REFUND',
        },
      },
    ],
  })
}

/** Every third request stays genuine; the others are changed in their body, their signature or both. */
function changed(
  message: ReceivedMessage,
  { round, random }: { round: number; random: Random },
): [string, ReceivedMessage] {
  switch (round % 6) {
    case 1:
      return ['body', { ...message, body: withChangedByte(message.body) }]
    case 2:
      return ['longer body', { ...message, body: Buffer.concat([message.body, Buffer.from(' ')]) }]
    case 3:
      return ['signature', { ...message, headers: withChangedSignature(message.headers, random) }]
    case 4:
      return ['no signature', { ...message, headers: [], body: Buffer.from('{}') }]
    default:
      return ['nothing', message]
  }
}

/** Changes one digit, or else one letter, and leaves the form of the text as it is. */
function withChangedByte(body: Uint8Array): Uint8Array {
  const text = Buffer.from(body).toString('latin1')
  const swapped = text.includes('pspReference')
    ? text.replace('REFUND', 'REFUNE')
    : text.replace(/(?:fiel|Fro|T|Bod|bod|A)([dmoy1])/, (word) => `${word.slice(0, -1)}z`)
  return Buffer.from(swapped, 'latin1')
}

/** Changes a character in the middle of each signature. */
function withChangedSignature(headers: HeaderList, random: Random): HeaderList {
  return headers.map(([name, value]): [string, string] => {
    if (!/signature/i.test(name) || /timestamp/i.test(name)) return [name, value]
    const at = value.length - 8 - Math.floor(random.fraction() * 10)
    return [name, value.slice(0, at) + (value[at] === 'a' ? 'b' : 'a') + value.slice(at + 1)]
  })
}

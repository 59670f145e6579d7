import { generateKeyPairSync, sign as signWithKey, createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { HeaderList } from '#shared/model/header.ts'
import { crc32 } from '#main/engine/signing/digest.ts'
import { verify } from '#main/engine/signing/verify.ts'
import { providerOf, signedRequest } from '#test/providers/signed-request.ts'

const NOW = 1_795_165_924_000
const body = Buffer.from('{"total":"49,00 €"}')
const whsec = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const older = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'
const url = 'https://hooks.example.com/in'

const schemeOf = (id: string) => providerOf(id).signing!
const standard = schemeOf('standard-webhooks')
const genuine = signedRequest(standard, { body, secrets: [whsec], nowMs: NOW, url })

function withHeader(name: string, value: string | null): HeaderList {
  const kept = genuine.headers.filter(([key]) => key !== name)
  return value === null ? kept : [...kept, [name, value]]
}

describe('verdicts', () => {
  it('CAP-5 valid: the newest secret proves the request', () => {
    expect(verify(standard, genuine)).toEqual({ verdict: 'valid', reason: null })
  })

  it('CAP-5 valid, previous_secret: only an older secret proves it', () => {
    expect(verify(standard, { ...genuine, secrets: [older, whsec] })).toEqual({
      verdict: 'valid',
      reason: 'previous_secret',
    })
  })

  it.each([[[]], [['']], [['  ']]])('CAP-5 unchecked, no_secret: the secrets are %j', (secrets) => {
    expect(verify(standard, { ...genuine, secrets })).toEqual({ verdict: 'unchecked', reason: 'no_secret' })
  })

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('CAP-5 missing_header: %s is absent', (name) => {
    expect(verify(standard, { ...genuine, headers: withHeader(name, null) }).reason).toBe('missing_header')
  })

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])(
    'CAP-5 duplicate_header: %s stands twice',
    (name) => {
      const headers: HeaderList = [...genuine.headers, [name.toUpperCase(), 'x']]
      expect(verify(standard, { ...genuine, headers }).reason).toBe('duplicate_header')
    },
  )

  it.each(['', 'nonsense', 'v1', 'v1,', 'v1,!!!', 'v1=abcd'])(
    'CAP-5 malformed_header: the signature is %j',
    (value) => {
      expect(verify(standard, { ...genuine, headers: withHeader('webhook-signature', value) })).toEqual({
        verdict: 'invalid',
        reason: value === 'v1=abcd' ? 'unsupported_version' : 'malformed_header',
      })
    },
  )

  it.each(['', 'soon', '1.5', '-1', '99999999999999999999'])('CAP-5 malformed_header: the timestamp is %j', (value) => {
    const headers = withHeader('webhook-timestamp', value)
    expect(verify(standard, { ...genuine, headers }).reason).toBe('malformed_header')
  })

  it('CAP-5 unsupported_version: every signature is of another version', () => {
    const headers = withHeader('webhook-signature', 'v2,aGVsbG8= v9,aGVsbG8=')
    expect(verify(standard, { ...genuine, headers }).reason).toBe('unsupported_version')
    const other = genuine.headers.find(([name]) => name === 'webhook-signature')![1]
    const mixed = withHeader('webhook-signature', `v2,aGVsbG8= ${other}`)
    expect(verify(standard, { ...genuine, headers: mixed }).verdict).toBe('valid')
  })

  it('CAP-5 signature_mismatch: body, secret or signature differ, or the secret is in no form that could sign', () => {
    const mismatch = { verdict: 'invalid', reason: 'signature_mismatch' }
    expect(verify(standard, { ...genuine, body: Buffer.from('{"total":"49,00 €"} ') })).toEqual(mismatch)
    expect(verify(standard, { ...genuine, secrets: [older] })).toEqual(mismatch)
    expect(verify(standard, { ...genuine, secrets: ['not base64!'] })).toEqual(mismatch)
    expect(verify(standard, { ...genuine, headers: withHeader('webhook-signature', 'v1,aGVsbG8=') })).toEqual(mismatch)
  })

  it.each([
    ['standard-webhooks', 300, 300],
    ['slack', 300, 300],
    ['stripe', 300, null],
    ['paddle', 5, null],
    ['hubspot', 300, null],
    ['workos', 180, null],
    ['box', 600, 0],
    ['github', null, null],
  ] as const)('CAP-5 %s is stale after %s s and early before %s s, with the skew', (id, past, future) => {
    const scheme = schemeOf(id)
    const secret = id === 'standard-webhooks' ? whsec : 'a plain secret'
    const message = signedRequest(scheme, { body, secrets: [secret], nowMs: NOW, url })
    const at = (seconds: number) => verify(scheme, { ...message, nowMs: NOW + seconds * 1_000 })
    const valid = { verdict: 'valid', reason: null }
    expect(at(past ?? 1e6)).toEqual(valid)
    expect(at((past ?? 1e6) + 1)).toEqual(
      past === null ? valid : { verdict: 'invalid', reason: 'stale_timestamp', skewSeconds: past + 1 },
    )
    expect(at(-(future ?? 1e6))).toEqual(valid)
    expect(at(-(future ?? 1e6) - 1)).toEqual(
      future === null ? valid : { verdict: 'invalid', reason: 'future_timestamp', skewSeconds: -future - 1 },
    )
  })
})

describe('schemes of their own kind', () => {
  it('PRV-4 github: a weak signature counts only where the strong one is absent', () => {
    const scheme = schemeOf('github')
    const strong = signedRequest(scheme, { body, secrets: ['s'], nowMs: NOW, url })
    const weak = signedRequest(scheme.also![0]!, { body, secrets: ['s'], nowMs: NOW, url })
    expect(verify(scheme, weak).verdict).toBe('valid')
    const forged: HeaderList = [...weak.headers, ['X-Hub-Signature-256', `sha256=${'0'.repeat(64)}`]]
    expect(verify(scheme, { ...strong, headers: forged }).reason).toBe('signature_mismatch')
  })

  it('PRV-4 hubspot: v1, v2 and v3 are found by their headers', () => {
    const scheme = schemeOf('hubspot')
    for (const form of [scheme, ...scheme.also!]) {
      const message = signedRequest(form, { body, secrets: ['client secret'], nowMs: NOW, url })
      expect(verify(scheme, message)).toEqual({ verdict: 'valid', reason: null })
      expect(verify(scheme, { ...message, body: Buffer.from('{}') }).reason).toBe('signature_mismatch')
    }
    const message = signedRequest(scheme.also![1]!, { body, secrets: ['client secret'], nowMs: NOW, url })
    const v4 = message.headers.map(([name, value]): [string, string] => [name, value === 'v1' ? 'v4' : value])
    expect(verify(scheme, { ...message, headers: v4 }).reason).toBe('unsupported_version')
  })

  it('PRV-4 twilio: the URL counts with and without its port, a JSON body by its hash in the URL', () => {
    const scheme = schemeOf('twilio')
    const form = Buffer.from('b=2&a=1&a=0&a=1')
    const message = signedRequest(scheme, { body: form, secrets: ['token'], nowMs: NOW, url })
    expect(verify(scheme, { ...message, url: 'https://hooks.example.com:443/in' }).verdict).toBe('valid')
    expect(verify(scheme, { ...message, url: 'https://hooks.example.com/out' }).reason).toBe('signature_mismatch')
    const hashed = `${url}?bodySHA256=${createHash('sha256').update(body).digest('hex')}`
    const json = signedRequest(scheme, { body, secrets: ['token'], nowMs: NOW, url: hashed })
    expect(verify(scheme, json).verdict).toBe('valid')
    expect(verify(scheme, { ...json, body: Buffer.from('{}') }).reason).toBe('signature_mismatch')
  })

  it('PRV-4 mailgun and adyen: the signature stands in the body', () => {
    const mailgun = schemeOf('mailgun')
    const message = signedRequest(mailgun, { body, secrets: ['key'], nowMs: NOW, url })
    const signed = JSON.parse(Buffer.from(message.body).toString())
    expect(signed).toMatchObject({ total: '49,00 €', signature: { timestamp: '1795165924' } })
    expect(message.headers).toEqual([])
    expect(verify(mailgun, message).verdict).toBe('valid')
    expect(verify(mailgun, { ...message, body }).reason).toBe('missing_header')
    expect(() => signedRequest(mailgun, { body: Buffer.from('a=b'), secrets: ['key'], nowMs: NOW, url })).toThrow(
      /JSON/,
    )
  })

  it('PRV-4 adyen: every record of a batch must be proven', () => {
    const adyen = schemeOf('adyen')
    const key = '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056'
    const items = [
      { NotificationRequestItem: { pspReference: '1' } },
      { NotificationRequestItem: { pspReference: '2' } },
    ]
    const batch = Buffer.from(JSON.stringify({ notificationItems: items }))
    const message = signedRequest(adyen, { body: batch, secrets: [key], nowMs: NOW, url })
    expect(verify(adyen, message).verdict).toBe('valid')
    const tampered = Buffer.from(Buffer.from(message.body).toString().replace('"2"', '"3"'))
    expect(verify(adyen, { ...message, body: tampered }).reason).toBe('signature_mismatch')
    const half = JSON.parse(Buffer.from(message.body).toString())
    delete half.notificationItems[1].NotificationRequestItem.additionalData
    const unsigned = Buffer.from(JSON.stringify(half))
    expect(verify(adyen, { ...message, body: unsigned }).reason).toBe('missing_header')
  })

  it('PRV-4 linear: the timestamp of the body decides', () => {
    const scheme = schemeOf('linear')
    const timed = Buffer.from(JSON.stringify({ webhookTimestamp: NOW }))
    const message = signedRequest(scheme, { body: timed, secrets: ['s'], nowMs: NOW, url })
    expect(verify(scheme, message).verdict).toBe('valid')
    expect(verify(scheme, { ...message, nowMs: NOW + 61_000 }).reason).toBe('stale_timestamp')
    expect(verify(scheme, { ...message, nowMs: NOW - 61_000 }).reason).toBe('future_timestamp')
  })

  it('PRV-4 standard-webhooks: v1 and v1a stand beside each other, each proven by its own key', () => {
    const pair = generateKeyPairSync('ed25519')
    const point = pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
    const signed = `evt_01JD8Z5K3WQ7M0X2T9B4C6E8FA.${NOW / 1_000}.${body.toString()}`
    const v1a = `v1a,${signWithKey(null, Buffer.from(signed), pair.privateKey).toString('base64')}`
    const v1 = genuine.headers.find(([name]) => name === 'webhook-signature')![1]
    const message = { ...genuine, headers: withHeader('webhook-signature', `${v1} ${v1a}`) }
    expect(verify(standard, message).verdict).toBe('valid')
    expect(verify(standard, { ...message, secrets: [`whpk_${point.toString('base64')}`] }).verdict).toBe('valid')
    expect(verify(standard, { ...message, secrets: [older] }).reason).toBe('signature_mismatch')
  })

  it('PRV-4 a public key is never taken for a private one', () => {
    const scheme = schemeOf('discord')
    const known = Buffer.alloc(32, 7)
    const forged = signedRequest(scheme, { body, secrets: [known.toString('hex')], nowMs: NOW, url })
    expect(verify(scheme, { ...forged, secrets: [known.toString('hex')] }).reason).toBe('signature_mismatch')
  })

  it('PRV-4 box: either of two keys proves the request', () => {
    const scheme = schemeOf('box')
    const message = signedRequest(scheme, { body, secrets: ['primary', 'secondary'], nowMs: NOW, url })
    expect(message.headers.filter(([name]) => /-(?:prim|second)ary$/.test(name))).toHaveLength(2)
    expect(verify(scheme, { ...message, secrets: ['secondary'] })).toEqual({ verdict: 'valid', reason: null })
    expect(verify(scheme, { ...message, secrets: ['other'] }).reason).toBe('signature_mismatch')
  })

  it('PRV-4 hook0: the headers that the signature names are signed', () => {
    const scheme = schemeOf('hook0')
    const message = signedRequest(scheme, { body, secrets: ['s'], nowMs: NOW, url })
    expect(verify(scheme, message).verdict).toBe('valid')
    const headers = message.headers.map(([name, value]): [string, string] =>
      name === 'x-event-type' ? [name, 'other'] : [name, value],
    )
    expect(verify(scheme, { ...message, headers }).reason).toBe('signature_mismatch')
  })

  it('PRV-4 paypal: the checksum of the body is signed with the webhook id', () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926)
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const [secret, shown] = [
      privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    ]
    const scheme = schemeOf('paypal')
    const message = signedRequest(scheme, { body, secrets: [`WH-1:${secret}`], nowMs: NOW, url })
    expect(verify(scheme, { ...message, secrets: [`WH-1:${shown}`] }).verdict).toBe('valid')
    expect(verify(scheme, { ...message, secrets: [`WH-2:${shown}`] }).reason).toBe('signature_mismatch')
  })
})

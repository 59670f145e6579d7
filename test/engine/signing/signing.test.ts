import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { checkSecret, newSecret } from '#main/engine/signing/secret.ts'
import { sign, type SignedMessage } from '#main/engine/signing/sign.ts'
import type { SigningScheme } from '#main/engine/signing/scheme.ts'
import { crawlux } from '#main/providers/crawlux.ts'
import { providers } from '#main/providers/index.ts'
import { standardWebhooks } from '#main/providers/standard-webhooks.ts'
import { createSeededRandom } from '#test/support/fake-random.ts'

const standard = standardWebhooks.signing!
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const other = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'

function message(parts: Partial<SignedMessage> = {}): SignedMessage {
  return {
    secrets: [secret],
    id: 'evt_01JD8Z5K3WQ7M0X2T9B4C6E8FA',
    timestampMs: Date.now(),
    body: new TextEncoder().encode('{"a":1}'),
    type: 'audit.completed',
    deliveryId: 'dlv_01JD8Z5K3WQ7M0X2T9B4C6E8FB',
    ...parts,
  }
}

function verify(
  parts: Partial<SignedMessage>,
  { text = '{"a":1}', key = secret }: { text?: string; key?: string } = {},
): unknown {
  return new Webhook(key).verify(text, Object.fromEntries(sign(standard, message(parts))))
}

describe('standard-webhooks', () => {
  it('ENG-3 makes signatures that the reference library accepts', () => {
    expect(verify({})).toEqual({ a: 1 })
  })

  it('ENG-3 the library refuses the signature once a byte is changed', () => {
    expect(() => verify({}, { text: '{"a":2}' })).toThrow(/No matching signature/)
  })

  it('ENG-3 the library refuses it under another secret', () => {
    expect(() => verify({}, { key: other })).toThrow(/No matching signature/)
  })

  it('ENG-3 EN21 signs with every active secret, so that both are accepted during a rotation', () => {
    expect(verify({ secrets: [other, secret] })).toEqual({ a: 1 })
    expect(verify({ secrets: [other, secret] }, { key: other })).toEqual({ a: 1 })
  })

  it('ENG-3 every text body is accepted, and refused with one character more', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const body = new TextEncoder().encode(text)
        verify({ body }, { text })
        expect(() => verify({ body }, { text: `${text} ` })).toThrow()
      }),
    )
  })

  it('ENG-3 signs the raw bytes, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (body) => {
        const headers = Object.fromEntries(sign(standard, message({ body, timestampMs: 1_700_000_000_999 })))
        const expected = createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
          .update('evt_01JD8Z5K3WQ7M0X2T9B4C6E8FA.1700000000.')
          .update(body)
          .digest('base64')
        expect(headers).toEqual({
          'webhook-id': 'evt_01JD8Z5K3WQ7M0X2T9B4C6E8FA',
          'webhook-timestamp': '1700000000',
          'webhook-signature': `v1,${expected}`,
        })
      }),
    )
  })
})

describe('crawlux', () => {
  const scheme = crawlux.signing!

  it('CRX-2 signs the raw body and sends its headers in order', () => {
    const body = new TextEncoder().encode('{"audit_id":"aud_8f2b1c","é":"☃"}')
    expect(
      sign(scheme, message({ secrets: ['plain text key', 'older'], body, timestampMs: 1_700_000_000_999 })),
    ).toEqual([
      ['X-Crawlux-Event', 'audit.completed'],
      ['X-Crawlux-Audit-Id', 'aud_8f2b1c'],
      ['X-Crawlux-Delivery', 'del_01JD8Z5K3WQ7M0X2T9B4C6E8FB'],
      ['X-Crawlux-Timestamp', '1700000000'],
      ['X-Crawlux-Signature', `sha256=${createHmac('sha256', 'plain text key').update(body).digest('hex')}`],
    ])
  })

  it.each([
    'not json',
    '[]',
    'null',
    '{"audit_id":7}',
    '{"audit_id":"a\\r\\nX-Evil: 1"}',
    '{"audit_id":""}',
    '{"__proto__":{"audit_id":"x"}}',
  ])('CRX-2 leaves the audit id out where the body is %s', (text) => {
    const names = sign(scheme, message({ body: new TextEncoder().encode(text) })).map(([name]) => name)
    expect(names).not.toContain('X-Crawlux-Audit-Id')
    expect(names).toHaveLength(4)
  })

  it('CRX-1 has a sample of each event type with an audit id and a version', () => {
    expect(crawlux.eventTypes.map(({ name }) => name)).toEqual(['audit.completed', 'audit.failed', 'audit.retried'])
    for (const { sample } of crawlux.eventTypes)
      expect(sample).toMatchObject({
        audit_id: expect.stringMatching(/^aud_/),
        version: 'v3',
        domain: expect.any(String),
      })
  })
})

/** Twenty RSA keys take their time on a busy machine. */
const RSA_KEYS_MS = 30_000

describe('secrets', () => {
  const schemes = providers.flatMap(({ id, signing }): [string, SigningScheme][] => (signing ? [[id, signing]] : []))

  it.each(schemes)(
    '%s makes secrets that it can sign with, each one different',
    (_id, scheme) => {
      const random = createSeededRandom(3)
      const made = Array.from({ length: 20 }, () => newSecret(scheme, random))
      expect(new Set(made).size).toBe(20)
      for (const text of made) {
        expect(checkSecret(scheme, text)).toBeNull()
        expect(text.length).toBeGreaterThanOrEqual(32)
      }
    },
    RSA_KEYS_MS,
  )

  it('standard-webhooks takes base64 with or without its prefix', () => {
    expect(checkSecret(standard, secret)).toBeNull()
    expect(checkSecret(standard, secret.slice(6))).toBeNull()
  })

  it.each(['', 'whsec_', 'whsec_not base64!', `${secret}\n`, 'whsec_abcde', 'hunter2-is-my-password'])(
    'says what is wrong with “%s” without repeating it',
    (text) => {
      const problem = checkSecret(standard, text)
      expect(problem).toMatch(/\.$/)
      expect(problem).not.toContain(text.slice(6) || 'nothing to repeat')
    },
  )

  it('judges hexadecimal keys', () => {
    const scheme: SigningScheme = { ...standard, key: 'hex' }
    expect(checkSecret(scheme, 'c0ffee')).toBeNull()
    expect(checkSecret(scheme, 'c0ffe')).toContain('hexadecimal')
  })

  it('PRV-4 every provider says where its facts come from and when they were checked', () => {
    for (const { facts } of providers) {
      expect(facts.source).not.toBe('')
      expect(facts.checkedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    }
  })
})

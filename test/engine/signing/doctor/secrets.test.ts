import { describe, expect, it } from 'vitest'
import type { FindingCode } from '#shared/model/diagnosis.ts'
import type { SigningScheme } from '#main/engine/signing/scheme.ts'
import { candidate, codes, diagnosed, OTHER_WHSEC, PLAIN, sent, WHSEC } from './planted.ts'

describe('which secret signed', () => {
  it.each([
    ['a last line break', `${PLAIN}\n`],
    ['spaces', `  ${PLAIN} `],
    ['a character that cannot be seen', `\u200b${PLAIN}`],
    ['quotes', `"${PLAIN}"`],
    ['the name of a variable', `WEBHOOK_SECRET='${PLAIN}'`],
  ])('PRV-5 finds %s around the secret', (_, secret) => {
    const diagnosis = diagnosed('github', { ...sent('github'), secrets: [secret] })
    expect(codes(diagnosis)).toEqual(['secret_space'])
  })

  const DECODED: readonly (readonly [string, string, Partial<SigningScheme>, string])[] = [
    ['decoded where its text is meant', 'stripe', { key: { base64AfterPrefix: 'whsec_' } }, WHSEC],
    ['as text where it is meant to be decoded', 'standard-webhooks', { key: 'utf8' }, WHSEC],
    ['decoded from hexadecimal where its text is meant', 'github', { key: 'hex' }, PLAIN],
    ['as text where its hexadecimal digits are meant to be decoded', 'adyen', { key: 'utf8' }, PLAIN],
    [
      'decoded from base64 where its text is meant',
      'shopify',
      { key: { base64AfterPrefix: '' } },
      'c2hhcmVkIHNlY3JldA==',
    ],
  ]
  it.each(DECODED)('PRV-5 finds a secret that was used %s (%s)', (_, id, scheme, secret) => {
    const body = Buffer.from('{"notificationItems":[{"NotificationRequestItem":{"pspReference":"1"}}]}')
    expect(codes(diagnosed(id, sent(id, { scheme, secrets: [secret], body })))).toEqual(['secret_decoding'])
  })

  it('PRV-5 finds a secret whose prefix was left out', () => {
    const request = sent('stripe', { secrets: [WHSEC.slice(6)] })
    expect(codes(diagnosed('stripe', { ...request, secrets: [WHSEC] }))).toEqual(['secret_decoding'])
  })

  const kinds: readonly (readonly [FindingCode, Parameters<typeof candidate>[0]])[] = [
    ['other_secret', { text: PLAIN, label: 'endpoint “Billing”' }],
    ['other_secret', { text: PLAIN, provider: 'shopify' }],
    ['previous_secret', { text: PLAIN, isPrevious: true }],
  ]
  it.each(kinds)('PRV-5 names whose secret signed and never shows it: %s', (code, of) => {
    const others = [candidate({ text: 'one' }), candidate({ text: 'two' }), candidate(of)]
    const diagnosis = diagnosed('github', { ...sent('github'), secrets: ['wrong'] }, { candidates: others })
    expect(diagnosis.findings).toMatchObject([{ code, secret: of.label ?? 'source “Other”' }])
    expect(JSON.stringify(diagnosis)).not.toContain(PLAIN)
  })

  it('PRV-5 finds the other secret where the source has none yet', () => {
    const others = [candidate({ text: PLAIN })]
    const diagnosis = diagnosed('github', { ...sent('github'), secrets: [] }, { candidates: others })
    expect(diagnosis).toMatchObject({ verdict: 'unchecked', reason: 'no_secret', findings: [{ code: 'other_secret' }] })
  })

  it('PRV-5 finds test and live secrets mixed up', () => {
    const request = sent('stripe', { body: Buffer.from('{"livemode":false}'), secrets: [OTHER_WHSEC] })
    const test = candidate({ text: OTHER_WHSEC, provider: 'stripe', label: 'source “Stripe test”' })
    const [finding] = diagnosed('stripe', { ...request, secrets: [WHSEC] }, { candidates: [test] }).findings
    expect(finding).toMatchObject({ code: 'test_live_mixed', secret: 'source “Stripe test”' })
    expect(finding?.title).toContain('test-mode')
  })

  it('PRV-5 finds another sender with another source’s secret', () => {
    const others = [candidate({ text: PLAIN, provider: 'github' })]
    const diagnosis = diagnosed('stripe', { ...sent('github'), secrets: [WHSEC] }, { candidates: others })
    expect(diagnosis.findings).toMatchObject([{ code: 'other_provider', provider: 'github', secret: 'source “Other”' }])
  })

  it('PRV-5 says that a secret is in no form that could sign, without showing it', () => {
    const diagnosis = diagnosed('standard-webhooks', { ...sent('standard-webhooks'), secrets: ['hunter2-my-password'] })
    expect(codes(diagnosis)).toEqual(['secret_unusable'])
    expect(JSON.stringify(diagnosis)).not.toContain('hunter2')
  })
})

describe('two mistakes at once', () => {
  const others = [candidate({ text: OTHER_WHSEC })]

  it('PRV-5 another secret, decoded', () => {
    const request = sent('stripe', { secrets: [OTHER_WHSEC], scheme: { key: { base64AfterPrefix: 'whsec_' } } })
    const diagnosis = diagnosed('stripe', { ...request, secrets: [WHSEC] }, { candidates: others })
    expect(codes(diagnosis)).toEqual(['other_secret', 'secret_decoding'])
  })

  it('PRV-5 another secret, and the JSON written again', () => {
    const request = sent('stripe', { secrets: [OTHER_WHSEC], body: Buffer.from('{\n  "a": 1\n}') })
    const received = { ...request, secrets: [WHSEC], body: Buffer.from('{"a":1}') }
    expect(codes(diagnosed('stripe', received, { candidates: others }))).toEqual([
      'other_secret',
      'body_json_rewritten',
    ])
  })

  it('PRV-5 SHA-1, and no prefix', () => {
    const request = sent('crawlux', { scheme: { algorithm: 'hmac-sha1', signatureFormat: '{signature}' } })
    expect(codes(diagnosed('crawlux', request))).toEqual(['signature_prefix', 'other_algorithm'])
  })

  it('PRV-5 the JSON written again, of an old message', () => {
    const request = sent('stripe', { body: Buffer.from('{ "a": 1 }'.replaceAll(' ', '\n')) })
    const spaced = sent('stripe', { body: Buffer.from('{"a": 1}') })
    const old = { ...spaced, body: Buffer.from('{"a":1}'), nowMs: spaced.nowMs + 86_400_000 }
    expect(codes(diagnosed('stripe', old))).toEqual(['body_json_rewritten', 'clock_skew'])
    expect(request.body).not.toEqual(old.body)
  })
})

import { describe, expect, it } from 'vitest'
import type { FindingCode } from '#shared/model/diagnosis.ts'
import type { HeaderList } from '#shared/model/header.ts'
import type { SigningScheme } from '#main/engine/signing/scheme.ts'
import { caseOf, codes, diagnosed, headersWith, NOW, sent } from './planted.ts'

const recoded = (from: 'hex' | 'base64', to: 'hex' | 'base64' | 'base64url') => (text: string) =>
  text.replace(/[\w+/=-]{20,}$/, (signature) => Buffer.from(signature, from).toString(to))

describe('how a signature is written', () => {
  const PLANTED: readonly (readonly [string, string, string, (value: string) => string, FindingCode])[] = [
    [
      'hex where base64 is expected',
      'shopify',
      'X-Shopify-Hmac-Sha256',
      recoded('base64', 'hex'),
      'signature_encoding',
    ],
    [
      'hex where base64 is expected',
      'standard-webhooks',
      'webhook-signature',
      recoded('base64', 'hex'),
      'signature_encoding',
    ],
    ['base64 where hex is expected', 'gocardless', 'Webhook-Signature', recoded('hex', 'base64'), 'signature_encoding'],
    [
      'base64 after a right prefix',
      'github',
      'X-Hub-Signature-256',
      (v) => `sha256=${recoded('hex', 'base64')(v.slice(7))}`,
      'signature_encoding',
    ],
    [
      'base64url where base64 is expected',
      'square',
      'x-square-hmacsha256-signature',
      (v) => Buffer.from(v, 'base64').toString('base64url'),
      'signature_encoding',
    ],
    [
      'the hexadecimal text in base64',
      'line',
      'x-line-signature',
      (v) => Buffer.from(Buffer.from(v, 'base64').toString('hex')).toString('base64'),
      'signature_encoding',
    ],
    ['upper case', 'crawlux', 'X-Crawlux-Signature', (v) => `sha256=${v.slice(7).toUpperCase()}`, 'signature_case'],
    [
      'upper case',
      'stripe',
      'Stripe-Signature',
      (v) => v.replace(/v1=(\w+)/, (_, hex: string) => `v1=${hex.toUpperCase()}`),
      'signature_case',
    ],
    ['no prefix', 'github', 'X-Hub-Signature-256', (v) => v.slice(7), 'signature_prefix'],
    ['a prefix too many', 'linear', 'Linear-Signature', (v) => `sha256=${v}`, 'signature_prefix'],
    ['another prefix', 'slack', 'X-Slack-Signature', (v) => v.replace('v0=', 'v1='), 'signature_prefix'],
    ['quotes around it', 'shopify', 'X-Shopify-Hmac-Sha256', (v) => `"${v}"`, 'signature_prefix'],
    ['no version before it', 'standard-webhooks', 'webhook-signature', (v) => v.slice(3), 'signature_prefix'],
  ]

  it.for(PLANTED)('PRV-5 finds %s (%s)', ([, id, header, change, code]) => {
    const request = sent(id)
    const diagnosis = diagnosed(id, { ...request, headers: headersWith(request.headers, header, change) })
    expect(diagnosis.verdict).toBe('invalid')
    expect(codes(diagnosis)).toEqual([code])
    expect(diagnosis.findings[0]?.header?.toLowerCase()).toBe(header.toLowerCase())
  })

  it('PRV-5 finds another encoding of a signature that stands in the body', () => {
    const request = sent('mailgun', { scheme: { encoding: 'base64' } })
    expect(codes(diagnosed('mailgun', request))).toEqual(['signature_encoding'])
  })

  it('PRV-5 says both where encoding and prefix are wrong', () => {
    const request = sent('github')
    const headers = headersWith(request.headers, 'X-Hub-Signature-256', (v) =>
      Buffer.from(v.slice(7), 'hex').toString('base64'),
    )
    const diagnosis = diagnosed('github', { ...request, headers })
    expect(codes(diagnosis)).toEqual(['signature_encoding', 'signature_prefix'])
    expect(diagnosis.findings[1]).toMatchObject({ found: '…', expected: 'sha256=…' })
  })
})

describe('headers on their way', () => {
  const renamedTo = (headers: HeaderList, from: RegExp, to: (name: string) => string): HeaderList =>
    headers.map(([name, value]) => [from.test(name) ? to(name) : name, value])
  const genuine = sent('slack')
  const other: [string, string] = ['X-Slack-Signature', `v0=${'0'.repeat(64)}`]

  it('PRV-5 finds a signature that stands twice, first or last', () => {
    for (const headers of [
      [other, ...genuine.headers],
      [...genuine.headers, other],
    ]) {
      const diagnosis = diagnosed('slack', { ...genuine, headers })
      expect(diagnosis.reason).toBe('duplicate_header')
      expect(diagnosis.findings).toMatchObject([
        { code: 'header_duplicated', certainty: 'proven', header: 'X-Slack-Signature' },
      ])
    }
  })

  it('PRV-5 says that a header stands twice, where neither value proves the request', () => {
    const diagnosis = diagnosed('slack', { ...genuine, headers: [...genuine.headers, other], secrets: ['wrong'] })
    expect(diagnosis.findings).toMatchObject([{ code: 'header_duplicated', certainty: 'likely' }])
  })

  it.each(['X-Slack-Signature', 'X-Slack-Request-Timestamp'])('PRV-5 finds that a proxy folded %s', (name) => {
    const headers = headersWith(genuine.headers, name, (value) => `${value}, ${value}`)
    expect(codes(diagnosed('slack', { ...genuine, headers }))).toEqual(['header_folded'])
  })

  it('PRV-5 finds a signature under another name, alike or not', () => {
    for (const name of ['HTTP_X_SLACK_SIGNATURE', 'X-Original-Sig']) {
      const headers = renamedTo(genuine.headers, /Signature$/, () => name)
      const [finding] = diagnosed('slack', { ...genuine, headers }).findings
      expect(finding).toMatchObject({ code: 'header_renamed', found: name, expected: 'X-Slack-Signature' })
    }
  })

  it('PRV-5 finds that a gateway renamed all headers', () => {
    const headers = renamedTo(genuine.headers, /./, (name) => `X-Gateway-${name.toLowerCase()}`)
    const found = codes(diagnosed('slack', { ...genuine, headers }))
    expect(found).toEqual(['header_renamed', 'header_renamed'])
  })

  it('PRV-5 names the signature header that was taken out', () => {
    const headers = genuine.headers.filter(([name]) => name !== 'X-Slack-Signature')
    expect(diagnosed('slack', { ...genuine, headers }).findings).toMatchObject([
      { code: 'header_missing', certainty: 'likely', header: 'X-Slack-Signature' },
    ])
  })

  it('PRV-5 shows the form that a malformed header should have', () => {
    const headers = headersWith(genuine.headers, 'X-Slack-Signature', () => 'nonsense')
    expect(diagnosed('slack', { ...genuine, headers }).findings).toMatchObject([
      { code: 'header_malformed', expected: 'v0={signature}' },
    ])
  })

  it('PRV-5 never shows the value of a header that is itself the secret', () => {
    const token = 'glpat-0123456789abcdef'
    const request = sent('gitlab', { secrets: [token] })
    const diagnosis = diagnosed('gitlab', { ...request, secrets: ['another-token-of-ours'] })
    expect(JSON.stringify(diagnosis)).not.toContain(token)
  })
})

describe('how a request is signed', () => {
  const PLANTED: readonly (readonly [string, string, Partial<SigningScheme>, FindingCode])[] = [
    ['SHA-1', 'crawlux', { algorithm: 'hmac-sha1' }, 'other_algorithm'],
    ['SHA-512', 'stripe', { algorithm: 'hmac-sha512' }, 'other_algorithm'],
    ['SHA-256 in place of SHA-1', 'vercel', { algorithm: 'hmac-sha256' }, 'other_algorithm'],
    ['a plain hash', 'gocardless', { algorithm: 'sha256', signedContent: '{secret}{body}' }, 'other_algorithm'],
    ['the body alone', 'stripe', { signedContent: '{body}' }, 'signed_content'],
    ['another separator', 'slack', { signedContent: '{timestamp}.{body}' }, 'signed_content'],
    ['the time without the id', 'standard-webhooks', { signedContent: '{timestamp}.{body}' }, 'signed_content'],
    ['a date', 'slack', { timestamp: 'rfc3339' }, 'timestamp_unit'],
    ['milliseconds', 'slack', { timestamp: 'ms' }, 'timestamp_unit'],
    ['seconds', 'hubspot', { timestamp: 's' }, 'timestamp_unit'],
  ]

  it.each(PLANTED)('PRV-5 finds %s (%s)', (_, id, scheme, code) => {
    expect(codes(diagnosed(id, sent(id, { scheme })))).toEqual([code])
  })

  it('PRV-5 says by how much the clock is off, where the signature is right', () => {
    const request = sent('stripe')
    expect(diagnosed('stripe', { ...request, nowMs: NOW + 3_600_000 }).findings).toMatchObject([
      { code: 'clock_skew', certainty: 'proven', skewSeconds: 3_600, title: 'The message is too old' },
    ])
    expect(diagnosed('slack', { ...sent('slack'), nowMs: NOW - 600_000 }).findings).toMatchObject([
      { code: 'clock_skew', skewSeconds: -600, explanation: expect.stringContaining('10 min ahead') },
    ])
  })

  it('PRV-5 finds the header whose time was signed', () => {
    const request = sent('slack')
    const headers = headersWith(request.headers, 'X-Slack-Request-Timestamp', () => String(NOW / 1_000 + 2))
    const diagnosis = diagnosed('slack', { ...request, headers: [...headers, ['X-Queued-At', String(NOW / 1_000)]] })
    expect(diagnosis.findings).toMatchObject([{ code: 'timestamp_elsewhere', found: 'X-Queued-At' }])
  })

  it('PRV-5 finds the sender that the request is really from', () => {
    const github = sent('github', { secrets: ['shared'] })
    expect(diagnosed('stripe', github).findings).toMatchObject([
      { code: 'other_provider', certainty: 'proven', provider: 'github' },
    ])
    expect(diagnosed('stripe', { ...github, secrets: ['wrong'] }).findings).toMatchObject([
      { code: 'other_provider', certainty: 'likely', provider: 'github' },
    ])
  })

  it('PRV-5 takes a sender with the same headers for no other one', () => {
    const request = sent('standard-webhooks')
    const headers = request.headers.filter(([name]) => name !== 'webhook-timestamp')
    expect(diagnosed('standard-webhooks', { ...request, headers }).findings).toMatchObject([
      { code: 'header_missing', header: 'webhook-timestamp' },
    ])
  })

  it('PRV-5 says that a signature has the length of another algorithm', () => {
    const request = sent('crawlux', { scheme: { algorithm: 'hmac-sha1' } })
    expect(diagnosed('crawlux', { ...request, secrets: ['wrong'] }).findings).toMatchObject([
      { code: 'signature_length', found: '20 bytes', expected: '32 bytes' },
    ])
  })

  it('PRV-5 has nothing to say of a valid request', () => {
    const request = sent('github')
    expect(diagnosed('github', request)).toEqual({ verdict: 'valid', reason: null, findings: [], complete: true })
    expect(caseOf('github', request).senders.length).toBeGreaterThan(40)
  })
})

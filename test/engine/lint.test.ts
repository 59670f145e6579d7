import { describe, expect, it } from 'vitest'
import type { EndpointConfig } from '#shared/model/endpoint.ts'
import type { LintCode } from '#shared/model/lint-warning.ts'
import type { Policy } from '#shared/model/policy.ts'
import { POLICY_PRESETS, resolvePolicy } from '#main/engine/delivery/policies.ts'
import { blankConfig, signerOf } from '#main/engine/endpoints/endpoint-config.ts'
import { lint } from '#main/engine/endpoints/lint/lint.ts'
import type { LintSender, LintSubject } from '#main/engine/endpoints/lint/lint-subject.ts'
import { providers } from '#main/providers/index.ts'

function senderOf(id: string): LintSender | null {
  const provider = providers.find((each) => each.id === id)
  if (!provider) return null
  return { provider, deadlineMs: POLICY_PRESETS.find((each) => each.id === provider.policy)?.deadlineMs ?? null }
}

type Parts = Partial<Omit<EndpointConfig, 'policy'>> & {
  preset?: string
  policy?: Partial<Policy>
  around?: Partial<LintSubject>
}

/** An endpoint that is well, but for what a test says. */
function subject({ preset = 'standard', policy = {}, around = {}, ...parts }: Parts = {}): LintSubject {
  const config = {
    ...blankConfig(),
    url: 'https://shop.example.com/hooks',
    ...parts,
    policy: resolvePolicy({ ...policy, preset }),
  }
  return {
    config,
    signer: senderOf(signerOf(config)),
    preset: POLICY_PRESETS.find(({ id }) => id === preset)?.policy ?? null,
    project: { timeScale: 1, notificationUrl: null },
    unwatchedGates: [],
    sources: [],
    ...around,
  }
}

const codes = (parts: Parts) => lint(subject(parts)).map(({ code }) => code)
const source = (provider: string, parts: Partial<LintSubject['sources'][number]['source']> = {}) => ({
  source: { name: 'Shop', bodyLimitBytes: 1_024, ...parts },
  sender: senderOf(provider),
})
const waits = (...waitsMs: number[]): Policy['schedule'] => ({ kind: 'list', waitsMs, repeat: null, jitter: 0 })
const MINUTE = 60_000
const tls = { verify: false, ca: null }
const breaker = { consecutiveFailures: 20, probeAfterMs: null }

/** For each rule: what it warns of, and what is alike and well. */
const RULES: Readonly<Record<LintCode, { fires: readonly Parts[]; silent: readonly Parts[] }>> = {
  insecure_transport: {
    fires: [{ url: 'http://shop.example.com/x' }, { url: 'http://93.184.216.34/{secret.a}' }],
    silent: [
      { url: 'http://localhost:3000/x' },
      { url: 'http://127.0.0.1' },
      { url: 'http://10.1.2.3/x' },
      { url: 'http://[::1]:3000/x' },
      { url: 'http://shop.test/x' },
      { url: 'http://receiver:8080/x' },
      { url: 'https://shop.example.com' },
      { url: '' },
      { url: 'http://' },
    ],
  },
  certificate_not_verified: {
    fires: [{ tls }, { tls, url: 'https://localhost:3000' }],
    silent: [{ tls, url: 'http://localhost:3000' }, { tls: { verify: true, ca: 'PEM' } }],
  },
  secret_in_query: {
    fires: [
      { url: 'https://shop.example.com/x?api_key=abc' },
      { url: 'https://shop.example.com/x?a=1&token=abc' },
      { url: 'https://shop.example.com/x?password=abc#top' },
      { url: 'https://shop.example.com/x?k={secret.key}' },
    ],
    silent: [
      { url: 'https://shop.example.com/x?a=1&monkey=2' },
      { url: 'https://shop.example.com/x?token=' },
      { url: 'https://shop.example.com/{secret.key}' },
    ],
  },
  unsigned_to_public: {
    fires: [{ provider: 'none' }, { provider: 'none', headers: [['X-Env', 'live']] }, { preset: 'lumar' }],
    silent: [
      { provider: 'none', url: 'http://localhost:3000' },
      { provider: 'none', headers: [['Authorization', 'Bearer {secret.key}']] },
      { provider: 'none', url: 'https://shop.example.com/{secret.path}' },
      { provider: 'github' },
    ],
  },
  replays_undetectable: {
    fires: [{ provider: 'gocardless', around: { signer: withoutIds('gocardless') } }],
    silent: [{ provider: 'standard-webhooks' }, { provider: 'github' }, { provider: 'stripe' }, { provider: 'none' }],
  },
  retries_outlive_signature: {
    fires: [
      { provider: 'none', around: { sources: [source('slack')] } },
      { provider: 'none', around: { sources: [source('github'), source('paddle')] } },
    ],
    silent: [
      { provider: 'slack', around: { sources: [source('slack')] } },
      { provider: 'none', around: { sources: [source('github')] } },
      { provider: 'none', policy: { schedule: waits(MINUTE) }, around: { sources: [source('slack')] } },
      { provider: 'none' },
    ],
  },
  timeout_above_deadline: {
    fires: [
      { provider: 'slack' },
      { provider: 'none', around: { sources: [source('github'), source('slack')] } },
      { preset: 'slack', policy: { timeoutMs: 30_000 } },
    ],
    silent: [
      { preset: 'slack' },
      { provider: 'slack', policy: { timeoutMs: 3_000 } },
      { provider: 'mailgun' },
      { around: { sources: [source('slack')] } },
    ],
  },
  time_scale_in_public: {
    fires: [{ around: { project: { timeScale: 60, notificationUrl: null } } }],
    silent: [
      { around: { project: { timeScale: 60, notificationUrl: null } }, url: 'http://localhost:3000' },
      { around: { project: { timeScale: 60, notificationUrl: null } }, testMode: true },
      {},
    ],
  },
  hopeless_retries: {
    fires: [
      { policy: { clientErrors: { stop: false, except: [] } } },
      { policy: { clientErrors: { stop: true, except: [404] } } },
      { preset: 'crawlux' },
    ],
    silent: [
      {},
      { policy: { clientErrors: { stop: true, except: [408, 429] } } },
      { policy: { clientErrors: { stop: true, except: [410] }, goneAction: 'pause' } },
      { policy: { clientErrors: { stop: false, except: [] }, schedule: waits() } },
      { policy: { clientErrors: { stop: true, except: [404] }, stop: { statuses: [404], headers: [] } } },
    ],
  },
  redirects_retried: {
    fires: [{ policy: { redirects: 'retry' } }],
    silent: [{}, { policy: { redirects: 'retry', schedule: waits() } }],
  },
  retry_after_without_effect: {
    fires: [{ policy: { retryAfter: { honour: true, capMs: 5_000 } } }],
    silent: [
      { policy: { retryAfter: { honour: true, capMs: MINUTE } } },
      { policy: { retryAfter: { honour: false, capMs: 0 } } },
      { policy: { retryAfter: { honour: true, capMs: 0 }, schedule: waits() } },
    ],
  },
  breaker_out_of_reach: {
    fires: [{ policy: { ordered: true, breaker: { consecutiveFailures: 1_000, probeAfterMs: null } } }],
    silent: [
      { policy: { ordered: true, breaker } },
      { policy: { breaker: { consecutiveFailures: 1_000, probeAfterMs: null } } },
    ],
  },
  concurrency_above_breaker: {
    fires: [{ policy: { concurrency: 21, breaker } }],
    silent: [
      { policy: { concurrency: 20, breaker } },
      { policy: { concurrency: 100, breaker: null } },
      { policy: { concurrency: 100, ordered: true, breaker } },
    ],
  },
  gate_unwatched: {
    fires: [{ around: { unwatchedGates: ['release'] } }],
    silent: [{ around: { unwatchedGates: [] } }],
  },
  failure_untold: {
    fires: [
      { policy: { schedule: waits() } },
      { preset: 'lumar', provider: 'github' },
      { policy: { schedule: waits() }, around: { project: { timeScale: 1, notificationUrl: 'https://a.example' } } },
    ],
    silent: [
      {},
      {
        preset: 'lumar',
        provider: 'github',
        around: { project: { timeScale: 1, notificationUrl: 'https://a.example' } },
      },
    ],
  },
  manual_retry_too_short: {
    fires: [{ policy: { manualRetryMs: 3_600_000 } }],
    silent: [
      { policy: { manualRetryMs: 7 * 86_400_000 } },
      { policy: { manualRetryMs: null } },
      { policy: { manualRetryMs: 1, schedule: waits() }, preset: 'github' },
    ],
  },
  address_kept_but_temporary: {
    fires: [{ policy: { scheduled: 'keep' }, url: 'https://a-1-2-3.ngrok-free.app/x' }],
    silent: [{ policy: { scheduled: 'keep' } }, { url: 'https://a-1-2-3.ngrok-free.app/x' }],
  },
  body_limit_below_source: {
    fires: [{ policy: { bodyLimitBytes: 512 }, around: { sources: [source('github')] } }],
    silent: [
      { policy: { bodyLimitBytes: 1_024 }, around: { sources: [source('github')] } },
      { around: { sources: [source('github')] } },
      { policy: { bodyLimitBytes: 512 } },
    ],
  },
}

/** A sender whose messages have no id of their own. */
function withoutIds(id: string): LintSender {
  const sender = senderOf(id)!
  return { ...sender, provider: { ...sender.provider, recognition: { eventType: [], messageId: [] } } }
}

const cases = Object.entries(RULES).flatMap(([code, { fires, silent }]) => [
  ...fires.map((parts): [string, string, Parts, boolean] => [code, 'warns', parts, true]),
  ...silent.map((parts): [string, string, Parts, boolean] => [code, 'is silent', parts, false]),
])

describe('the policy linter', () => {
  it.each(cases)('PRV-6 %s %s of %j', (code, _, parts, fires) => {
    expect(codes(parts).includes(code as LintCode)).toBe(fires)
  })

  it('PRV-6 says nothing of an endpoint that is well', () => {
    expect(lint(subject())).toEqual([])
  })

  it('PRV-6 says what, how grave, where and how to mend it, the gravest first', () => {
    const found = lint(subject({ url: 'http://shop.example.com/x?token=hunter2', provider: 'slack' }))
    expect(found.map(({ severity }) => severity)).toEqual(['danger', 'danger', 'warning'])
    expect(found.at(-1)).toMatchObject({
      code: 'timeout_above_deadline',
      field: 'policy.timeoutMs',
      message: expect.stringContaining('Slack itself gives up after 3 s'),
      fix: expect.stringContaining('3000 ms'),
    })
    expect(JSON.stringify(found)).not.toContain('hunter2')
  })

  it('PRV-6 only notes what a preset does as its sender does, and warns once it is a person’s choice', () => {
    const severity = (parts: Parts) => lint(subject(parts)).find(({ code }) => code === 'hopeless_retries')?.severity
    expect(severity({ preset: 'crawlux' })).toBe('note')
    expect(severity({ preset: 'crawlux', policy: { timeoutMs: 4_000 } })).toBe('note')
    expect(severity({ policy: { clientErrors: { stop: false, except: [] } } })).toBe('warning')
  })

  /** What fires on a shipped preset, and why it ships all the same. */
  const ACCEPTED: readonly (readonly [LintCode, string, RegExp])[] = [
    // These senders do try again whatever the answer was, and a preset does as its sender does.
    ['hopeless_retries', 'note', /./],
    ['redirects_retried', 'note', /./],
    // These senders try once.
    ['failure_untold', 'note', /^(?:lumar|once|github|gitlab|sentry)$/],
    // Theirs is no scheme that signs here; the person chooses one, or relays what came with its own signature.
    [
      'unsigned_to_public',
      'warning',
      /^(?:adyen|apifycloud|circle|dialpad|lumar|mailgun|nmi|once|paymongo|paypal|postmark|pusher-beams|recurly|ticket-tailor|wix)$/,
    ],
    // Pusher signs the body alone, and its messages have no id.
    ['replays_undetectable', 'warning', /^pusher$/],
  ]

  it.each(POLICY_PRESETS.map(({ id }) => id))(
    'PRV-6 finds nothing on the preset %s but what its sender does itself',
    (id) => {
      const isAccepted = (code: LintCode, severity: string) =>
        ACCEPTED.some(([known, grave, presets]) => known === code && grave === severity && presets.test(id))
      const found = lint(subject({ preset: id }))
      expect(found.filter(({ code, severity }) => !isAccepted(code, severity))).toEqual([])
    },
  )
})

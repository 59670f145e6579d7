import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge, type Verdict } from '#main/engine/delivery/outcome.ts'
import { resolvePolicy } from '#main/engine/delivery/policies.ts'
import type { TransportResult } from '#main/engine/ports.ts'
import { NO_TIMINGS } from '#shared/model/attempt.ts'
import { FailureCode, type Failure } from '#shared/model/failure.ts'
import type { HeaderList } from '#shared/model/header.ts'
import type { Policy } from '#shared/model/policy.ts'

const now = Date.UTC(2026, 10, 21, 12)
const standard = resolvePolicy('standard')
const crawlux = resolvePolicy('crawlux')

function answer(status: number, headers: HeaderList = [], failure: Failure | null = null): TransportResult {
  return {
    response: { status, headers, body: new Uint8Array(), truncated: failure !== null, remoteAddress: null },
    failure,
    timings: NO_TIMINGS,
  }
}

function verdictOf(status: number, policy: Policy, headers: HeaderList = []): Verdict {
  return judge(answer(status, headers), policy, now)
}

describe('judging an answer', () => {
  it.each([200, 201, 204, 226, 299])('ENG-5 takes %i as a success of 2xx', (status) => {
    expect(verdictOf(status, standard)).toEqual({ kind: 'succeeded', note: null })
  })

  it('DL27 retries a captive portal’s page where the policy names the content type of the receiver', () => {
    const policy: Policy = { ...standard, expectedContentType: 'application/json' }
    const portal = verdictOf(200, policy, [['Content-Type', 'text/html; charset=utf-8']])
    expect(portal).toMatchObject({ kind: 'retry', failure: { code: 'unexpected_content_type' } })
    expect(verdictOf(200, policy)).toMatchObject({ kind: 'retry', failure: { code: 'unexpected_content_type' } })
    expect(verdictOf(200, policy, [['content-type', 'Application/JSON; charset=utf-8']]).kind).toBe('succeeded')
    expect(verdictOf(200, standard, [['Content-Type', 'text/html']]).kind).toBe('succeeded')
  })

  it('ENG-5 takes only the listed statuses where there is a list', () => {
    const policy: Policy = { ...standard, success: [200, 204] }
    expect(verdictOf(204, policy).kind).toBe('succeeded')
    expect(verdictOf(201, policy)).toMatchObject({ kind: 'retry', failure: { code: 'unexpected_status' } })
  })

  it.each([
    [400, 'stop', 'client_error'],
    [404, 'stop', 'client_error'],
    [406, 'stop', 'client_error'],
    [408, 'retry', 'client_error'],
    [410, 'stop', 'gone'],
    [425, 'retry', 'client_error'],
    [429, 'retry', 'throttled'],
    [500, 'retry', 'server_error'],
    [503, 'retry', 'server_error'],
    [301, 'stop', 'redirect'],
    [304, 'stop', 'unexpected_status'],
  ] as const)('ENG-5 DL20 judges %i by the standard policy: %s, %s', (status, kind, code) => {
    expect(verdictOf(status, standard)).toMatchObject({ kind, failure: { code, phase: 'headers' } })
  })

  it('CRX-3 retries everything but 2xx, and neither Retry-After nor 410 changes that', () => {
    for (let status = 300; status <= 599; status++) {
      expect(verdictOf(status, crawlux, [['Retry-After', '9999']])).toMatchObject({
        kind: 'retry',
        retryAfterMs: null,
        pause: null,
      })
    }
  })

  it('DL21 pauses on 410 where the policy says so', () => {
    expect(verdictOf(410, standard)).toMatchObject({ kind: 'stop', pause: 'gone' })
    expect(verdictOf(410, { ...standard, clientErrors: { stop: false, except: [] } })).toMatchObject({
      kind: 'retry',
      pause: 'gone',
    })
    expect(verdictOf(410, { ...standard, goneAction: 'none' })).toMatchObject({ pause: null })
  })

  it('DL19 caps what Retry-After asks for', () => {
    expect(verdictOf(503, standard, [['Retry-After', '60']])).toMatchObject({ retryAfterMs: 60_000 })
    expect(verdictOf(503, standard, [['retry-after', '999999999']])).toMatchObject({ retryAfterMs: 86_400_000 })
  })

  it('DL07 takes the status of an answer that was cut, and notes the cut', () => {
    const cut: Failure = { code: 'answer_cut', phase: 'body', detail: 'ECONNRESET' }
    expect(judge(answer(200, [], cut), standard, now)).toEqual({ kind: 'succeeded', note: cut })
    expect(judge(answer(500, [], cut), standard, now)).toMatchObject({
      kind: 'retry',
      failure: { code: 'server_error' },
    })
  })

  it('DL09 retries an answer whose body outlasted the deadline', () => {
    const late: Failure = { code: 'timed_out', phase: 'body', detail: 'got 9 bytes of the body' }
    expect(judge(answer(200, [], late), standard, now)).toMatchObject({ kind: 'retry', failure: late })
  })

  it('ENG-5 retries whatever kept an answer from coming, and counts nothing that we cut ourselves', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FailureCode.options), (code) => {
        const failure: Failure = { code, phase: 'headers', detail: '' }
        const verdict = judge({ response: null, failure, timings: NO_TIMINGS }, standard, now)
        expect(verdict.kind).toBe(code === 'interrupted' ? 'interrupted' : 'retry')
      }),
    )
  })

  it('ENG-5 never throws, and succeeds for 2xx alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), fc.string(), (status, retryAfter) => {
        const verdict = verdictOf(status, standard, [['Retry-After', retryAfter]])
        expect(verdict.kind === 'succeeded').toBe(status < 300)
      }),
    )
  })

  it('DL11 tells where a redirect wanted to go', () => {
    const verdict = verdictOf(302, standard, [['Location', 'https://elsewhere.test/x']])
    expect(verdict).toMatchObject({ failure: { detail: 'answered 302 to https://elsewhere.test/x' } })
  })

  it('ENG-4 406 ends a delivery under mailgun, and nothing else does', () => {
    const mailgun = resolvePolicy('mailgun')
    expect(verdictOf(406, mailgun)).toMatchObject({
      kind: 'stop',
      failure: { code: 'stopped_by_receiver' },
      pause: null,
    })
    for (const status of [400, 404, 410, 429, 500]) expect(verdictOf(status, mailgun).kind).toBe('retry')
  })

  it.each([
    ['1', 'stop'],
    [' 1 ', 'stop'],
    ['0', 'retry'],
    ['true', 'retry'],
  ])('ENG-4 “X-Slack-No-Retry: %s” means %s under slack', (value, kind) => {
    expect(verdictOf(500, resolvePolicy('slack'), [['x-slack-no-retry', value]])).toMatchObject({ kind, pause: null })
  })

  it('ENG-4 svix’s header aborts a message, or pauses the endpoint as gone', () => {
    const svix = resolvePolicy('svix')
    expect(verdictOf(503, svix, [['Webhook-Delivery', 'Abort-Message']])).toMatchObject({
      kind: 'stop',
      failure: { code: 'stopped_by_receiver', detail: 'answered 503 with “webhook-delivery: abort-message”' },
      pause: null,
    })
    expect(verdictOf(503, svix, [['webhook-delivery', 'abort-message, disable']])).toMatchObject({
      kind: 'stop',
      pause: 'gone',
    })
    expect(verdictOf(503, svix, [['webhook-delivery', 'later']]).kind).toBe('retry')
    expect(verdictOf(200, svix, [['webhook-delivery', 'disable']]).kind).toBe('succeeded')
    expect(verdictOf(503, standard, [['webhook-delivery', 'disable']]).kind).toBe('retry')
  })

  const lost = (code: FailureCode, phase: Failure['phase']): TransportResult => ({
    response: null,
    failure: { code, phase, detail: '' },
    timings: NO_TIMINGS,
  })

  it.each([
    ['dns_not_found', 'dns', 'stop'],
    ['connect_refused', 'connect', 'stop'],
    ['address_refused', 'connect', 'stop'],
    ['proxy_refused', 'connect', 'stop'],
    ['tls_expired', 'tls', 'stop'],
    ['timed_out', 'connect', 'retry'],
    ['timed_out', 'headers', 'retry'],
    ['connection_reset', 'connect', 'retry'],
    ['connection_reset', 'headers', 'retry'],
    ['stale_connection', 'send', 'retry'],
    ['invalid_answer', 'headers', 'retry'],
  ] as const)('ENG-5 %s in phase %s means %s where network errors are final', (code, phase, kind) => {
    expect(judge(lost(code, phase), resolvePolicy('ticket-tailor'), now).kind).toBe(kind)
    expect(judge(lost(code, phase), standard, now).kind).toBe('retry')
  })

  it('ENG-5 an answer that is not HTTP is final where the policy says so', () => {
    expect(judge(lost('invalid_answer', 'headers'), resolvePolicy('apifycloud'), now).kind).toBe('stop')
    expect(judge(lost('connect_refused', 'connect'), resolvePolicy('apifycloud'), now).kind).toBe('retry')
  })
})

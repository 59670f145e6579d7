import { describe, expect, it } from 'vitest'
import { explainFailure } from '#shared/model/failure-explanations.ts'
import { FailureCode, type Failure } from '#shared/model/failure.ts'

const context = {
  status: 401,
  url: 'https://app.example.test:8443/hook?token=hidden',
  timeoutMs: 15_000,
  totalMs: 12.4,
}
const failureOf = (code: FailureCode): Failure => ({ code, phase: 'headers', detail: 'ECODE' })

describe('explanations', () => {
  it.each(FailureCode.options)('%s says what happened and what to do, in whole sentences', (code) => {
    const { title, explanation, nextStep } = explainFailure(failureOf(code), context)
    expect(title).toMatch(/^[A-Z].*[^.]$/)
    for (const text of [explanation, nextStep]) expect(text).toMatch(/^[A-Za-z].*\.$/)
    expect(`${title} ${explanation} ${nextStep}`).not.toMatch(/undefined|null|NaN|hidden|\.\./)
  })

  it.each(['title', 'nextStep'] as const)('tells at least 25 causes apart by the %s alone', (part) => {
    expect(FailureCode.options.length).toBeGreaterThanOrEqual(25)
    const words = FailureCode.options.map((code) => {
      const status = code === 'server_error' ? 500 : 401
      return explainFailure(failureOf(code), { ...context, status })[part]
    })
    expect(words.filter((text, index) => words.indexOf(text) !== index)).toEqual([])
  })

  it.each(FailureCode.options.filter((code) => /^(tls|dns|proxy|address|template|transformation|body)_/.test(code)))(
    '%s says that the receiver cannot have handled the request',
    (code) => expect(explainFailure(failureOf(code), context).processed).toBe('no'),
  )

  it('DL05 tells the causes of a failed handshake apart', () => {
    const codes = FailureCode.options.filter((code) => code.startsWith('tls_'))
    expect(codes).toEqual([
      'tls_failed',
      'tls_untrusted',
      'tls_incomplete_chain',
      'tls_expired',
      'tls_not_yet_valid',
      'tls_wrong_host',
      'tls_protocol',
      'tls_plain_http',
    ])
  })

  it('DL22 says that a stale connection may have brought the request through', () => {
    expect(explainFailure({ code: 'stale_connection', phase: 'send', detail: 'x' }, context).processed).toBe('maybe')
  })

  it('DL01 names the port that nobody listens on', () => {
    const { explanation, nextStep } = explainFailure(failureOf('connect_refused'), {
      ...context,
      url: 'http://localhost:3000/x',
    })
    expect(explanation).toBe('Nothing listens at localhost:3000.')
    expect(nextStep).toContain('port 3000')
  })

  it('says what the server answered and how fast', () => {
    expect(explainFailure(failureOf('client_error'), context).explanation).toMatch(
      /^Your server answered 401 in 12 ms\./,
    )
  })

  it.each([400, 401, 403, 404, 405, 408, 409, 413, 415, 418, 422, 425])(
    'DL20 explains a %i in its own words',
    (status) => {
      const { explanation, nextStep } = explainFailure(failureOf('client_error'), { ...context, status })
      expect(explanation).toMatch(new RegExp(`^Your server answered ${status} in 12 ms\\. [A-Z].*\\.$`))
      expect(nextStep).toMatch(/^[A-Z].*\.$/)
    },
  )

  it('tells a proxy without its app from an app that fails', () => {
    expect(explainFailure(failureOf('server_error'), { ...context, status: 502 }).explanation).toContain('proxy')
    expect(explainFailure(failureOf('server_error'), { ...context, status: 500 }).explanation).not.toContain('proxy')
    expect(explainFailure(failureOf('server_error'), { ...context, status: 520 }).explanation).toContain('its own log')
  })

  it('names the default port and an IPv6 host', () => {
    expect(explainFailure(failureOf('connect_refused'), { ...context, url: 'https://[::1]/x' }).explanation).toContain(
      '[::1]:443',
    )
  })

  it.each(FailureCode.options)('%s reads well where nothing but the failure is known', (code) => {
    const { explanation } = explainFailure(failureOf(code), { status: null, url: null, timeoutMs: null, totalMs: null })
    expect(explanation).not.toMatch(/undefined|null|NaN/)
  })

  it('DL06 says that the receiver may have handled what was cut after it was sent', () => {
    expect(explainFailure({ code: 'connection_reset', phase: 'headers', detail: '' }, context).processed).toBe('maybe')
    expect(explainFailure({ code: 'timed_out', phase: 'connect', detail: '' }, context).processed).toBe('no')
    expect(explainFailure({ code: 'answer_cut', phase: 'body', detail: '' }, context).processed).toBe('yes')
  })
})

import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resolvePolicy } from '#main/engine/delivery/policies.ts'
import { buildRequest, type BuildInput, type Built } from '#main/engine/delivery/request/build-request.ts'
import { maskHeaders } from '#main/engine/delivery/request/mask-headers.ts'
import type { TransportRequest } from '#main/engine/ports.ts'
import { crawlux } from '#main/providers/crawlux.ts'
import { standardWebhooks } from '#main/providers/standard-webhooks.ts'
import type { EventRecord } from '#shared/model/event.ts'
import { headerValue, headerValues, type HeaderList } from '#shared/model/header.ts'
import { createFakeIds } from '#test/support/fake-ids.ts'

const ids = createFakeIds()
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

function event(parts: Partial<EventRecord> = {}): EventRecord {
  return {
    id: ids.next('evt'),
    projectId: ids.next('prj'),
    sourceId: ids.next('src'),
    type: 'request',
    provider: null,
    origin: 'captured',
    editedFrom: null,
    capture: 'complete',
    captureNote: null,
    receivedAt: 0,
    method: 'PUT',
    path: '/in/inbox',
    query: null,
    httpVersion: '1.1',
    headers: [],
    contentType: null,
    bodySha256: '',
    bodySizeBytes: 0,
    trailers: [],
    declaredSizeBytes: null,
    remoteAddress: null,
    hops: 0,
    ...parts,
  }
}

interface Parts {
  event?: Partial<EventRecord>
  delivery?: Partial<BuildInput['delivery']>
  destination?: Partial<BuildInput['destination']>
  signing?: BuildInput['signing']
  body?: Uint8Array
  contentType?: string
  secrets?: Record<string, string>
}

function build(parts: Parts = {}): Built {
  return buildRequest({
    delivery: { id: ids.next('dlv'), replayId: null, resign: true, ...parts.delivery },
    event: event(parts.event),
    body: parts.body ?? new TextEncoder().encode('{}'),
    attempt: 1,
    destination: {
      url: 'http://receiver.test/hook',
      headers: [],
      forwardPath: false,
      method: null,
      tls: { verify: true, ca: null },
      policy: resolvePolicy('standard'),
      ...parts.destination,
    },
    integration: null,
    contentType: parts.contentType ?? null,
    secrets: new Map(Object.entries(parts.secrets ?? {})),
    signing: parts.signing ?? null,
    now: 1_700_000_000_999,
  })
}

function built(parts: Parts = {}): TransportRequest {
  const result = build(parts)
  if ('failure' in result) throw new Error(result.failure.detail)
  return result.request
}

const foreign = (headers: HeaderList): HeaderList => headers.filter(([name]) => !name.startsWith('Hookloop-'))

describe('relaying a captured event', () => {
  it('CAP-8 DL33 keeps method, body, header order, casing and duplicates', () => {
    const headers: HeaderList = [
      ['X-B', '2'],
      ['x-a', ''],
      ['X-Twice', 'one'],
      ['X-Twice', 'two'],
      ['Content-Type', 'application/json'],
      ['X-Hub-Signature-256', 'sha256=abc'],
    ]
    const body = Uint8Array.from({ length: 256 }, (_, value) => value)
    const request = built({ event: { headers }, body })
    expect(request).toMatchObject({
      method: 'PUT',
      url: 'http://receiver.test/hook',
      timeoutMs: 15_000,
      responseLimitBytes: 65_536,
    })
    expect(request.body).toBe(body)
    expect(foreign(request.headers)).toEqual(headers)
  })

  it('leaves out what belongs to one connection, and what Connection names', () => {
    const dropped = [
      'Host',
      'content-length',
      'Keep-Alive',
      'Proxy-Authorization',
      'Proxy-Connection',
      'TE',
      'Trailer',
      'Transfer-Encoding',
      'Upgrade',
      'Expect',
      'X-Hop',
      'Hookloop-Hops',
    ]
    const headers: HeaderList = [
      ['Connection', 'keep-alive, x-hop'],
      ...dropped.map((name): [string, string] => [name, 'x']),
      ['X-Kept', 'y'],
    ]
    expect(foreign(built({ event: { headers } }).headers)).toEqual([['X-Kept', 'y']])
  })

  it('puts an endpoint’s header in place of every same-named one', () => {
    const headers: HeaderList = [
      ['AUTHORIZATION', 'Basic a'],
      ['X-Kept', 'y'],
      ['authorization', 'Basic b'],
    ]
    const request = built({ event: { headers }, destination: { headers: [['Authorization', 'Bearer c']] } })
    expect(foreign(request.headers)).toEqual([
      ['X-Kept', 'y'],
      ['Authorization', 'Bearer c'],
    ])
  })

  it('puts the signer’s headers in place of same-named ones, but keeps the originals where it shall not sign anew', () => {
    const captured = { headers: [['Webhook-Signature', 'v1,original']] as HeaderList }
    const signing = { scheme: standardWebhooks.signing!, secrets: [secret] }
    const signed = built({ event: captured, signing }).headers
    expect(headerValues(signed, 'webhook-signature')).toEqual([expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/)])
    const kept = built({ event: captured, signing, delivery: { resign: false } }).headers
    expect(headerValues(kept, 'webhook-signature')).toEqual(['v1,original'])
    expect(headerValue(kept, 'webhook-id')).toBeNull()
  })

  it.each([
    ['/in/inbox', null, 'http://receiver.test/hook'],
    ['/in/inbox/a/b', 'x=1', 'http://receiver.test/hook/a/b?x=1'],
    ['/in/inbox/', null, 'http://receiver.test/hook/'],
    ["/in/inbox/a%2Fb{c}'", "q='1'", "http://receiver.test/hook/a%2Fb{c}'?q='1'"],
  ])('forwards %s and %s where asked to', (path, query, url) => {
    expect(built({ event: { path, query }, destination: { forwardPath: true } }).url).toBe(url)
    expect(built({ event: { path, query } }).url).toBe('http://receiver.test/hook')
  })

  it('forwards below a root and beside a query of the endpoint', () => {
    expect(
      built({
        event: { path: '/in/a/x', query: 'b=2' },
        destination: { url: 'http://receiver.test/?a=1', forwardPath: true },
      }).url,
    ).toBe('http://receiver.test/x?a=1&b=2')
  })

  it.each(['/in/inbox/../admin', '/in/inbox/a/..', '/in/inbox/%2e%2E/x', '/in/inbox/./x'])(
    'never leaves the endpoint’s path by %s',
    (path) => {
      expect(build({ event: { path }, destination: { forwardPath: true } })).toMatchObject({
        failure: { code: 'url_invalid', phase: 'build' },
      })
    },
  )
})

describe('what Hookloop adds', () => {
  it('names event, delivery, attempt and hops, and the replay where it is one', () => {
    const replayId = ids.next('rpl')
    const plain = built({ event: { hops: 2 } }).headers
    const replayed = built({ delivery: { replayId } }).headers
    expect(headerValue(plain, 'Hookloop-Event')).toMatch(/^evt_/)
    expect(headerValue(plain, 'Hookloop-Delivery')).toMatch(/^dlv_/)
    expect(headerValue(plain, 'Hookloop-Attempt')).toBe('1')
    expect(headerValue(plain, 'Hookloop-Hops')).toBe('3')
    expect(headerValue(plain, 'Hookloop-Replay')).toBeNull()
    expect(headerValue(replayed, 'Hookloop-Replay')).toBe(replayId)
  })

  it('sends a composed event with the headers that were written for it, and says who sends where they do not', () => {
    const composed = (headers: HeaderList) =>
      foreign(built({ event: { origin: 'composed', method: 'POST', contentType: 'text/plain', headers } }).headers)
    const written: HeaderList = [
      ['Content-Type', 'text/plain'],
      ['X-Own', 'sent'],
    ]
    expect(composed(written)).toEqual([...written, ['User-Agent', 'Hookloop']])
    expect(composed([...written, ['user-agent', 'Mine']])).toEqual([...written, ['user-agent', 'Mine']])
  })

  it('sends an ingested event with nothing of what the browser said', () => {
    const headers: HeaderList = [['Referer', 'https://a.example']]
    const request = built({ event: { origin: 'ingested', method: 'GET', contentType: 'text/plain', headers } })
    expect(request.method).toBe('POST')
    expect(foreign(request.headers)).toEqual([
      ['Content-Type', 'text/plain'],
      ['User-Agent', 'Hookloop'],
    ])
  })

  it('CRX-2 sends a composed audit event with every header of Crawlux', () => {
    const body = new TextEncoder().encode('{"audit_id":"aud_1"}')
    const signing = { scheme: crawlux.signing!, secrets: ['s'] }
    const { headers } = built({
      event: {
        origin: 'composed',
        type: 'audit.completed',
        contentType: 'application/json',
        headers: [['Content-Type', 'application/json']],
      },
      signing,
      body,
    })
    const own = headers.filter(([name]) => name.startsWith('X-Crawlux-') || name === 'Content-Type')
    expect(own).toHaveLength(6)
    expect(Object.fromEntries(own)).toEqual({
      'Content-Type': 'application/json',
      'X-Crawlux-Event': 'audit.completed',
      'X-Crawlux-Signature': `sha256=${createHmac('sha256', 's').update(body).digest('hex')}`,
      'X-Crawlux-Audit-Id': 'aud_1',
      'X-Crawlux-Delivery': expect.stringMatching(/^del_[0-9A-Z]{26}$/),
      'X-Crawlux-Timestamp': '1700000000',
    })
  })
})

describe('what cannot be sent', () => {
  it.each(['', 'not a url', '/relative', 'ftp://receiver.test/', 'javascript:alert(1)'])(
    'ENG-2 refuses the URL “%s”',
    (url) => {
      expect(build({ destination: { url } })).toMatchObject({ failure: { code: 'url_invalid', phase: 'build' } })
    },
  )

  it.each([
    ['X-A', 'top-secret\r\nX-Injected: 1'],
    ['X-A', 'top-secret\n'],
    ['X-A', 'top-secret\0'],
    ['X-A', 'top-secret \u2028'],
    ['X A', 'top-secret'],
    ['', 'top-secret'],
  ])('ENG-2 M11 refuses the header “%s” and never shows its value', (name, value) => {
    const result = build({ destination: { headers: [[name, value]] } })
    expect(result).toMatchObject({ failure: { code: 'header_invalid', phase: 'build' } })
    expect(JSON.stringify(result)).not.toContain('top-secret')
  })

  it.each([[[]], [['whsec_%%%']], [[secret, '']]])('ENG-2 refuses to sign with %j', (secrets) => {
    const result = build({ signing: { scheme: standardWebhooks.signing!, secrets } })
    expect(result).toMatchObject({ failure: { code: 'secret_missing', phase: 'build' } })
  })

  it('ENG-2 never lets a header through that would break a line, whatever is configured', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string({ unit: 'binary' }))), (headers) => {
        const result = build({ destination: { headers } })
        if ('failure' in result) return
        // oxlint-disable-next-line no-control-regex -- control characters are just what is looked for
        for (const header of result.request.headers) for (const text of header) expect(text).not.toMatch(/[\r\n\0]/)
      }),
    )
  })
})

describe('what an attempt records', () => {
  it('SEC-3 masks headers that carry credentials and no others', () => {
    const sensitive = [
      'Authorization',
      'Proxy-Authorization',
      'cookie',
      'Set-Cookie',
      'X-Api-Key',
      'X-Gitlab-Token',
      'client-secret',
      'X-Password',
    ]
    const plain = ['Content-Type', 'X-Hub-Signature-256', 'webhook-id', 'X-Author']
    const masked = maskHeaders([...sensitive, ...plain].map((name): [string, string] => [name, 'value']))
    expect(masked.filter(([, value]) => value === '***').map(([name]) => name)).toEqual(sensitive)
  })
})

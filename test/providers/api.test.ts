import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newSecret } from '#main/engine/signing/secret.ts'
import { providers } from '#main/providers/index.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'
import { createSeededRandom } from '#test/support/fake-random.ts'

const NOW = 1_795_165_924
const url = 'https://hooks.example.com/in'
const bodyBase64 = Buffer.from('{"total":"49,00 €"}').toString('base64')

describe('POST /api/v1/sign and /api/v1/verify', () => {
  let rig: ApiRig
  beforeAll(async () => {
    rig = await startApiRig()
  })
  afterAll(() => rig.stop())

  async function post(path: string, body: unknown) {
    const response = await rig.call('POST', path, body)
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }

  it.each(providers.filter(({ signing }) => signing !== null).map(({ id }) => id))(
    'PRV-2 CAP-5 %s verifies what it signed, and nothing else',
    async (provider) => {
      const { signing } = providers.find(({ id }) => id === provider)!
      const secret = newSecret(signing!, createSeededRandom(31))
      const task = { provider, secret, method: 'POST', url, bodyBase64, now: NOW }
      const signed = await post('/sign', { ...task, headers: [['Content-Type', 'application/json']] })
      expect(signed.status).toBe(200)
      expect(signed.body['headers']).toContainEqual(['Content-Type', 'application/json'])
      expect(JSON.stringify(signed.body)).not.toContain(provider === 'gitlab' ? '\0' : secret)
      const arrived = { ...task, ...signed.body }
      expect(await post('/verify', arrived)).toEqual({ status: 200, body: { verdict: 'valid', reason: null } })
      expect((await post('/verify', { ...arrived, headers: [], bodyBase64 })).body).toMatchObject({
        verdict: 'invalid',
      })
    },
  )

  it.each(providers.filter(({ signing }) => signing === null).map(({ id }) => id))(
    'PRV-1 %s does not sign: its requests go as they are, and cannot be checked',
    async (provider) => {
      const headers = [['X-A', 'b']]
      const { body } = await post('/sign', { provider, headers, bodyBase64 })
      expect(body).toEqual({ headers, bodyBase64 })
      const verdict = await post('/verify', { provider, secret: 's', headers, bodyBase64 })
      expect(verdict.body).toEqual({ verdict: 'unchecked', reason: 'no_secret' })
    },
  )

  it('CAP-5 answers with the skew, in seconds, and knows older secrets', async () => {
    const task = { provider: 'slack', url, bodyBase64 }
    const { body } = await post('/sign', { ...task, secret: 'old', now: NOW })
    const arrived = { ...task, headers: body['headers'], secrets: ['new', 'old'] }
    expect((await post('/verify', { ...arrived, now: NOW })).body).toEqual({
      verdict: 'valid',
      reason: 'previous_secret',
    })
    expect((await post('/verify', { ...arrived, now: NOW + 301 })).body).toEqual({
      verdict: 'invalid',
      reason: 'stale_timestamp',
      skewSeconds: 301,
    })
    expect((await post('/verify', { ...arrived, secrets: [], now: NOW })).body).toEqual({
      verdict: 'unchecked',
      reason: 'no_secret',
    })
  })

  it('PRV-2 keeps the message id and event type that the caller gives, and replaces an older signature', async () => {
    const headers = [
      ['X-GitHub-Delivery', '72d3162e'],
      ['x-github-event', 'push'],
      ['x-hub-signature-256', 'sha256=00'],
    ]
    const { body } = await post('/sign', { provider: 'github', secret: 's', headers, bodyBase64, now: NOW })
    const expected = createHmac('sha256', 's').update(Buffer.from(bodyBase64, 'base64')).digest('hex')
    expect(body).toEqual({
      headers: [
        ['X-GitHub-Event', 'push'],
        ['X-GitHub-Delivery', '72d3162e'],
        ['X-Hub-Signature-256', `sha256=${expected}`],
      ],
      bodyBase64,
    })
  })

  it('PRV-2 signs and verifies by the clock where no time is given, and an empty body', async () => {
    const { body } = await post('/sign', { provider: 'stripe', secret: 'whsec_plain' })
    expect(body['bodyBase64']).toBe('')
    const verdict = await post('/verify', { provider: 'stripe', secret: 'whsec_plain', headers: body['headers'] })
    expect(verdict.body).toEqual({ verdict: 'valid', reason: null })
  })

  it.each(['/sign', '/verify'])('%s answers 404 unknown_provider to a provider that nobody knows', async (path) => {
    expect(await post(path, { provider: 'nobody', secret: 's', bodyBase64 })).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown_provider', field: 'provider' } },
    })
  })

  it.each([
    [{ provider: 'github' }, 'secret'],
    [{ provider: 'standard-webhooks', secret: 'hunter2 is my password' }, 'secret'],
    [{ provider: 'discord', secret: 'ab' }, 'secret'],
    [{ provider: 'square', secret: 's' }, 'url'],
    [{ provider: 'mailgun', secret: 's', bodyBase64: 'YT1i' }, 'bodyBase64'],
    [{ provider: 'github', secret: 's', headers: [['a b', 'c']] }, 'headers.0.0'],
  ])('says what cannot be signed: %j', async (task, field) => {
    const { status, body } = await post('/sign', { bodyBase64, ...task })
    expect({ status, body }).toMatchObject({ status: 400, body: { error: { code: 'invalid_request', field } } })
    expect(JSON.stringify(body)).not.toContain('hunter2')
  })
})

describe('GET /api/v1/providers/{id}/snippets', () => {
  let rig: ApiRig
  beforeAll(async () => {
    rig = await startApiRig()
  })
  afterAll(() => rig.stop())

  async function get(path: string) {
    const response = await rig.call('GET', path)
    return { status: response.status, body: (await response.json()) as { items: Record<string, string>[] } }
  }

  it('RPL-5 writes code in every language, or in the one that is named', async () => {
    const all = await get('/providers/stripe/snippets')
    expect(all.body.items.map(({ language, fileName }) => [language, fileName])).toEqual([
      ['node', 'verify.mjs'],
      ['python', 'verify.py'],
      ['go', 'verify.go'],
      ['ruby', 'verify.rb'],
      ['php', 'verify.php'],
    ])
    const { body } = await get('/providers/stripe/snippets?language=python')
    expect(body.items).toEqual([all.body.items[1]])
    expect(body.items[0]!['code']).toContain('def verify_stripe(')
  })

  it.each([
    ['/providers/nobody/snippets', 404, 'unknown_provider', 'provider'],
    ['/providers/stripe/snippets?language=cobol', 400, 'invalid_request', 'language'],
  ])('RPL-5 says what is wrong with %s', async (path, status, code, field) => {
    expect(await get(path)).toMatchObject({ status, body: { error: { code, field } } })
  })
})

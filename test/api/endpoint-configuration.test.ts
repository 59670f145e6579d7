import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { testAuthority } from '#test/support/test-certificates.ts'
import { headerValue } from '#shared/model/header.ts'
import { disguises } from '#test/safety/disguises.ts'
import { startConfigurationRig, type Fields } from './configuration-rig.ts'

const CANARY = 'canary/7Q"+é<Zx&9'

const errorOf = ({ body }: { body: Fields }) => body['error'] as Fields

describe('secrets of an endpoint', () => {
  it('SE11 SEC-3 APC-3 uses them in URL and headers, and shows them nowhere: not in answers, files or logs', async () => {
    const echo = (request: { target: string; headers: unknown }) => ({
      status: 200,
      headers: [['X-Echo', request.target]] as [string, string][],
      body: JSON.stringify({ target: request.target, headers: request.headers }),
    })
    const rig = await startConfigurationRig(echo)
    const endpoint = await rig.create({
      url: `${rig.receiver.url}/hook/{secret.path}?key={secret.canary}`,
      headers: [
        ['Authorization', 'Bearer {secret.canary}'],
        ['X-Plain', 'v={secret.path}'],
      ],
      secrets: { canary: CANARY, path: 'abcd1234' },
    })
    expect(endpoint['secrets']).toMatchObject([
      { name: 'canary', version: 1 },
      { name: 'path', version: 1 },
    ])
    const [delivery] = await rig.send({ note: 'hello {secret.canary}' })
    expect(delivery).toMatchObject({ state: 'succeeded' })

    const [request] = rig.receiver.requests
    expect(request!.target).toBe(`/hook/abcd1234?key=${encodeURIComponent(CANARY)}`)
    expect(headerValue(request!.headers, 'authorization')).toBe(`Bearer ${CANARY}`)
    expect(headerValue(request!.headers, 'x-plain')).toBe('v=abcd1234')
    expect(request!.body.toString()).toBe('{"note":"hello {secret.canary}"}')

    const [attempt] = await rig.attempts(delivery!)
    expect(attempt!['request']).toMatchObject({ url: `${rig.receiver.url}/hook/{secret.path}?key={secret.canary}` })
    expect((attempt!['request'] as { headers: [string, string][] }).headers).toEqual(
      expect.arrayContaining([
        ['Authorization', 'Bearer {secret.canary}'],
        ['X-Plain', 'v={secret.path}'],
      ]),
    )
    const echoed = Buffer.from((attempt!['response'] as { bodyBase64: string }).bodyBase64, 'base64')
    expect(echoed.includes('"target":"/hook/********?key=***')).toBe(true)
    expect((attempt!['response'] as Fields)['headers']).toEqual(
      expect.arrayContaining([['X-Echo', '/hook/***?key=***']]),
    )

    await rig.json('PATCH', `/endpoints/${String(endpoint['id'])}`, { secrets: { canary: `${CANARY}2` } })
    await rig.json('GET', '/endpoints')
    await rig.json('GET', '/events')
    const files = Buffer.concat([rig.storedBytes(), echoed])
    const shown = [...rig.answers, JSON.stringify(rig.log.lines)].join('\n')
    for (const [name, form] of Object.entries(disguises(CANARY))) {
      expect(files.includes(form), `${name} in the files`).toBe(false)
      expect(shown.includes(form), `${name} in answers and logs`).toBe(false)
    }
  })

  it('SE12 masks a secret that the receiver echoes, and keeps the length of the answer', async () => {
    const rig = await startConfigurationRig([{ status: 500, body: 'denied for s3cr3t-value!' }])
    await rig.create({ headers: [['X-Key', '{secret.key}']], secrets: { key: 's3cr3t-value' } })
    const [attempt] = await rig.attempts((await rig.send({}))[0]!)
    const { bodyBase64 } = attempt!['response'] as { bodyBase64: string }
    expect(atob(bodyBase64)).toBe('denied for ************!')
  })

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
    ['gzip, br', (bytes: Buffer) => brotliCompressSync(gzipSync(bytes))],
  ])('SE12 masks a secret that the receiver echoes packed as %s', async (encoding, pack) => {
    const headers: [string, string][] = [['Content-Encoding', encoding]]
    const packed = (text: string) => ({ status: 200, headers, body: pack(Buffer.from(text)) })
    const rig = await startConfigurationRig([packed('you sent s3cr3t-value!'), packed('thanks')])
    await rig.create({ headers: [['X-Key', '{secret.key}']], secrets: { key: 's3cr3t-value' } })
    const responseOf = async () => {
      const [attempt] = await rig.attempts((await rig.send({}))[0]!)
      return attempt!['response'] as { bodyBase64: string; headers: [string, string][] }
    }
    const echoed = await responseOf()
    expect(atob(echoed.bodyBase64)).toBe('you sent ************!')
    expect(headerValue(echoed.headers, 'content-encoding')).toBeNull()
    const other = await responseOf()
    expect(Buffer.from(other.bodyBase64, 'base64').equals(pack(Buffer.from('thanks')))).toBe(true)
    expect(headerValue(other.headers, 'content-encoding')).toBe(encoding)
  })

  it('ENG-2 changes and removes them by PATCH, and uses the new value at once', async () => {
    const rig = await startConfigurationRig()
    const { id } = await rig.create({
      headers: [['X-Key', '{secret.key}']],
      secrets: { key: 'first', spare: 'unused' },
    })
    await rig.send({})
    const patched = await rig.json('PATCH', `/endpoints/${String(id)}`, { secrets: { key: 'second', spare: null } })
    expect(patched.body['secrets']).toMatchObject([{ name: 'key', version: 2 }])
    await rig.send({})
    expect(rig.receiver.requests.map(({ headers }) => headerValue(headers, 'x-key'))).toEqual(['first', 'second'])
    const removed = await rig.json('PATCH', `/endpoints/${String(id)}`, { secrets: { key: null } })
    expect(errorOf(removed)).toMatchObject({ field: 'headers.0.1', message: expect.stringContaining('{secret.key}') })
    const both = await rig.json('PATCH', `/endpoints/${String(id)}`, { secrets: { key: null }, headers: [] })
    expect(both.body).toMatchObject({ secrets: [], headers: [] })
  })

  it('SE09 M11 fails a delivery whose secret would break a header, naming header and secret but not the value', async () => {
    const rig = await startConfigurationRig()
    await rig.create({ headers: [['X-Key', '{secret.key}']], secrets: { key: 'top-secret\r\nX-Evil: 1' } })
    const [delivery] = await rig.send({})
    expect(delivery).toMatchObject({ state: 'failed', lastFailure: 'header_invalid' })
    const [attempt] = await rig.attempts(delivery!)
    expect(JSON.stringify(attempt)).toContain('X-Key')
    expect(rig.answers.join()).not.toContain('top-secret')
    expect(rig.receiver.requests).toEqual([])
  })
})

describe('what an endpoint refuses to save', () => {
  it.each<[string, Fields, string, string]>([
    ['a secret that does not exist in the URL', { url: 'http://a.test/{secret.nope}' }, 'url', '{secret.nope}'],
    [
      'a secret that does not exist in a header',
      {
        headers: [
          ['X-A', 'b'],
          ['X-B', '{secret.nope}'],
        ],
      },
      'headers.1.1',
      '{secret.nope}',
    ],
    ['SE10 a secret in the host', { url: 'http://{secret.a}.test/', secrets: { a: 'b' } }, 'url', 'host'],
    ['SE10 a nested token', { url: 'http://a.test/{secret.{secret.a}}', secrets: { a: 'b' } }, 'url', 'token'],
    ['a secret called signing', { secrets: { signing: 'x' } }, 'secrets.signing', 'kept for'],
    [
      'a condition with an unknown operator',
      { condition: { 'body.a': { $like: 'x' } } },
      'condition.body.a.$like',
      'operator',
    ],
    ['a transformation that cannot be read', { transformation: '{"a":\n  )}' }, 'transformation', 'line 2'],
    ['a method that HTTP has not', { method: 'SEND' }, 'method', 'use GET'],
    [
      'a private key for a certificate',
      { tls: { ca: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----' } },
      'tls.ca',
      'private key',
    ],
    ['a certificate that is no PEM', { tls: { ca: 'MIIB' } }, 'tls.ca', 'PEM'],
  ])('ENG-2 %s', async (_case, fields, field, words) => {
    const rig = await startConfigurationRig()
    const refused = await rig.json('POST', '/endpoints', { name: 'bad', url: 'http://a.test/', ...fields })
    expect(refused.status).toBe(400)
    expect(errorOf(refused)).toMatchObject({ field, message: expect.stringContaining(words) })
  })
})

describe('what an endpoint does to an event', () => {
  it('ENG-1 delivers what its condition takes, at once and in a replay to every endpoint that takes it', async () => {
    const rig = await startConfigurationRig()
    const { id } = await rig.create({ name: 'Large', condition: { 'body.total': { $gte: 100 } } })
    await rig.create({ name: 'All' })
    const names = (deliveries: Fields[]) => deliveries.map(({ endpointName }) => endpointName).toSorted()
    const large = await rig.send({ total: 100 })
    expect(names(large)).toEqual(['All', 'Large'])
    const small = await rig.send({ total: 99 })
    expect(names(small)).toEqual(['All'])
    expect(names(await rig.send('no JSON'))).toEqual(['All'])
    const eventIds = [small[0]!['eventId'], large[0]!['eventId']]
    const replay = await rig.json('POST', '/replays', { eventIds, resign: true })
    expect(replay.body).toMatchObject({ total: 3 })
    await rig.json('PATCH', `/endpoints/${String(id)}`, { condition: null, confirm: true })
    expect(names(await rig.send({ total: 1 }))).toEqual(['All', 'Large'])
  })

  it('EN28 fails the delivery whose transformation fails, and delivers all others', async () => {
    const rig = await startConfigurationRig()
    await rig.create({
      name: 'Doubling',
      transformation: '{\n  "n": body.n * 2\n}',
      policy: 'standard',
      provider: 'none',
    })
    await rig.create({ name: 'Plain' })
    const byName = (deliveries: Fields[]) => new Map(deliveries.map((each) => [each['endpointName'], each]))
    const broken = byName(await rig.send({ n: 'x' }))
    expect(broken.get('Doubling')).toMatchObject({ state: 'failed', lastFailure: 'transformation_failed', attempts: 1 })
    expect(broken.get('Plain')).toMatchObject({ state: 'succeeded' })
    const [attempt] = await rig.attempts(broken.get('Doubling')!)
    expect((attempt!['failure'] as Fields)['detail']).toContain('line 2')
    const whole = byName(await rig.send({ n: 21 }))
    expect(whole.get('Doubling')).toMatchObject({ state: 'succeeded' })
    expect(rig.receiver.requests.map(({ body }) => body.toString()).toSorted()).toEqual([
      '{"n":"x"}',
      '{"n":21}',
      '{"n":42}',
    ])
  })

  it('SE35 EN28 an endless transformation fails its delivery and delays no other', async () => {
    const rig = await startConfigurationRig()
    await rig.create({ name: 'Endless', transformation: '($f := function() { $f() }; $f())' })
    await rig.create({ name: 'Plain' })
    const states = (await rig.send({})).map(({ endpointName, state, lastFailure }) => [
      endpointName,
      state,
      lastFailure,
    ])
    expect(states.toSorted()).toEqual([
      ['Endless', 'failed', 'transformation_failed'],
      ['Plain', 'succeeded', null],
    ])
  })

  it('ENG-7 APC-2 fails a body over the cap before it is sent, and counts it for nothing', async () => {
    const rig = await startConfigurationRig()
    const policy = { preset: 'standard', bodyLimitBytes: 20, breaker: { consecutiveFailures: 1, probeAfterMs: null } }
    const { id } = await rig.create({ policy })
    expect((await rig.send({ text: 'x'.repeat(20) }))[0]).toMatchObject({
      state: 'failed',
      lastFailure: 'body_too_large',
    })
    const { body } = await rig.json('GET', `/endpoints/${String(id)}`)
    expect(body).toMatchObject({ state: 'active', consecutiveFailures: 0 })
    expect(rig.receiver.requests).toEqual([])
    expect((await rig.send({ text: '' }))[0]).toMatchObject({ state: 'succeeded' })
  })

  it('LUM-2 ENG-2 sends a form, by another method, where it is told to', async () => {
    const rig = await startConfigurationRig()
    await rig.create({ policy: { preset: 'once', encoding: 'form' }, method: 'put' })
    const [delivery] = await rig.send({ status: 'finished', user_id: null, resource: { a: 1 } })
    expect(delivery).toMatchObject({ state: 'succeeded' })
    const [request] = rig.receiver.requests
    expect(request).toMatchObject({ method: 'PUT' })
    expect(headerValue(request!.headers, 'content-type')).toBe('application/x-www-form-urlencoded')
    expect(request!.body.toString()).toBe('status=finished&user_id=&resource=%7B%22a%22%3A1%7D')
    expect((await rig.send('no JSON'))[0]).toMatchObject({ state: 'failed', lastFailure: 'encoding_failed' })
  })

  it('keeps every field, and a change of one leaves the others', async () => {
    const rig = await startConfigurationRig()
    const ca = testAuthority.trim()
    const fields = {
      method: 'PATCH',
      condition: { 'body.a': { $exist: true } },
      transformation: 'body.a',
      testMode: true,
      tls: { verify: false, ca },
    }
    const created = await rig.create(fields)
    expect(created).toMatchObject(fields)
    const { body } = await rig.json('PATCH', `/endpoints/${String(created['id'])}`, { tls: { verify: true } })
    expect(body).toMatchObject({ ...fields, tls: { verify: true, ca }, version: 2 })
  })
})

import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createRequestMaker, type Operation } from '#test/api/generated-requests.ts'
import { type Fields, startCanaryRig } from './canary-rig.ts'
import { disguises } from './disguises.ts'
import { ENTRY_POINTS } from './url-entry-points.ts'

const SEED = 20_261_129
const ROUNDS = 3
/** Signs that every form of escaping changes. */
const canary = (name: string) => `canary/${name}7Q"+é<Zx&9`

/** One secret of each kind that can be given. */
const GIVEN = {
  endpointSecret: canary('signing'),
  rotatedSecret: canary('rotated'),
  header: canary('header'),
  path: canary('path'),
  sourceSecret: canary('source'),
  verifyToken: canary('verify'),
  triggerSecret: canary('trigger'),
  accountHeader: canary('account'),
  projectHeader: canary('project'),
  deskSecret: canary('desk'),
}

type Rig = Awaited<ReturnType<typeof startCanaryRig>>

/** Gives each secret where it belongs, and uses it. Answers what was made, which was told once. */
async function plant(rig: Rig): Promise<Record<string, string>> {
  const { json, receiver } = rig
  const done = async (answering: ReturnType<Rig['json']>): Promise<Fields> => {
    const { status, body } = await answering
    if (status >= 400) throw new Error(JSON.stringify(body))
    return body
  }
  const endpoint = await done(
    json('POST', '/endpoints', {
      name: 'Canary',
      url: `${receiver.url}/hook/{secret.path}?key={secret.header}`,
      eventTypes: ['*'],
      policy: 'once',
      provider: 'github',
      secret: GIVEN.endpointSecret,
      headers: [['Authorization', 'Bearer {secret.header}']],
      secrets: { header: GIVEN.header, path: GIVEN.path },
    }),
  )
  await done(
    json('POST', `/endpoints/${String(endpoint['id'])}/rotate-secret`, {
      secret: GIVEN.rotatedSecret,
      overlapHours: 9,
    }),
  )
  const source = { name: 'Canary', slug: 'canary', provider: 'meta', secrets: [GIVEN.sourceSecret] }
  await done(json('POST', '/sources', { ...source, verifyToken: GIVEN.verifyToken }))
  const headers = (value: string) => [{ key: 'Authorization', value: `Bearer ${value}` }]
  await done(
    json('PATCH', '/account', {
      apiCallbackUrl: `${receiver.url}/account`,
      apiCallbackHeaders: headers(GIVEN.accountHeader),
    }),
  )
  await done(
    json('PATCH', '/projects/default', {
      apiCallbackUrl: `${receiver.url}/project`,
      apiCallbackHeaders: headers(GIVEN.projectHeader),
    }),
  )
  const trigger = { provider: 'github', type: 'push', url: `${receiver.url}/trigger`, secret: GIVEN.triggerSecret }
  await done(json('POST', '/trigger', trigger))
  const desk = { provider: 'github', secret: GIVEN.deskSecret, bodyBase64: btoa('{}') }
  await done(json('POST', '/sign', desk))
  await json('POST', '/verify', { ...desk, headers: [['X-Hub-Signature-256', 'sha256=00']] })
  await json('POST', '/sign', { ...desk, provider: 'standard-webhooks' })
  await json('POST', '/endpoints', { name: 'bad', url: 'http://a.test/', provider: 'svix', secret: GIVEN.deskSecret })
  const key = await done(json('POST', '/keys', { name: 'CI', scopes: ['events:read', 'events:write'] }))
  const webhook = await done(json('POST', '/webhooks', { url: `${receiver.url}/w`, events: ['audit.*'] }))
  return { apiKey: String(key['secret']), webhookSecret: String(webhook['secret']) }
}

async function use(rig: Rig, apiKey: string): Promise<void> {
  const bearer = { authorization: `Bearer ${apiKey}` }
  await rig.call('POST', '/events', { type: 'order.paid', data: { note: '{secret.header}' } }, bearer)
  await rig.call('GET', '/events', undefined, { authorization: `Bearer ${apiKey}x` })
  const source = rig.engine.capture.sourceOf('canary')!
  const body = Buffer.from('{"object":"page"}')
  const signature = createHmac('sha256', GIVEN.sourceSecret).update(body).digest('hex')
  await rig.engine.capture.record(source, {
    capture: 'complete',
    captureNote: null,
    receivedAt: Date.now(),
    method: 'POST',
    path: '/in/canary',
    query: null,
    httpVersion: '1.1',
    headers: [['X-Hub-Signature-256', `sha256=${signature}`]],
    trailers: [],
    body,
    declaredSizeBytes: body.length,
    remoteAddress: '127.0.0.1',
  })
  await rig.receiver.waitFor(3)
}

interface Document {
  paths: Record<string, Record<string, Operation>>
}

/** Calls every operation of the document; whatever a later one adds is called too. Answers which were answered well. */
async function walk(rig: Rig): Promise<{ all: string[]; good: Set<string> }> {
  const document = (await rig.json('GET', '/openapi.json')).body as unknown as Document
  const ids = new Map<string, readonly string[]>()
  const maker = createRequestMaker(SEED, (path) => ids.get(path) ?? [])
  const good = new Set<string>()
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  // A deletion takes away what others look at, and a feed never ends.
  const callable = operations.filter(({ path }) => !ENDLESS.has(path)).toSorted((a, b) => rank(a) - rank(b))
  for (let round = 0; round < ROUNDS; round++) {
    await seedThings(rig)
    for (const { path } of callable.filter(({ method, path: it }) => method === 'GET' && !it.includes('{'))) {
      const items = ((await rig.json('GET', path)).body['items'] ?? []) as Fields[]
      ids.set(path, items.flatMap(({ id, name }) => id ?? name ?? []).map(String))
    }
    for (const { path, method, operation } of callable) {
      const request = maker.make(path, operation)
      const before = rig.answers.length
      const { status } = await rig.json(method, request.path, request.body)
      if (status < 400) good.add(`${method} ${path}`)
      // The one answer that may hold a value.
      if (status < 400 && path.endsWith('/reveal')) rig.answers.length = before
      const spoiled = maker.spoil(request)
      if (!path.endsWith('/reveal')) await rig.json(method, spoiled.path, spoiled.body)
    }
  }
  return { all: callable.map(({ path, method }) => `${method} ${path}`), good }
}

/** So that there is always something to be shown, changed and deleted. */
async function seedThings({ json, receiver: { url } }: Rig): Promise<void> {
  await json('POST', '/endpoints', { name: 'App', url: `${url}/a`, eventTypes: ['*'], policy: 'once' })
  await json('PUT', '/workflows/smoke', { targets: [{ url: `${url}/t` }], events: [{ type: 'order.paid', data: 1 }] })
  await json('POST', '/providers', { id: 'acme', name: 'Acme' })
  await json('POST', '/event-types', { provider: 'acme', name: 'order.paid', sample: { total: 1 } })
  const event = await json('POST', '/events', { type: 'order.paid', data: 1 })
  await json('POST', '/replays', { eventIds: [event.body['id']] })
  await json('POST', '/sources', { name: 'Shop', slug: 'shop' })
  await json('POST', '/links', RELAY)
  await json('POST', '/subscriptions', { source: 'inbox', name: 'laptop' })
}

/** A whole backup of what there is now; only one is made at a time, and the walk may have left one on its way. */
async function backUp({ engine, json }: Rig): Promise<void> {
  const states = async () => (await engine.backups.list()).map(({ state }) => state)
  await expect.poll(states).not.toContain('running')
  const { status, body } = await json('POST', '/backups')
  expect(status).toBe(202)
  await expect.poll(() => engine.backups.get(String(body['id']))).toMatchObject({ state: 'done' })
}

/** Streams. */
const ENDLESS = new Set(['/feed', '/subscriptions/{id}/events'])

const RELAY = { url: 'http://127.0.0.1:9', key: 'hlk_of_some_relay', remoteSource: 'inbox', subscriber: 'laptop' }

const ORDER = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']
/** Deletions by another method. */
const TAKES_AWAY = new Set(['/events/delete', '/events/clear'])
const rank = ({ method, path }: { method: string; path: string }): number =>
  TAKES_AWAY.has(path) ? ORDER.length : ORDER.indexOf(method)

describe('one canary of each kind of secret', () => {
  it('SE11 DA06 SEC-3 stands nowhere outside of the vault once every procedure was called: files, backups, logs, answers', async () => {
    const rig = await startCanaryRig()
    const made = await plant(rig)
    rig.forgetAnswers()
    await use(rig, made['apiKey']!)
    const { all, good } = await walk(rig)
    await backUp(rig)

    expect(rig.findings({ ...GIVEN, ...made })).toEqual([])
    const silent = all.filter((each) => !good.has(each))
    expect(good.size / all.length, silent.join('\n')).toBeGreaterThan(0.5)
    expect(made['apiKey']).toMatch(/^hlk_/)
    // What was planted really went out.
    const sent = rig.receiver.requests.map(({ target, headers }) => `${target} ${JSON.stringify(headers)}`).join('\n')
    expect(sent).toContain(disguises(GIVEN.header)['json'])
    expect(sent).toContain(disguises(GIVEN.path)['percent'])
  }, 120_000)

  it('finds one that is planted in the open', async () => {
    const rig = await startCanaryRig()
    await rig.json('POST', '/events', { type: 'order.paid', data: { text: GIVEN.header } })
    expect(rig.findings({ header: GIVEN.header })).toEqual(
      expect.arrayContaining([expect.stringMatching(/^header json in .*hookloop\.db/)]),
    )
  })
})

describe('credentials in a URL', () => {
  it.each(Object.entries(ENTRY_POINTS))('SE08 are refused by %s, and told and kept nowhere', async (_name, entry) => {
    const rig = await startCanaryRig()
    const endpoint = await rig.json('POST', '/endpoints', { name: 'App', url: `${rig.receiver.url}/a` })
    const webhook = await rig.json('POST', '/webhooks', { url: `${rig.receiver.url}/w`, events: ['audit.*'] })
    const event = await rig.json('POST', '/events', { type: 'order.paid', data: 1 })
    const link = await rig.json('POST', '/links', RELAY)
    const projects = await rig.json('GET', '/projects')
    const filled = (text: string) =>
      text
        .replaceAll('{site}', String((projects.body['items'] as Fields[])[0]!['siteId']))
        .replaceAll('{endpoint}', String(endpoint.body['id']))
        .replaceAll('{webhook}', String(webhook.body['id']))
        .replaceAll('{event}', String(event.body['id']))
        .replaceAll('{link}', String(link.body['id']))
    const url = 'http://user:canary7Q9zzz@127.0.0.1:9/hook'
    const body = JSON.parse(filled(JSON.stringify(entry.body(url)))) as unknown
    const refused = await rig.json(entry.method, filled(entry.path), body)
    expect(refused.status).toBe(400)
    expect((refused.body['error'] as Fields)['message']).toContain('user name or password')
    expect(rig.findings({ password: 'canary7Q9zzz' })).toEqual([])
  })
})

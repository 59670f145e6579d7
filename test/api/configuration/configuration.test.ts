import { afterEach, beforeEach, expect, it } from 'vitest'
import type { AuditEntryView } from '#shared/contract/audit/audit.ts'
import type { AppliedView, PlanView } from '#shared/contract/configuration/configuration.ts'
import { bearing, makeKey } from '#test/access/key-calls.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'

const SECRETS = { CRM_KEY: 'crm-key-canary', GITHUB_SECRET: 'github-secret-canary' }
const FILE = {
  version: 1,
  providers: { acme: { name: 'Acme', signing: { header: 'Acme-Signature' } } },
  eventTypes: { 'acme/order.paid': { description: 'Paid.', sample: { total: 1 } } },
  sources: { shop: { provider: 'github', secrets: [{ env: 'GITHUB_SECRET' }], answer: { status: 202 } } },
  endpoints: {
    CRM: {
      url: 'http://127.0.0.1:9/crm',
      eventTypes: ['order.*'],
      policy: { preset: 'standard', timeoutMs: 5_000 },
      provider: 'acme',
      headers: { Authorization: 'Bearer {secret.key}' },
      secrets: { key: { env: 'CRM_KEY' } },
    },
  },
  workflows: { smoke: { targets: [{ endpoint: 'CRM' }], events: [{ type: 'order.paid', provider: 'acme' }] } },
}

let rig: ApiRig
beforeEach(async () => {
  rig = await startApiRig()
})
afterEach(() => rig.stop())

interface Told {
  status: number
  text: string
}

async function post(path: string, body: object, headers?: Record<string, string>): Promise<Told & { body: unknown }> {
  const response = await rig.call('POST', `/configuration/${path}`, body, headers)
  const text = await response.text()
  return { status: response.status, text, body: JSON.parse(text) as unknown }
}

async function apply(file: object, more: object = {}): Promise<AppliedView> {
  const { status, text, body } = await post('apply', { configuration: file, values: SECRETS, ...more })
  if (status !== 200) throw new Error(text)
  return body as AppliedView
}

async function plan(file: object, more: object = {}): Promise<PlanView> {
  const { body } = await post('plan', { configuration: file, values: SECRETS, ...more })
  return body as PlanView
}

const exported = async () =>
  ((await (await rig.call('GET', '/configuration')).json()) as { configuration: typeof FILE }).configuration

const words = ({ changes }: Pick<PlanView, 'changes'>) =>
  changes.map(({ action, kind, name }) => `${action} ${kind} ${name}`)

it('REL-5 brings a project to a file, which its export then says, with secrets by reference alone', async () => {
  const applied = await apply(FILE)
  expect(words(applied)).toEqual([
    'create provider acme',
    'create eventType acme/order.paid',
    'create source shop',
    'create endpoint CRM',
    'create workflow smoke',
  ])
  expect(applied).toMatchObject({ created: 5, changed: 0, removed: 0 })
  expect(applied.changes[3]!.id).toMatch(/^end_/)
  const told = await exported()
  expect(told).toMatchObject({
    version: 1,
    sources: { inbox: {}, shop: { provider: 'github', secrets: { keep: true }, answer: { status: 202 } } },
    endpoints: { CRM: { ...FILE.endpoints.CRM, secrets: { key: { keep: true } } } },
    workflows: FILE.workflows,
  })
  expect(words(await plan(FILE))).toEqual([])
  expect(words(await plan(told, { prune: true, values: {} }))).toEqual([])
  expect(await plan({ ...FILE, endpoints: { CRM: { ...FILE.endpoints.CRM, policy: 'standard' } } })).toMatchObject({
    changes: [{ action: 'change', name: 'CRM', fields: [{ field: 'policy.timeoutMs', before: 5_000, after: 15_000 }] }],
  })
})

it('SEC-5 SEC-3 REL-5 puts the call and each thing that it changed on record, and no secret anywhere', async () => {
  const first = await post('apply', { configuration: FILE, values: SECRETS })
  const second = await post('plan', { configuration: FILE, values: { ...SECRETS, CRM_KEY: 'another-canary' } })
  expect(second.body).toMatchObject({
    changes: [{ name: 'CRM', fields: [{ field: 'secrets.key', before: 'stored', after: { env: 'CRM_KEY' } }] }],
  })
  const audit = await (await rig.call('GET', '/audit?limit=20')).text()
  const { items } = JSON.parse(audit) as { items: AuditEntryView[] }
  expect(items.map(({ action, targetName }) => `${action} ${targetName}`).toSorted()).toEqual([
    'configuration.apply null',
    'endpoint.create CRM',
    'event_type.create acme/order.paid',
    'provider.create acme',
    'source.create shop',
    'workflow.put smoke',
  ])
  const all = [first.text, second.text, audit, JSON.stringify(await exported())].join('\n')
  expect(all).not.toContain('canary')
})

it('REL-5 tells all problems of a file at once, each with its place, and applies none of it', async () => {
  const file = {
    ...FILE,
    alerts: {},
    sources: { shop: { anwser: { status: 202 }, bodyLimitBytes: 'much' }, Shop: {}, kept: { secrets: { keep: true } } },
    endpoints: {
      CRM: { ...FILE.endpoints.CRM, url: 'ftp://example.com' },
      Unset: { url: 'http://127.0.0.1:9/', secret: { env: 'NOT_SET' } },
      ' spaced': { url: 'http://127.0.0.1:9/' },
      Signed: { url: 'http://127.0.0.1:9/', provider: 'nobody', policy: { preset: 'standard', timeoutMs: 1 } },
    },
    workflows: { smoke: { ...FILE.workflows.smoke, targets: [{ endpoint: 'Nowhere' }] } },
  }
  const { problems, changes } = await plan(file)
  expect(changes).toEqual([])
  expect(problems.map(({ path, hint }) => `${path.join(' > ')}${hint?.startsWith('Is ') ? ` ${hint}` : ''}`)).toEqual([
    'sources > shop > bodyLimitBytes',
    'sources > shop > anwser Is answer meant?',
    'endpoints > Signed > policy > timeoutMs',
    'alerts',
    'sources > Shop',
    'sources > kept > secrets',
    'endpoints > CRM > url',
    'endpoints > Unset > secret',
    'endpoints >  spaced',
    'workflows > smoke > targets > 0 > endpoint',
  ])
  const refused = await post('apply', { configuration: file, values: SECRETS })
  expect(refused).toMatchObject({ status: 400, body: { error: { code: 'invalid_configuration' } } })
  expect(refused.text).toContain('9 more problems')
  expect(Object.keys(await exported())).toEqual(['version', 'sources'])
})

it('REL-5 applies only the plan that is meant, or nothing', async () => {
  await apply(FILE)
  const file = { endpoints: { CRM: { ...FILE.endpoints.CRM, owner: 'Ada' } } }
  const { fingerprint } = await plan(file)
  const { items } = (await (await rig.call('GET', '/endpoints')).json()) as { items: { id: string }[] }
  await rig.call('PATCH', `/endpoints/${items[0]!.id}`, { url: 'http://127.0.0.1:9/elsewhere' })
  const late = await post('apply', { configuration: file, values: SECRETS, fingerprint })
  expect(late).toMatchObject({ status: 409, body: { error: { code: 'plan_outdated' } } })
  expect((await exported()).endpoints.CRM).not.toHaveProperty('owner')
  const now = await plan(file)
  expect(await apply(file, { fingerprint: now.fingerprint })).toMatchObject({
    changed: 1,
    fingerprint: now.fingerprint,
  })
  expect((await exported()).endpoints.CRM).toMatchObject({ owner: 'Ada', url: 'http://127.0.0.1:9/crm' })
})

it('REL-5 removes what is not named only when asked, and only in the sections that a file has', async () => {
  await apply(FILE)
  const file = { endpoints: {}, workflows: {} }
  expect(words(await plan(file))).toEqual([])
  const removed = await apply(file, { prune: true })
  expect(words(removed)).toEqual(['remove workflow smoke', 'remove endpoint CRM'])
  const empty = { providers: {}, sources: { inbox: {} } }
  expect(words(await apply(empty, { prune: true }))).toEqual([
    'change source inbox',
    'remove source shop',
    'remove eventType acme/order.paid',
    'remove provider acme',
  ])
  expect(await exported()).toEqual({ version: 1, sources: { inbox: {} } })
})

it('REL-5 asks for names that tell endpoints apart', async () => {
  for (const url of ['http://127.0.0.1:9/1', 'http://127.0.0.1:9/2'])
    await rig.call('POST', '/endpoints', { name: 'Twin', url })
  const refused = await rig.call('GET', '/configuration')
  expect(refused.status).toBe(409)
  expect(await refused.text()).toMatch(/ambiguous_name.*Twin.*end_\w+, end_\w+/)
  const { problems } = await plan({ endpoints: { Twin: { url: 'http://127.0.0.1:9/' } } })
  expect(problems).toMatchObject([
    { path: ['endpoints', 'Twin'], message: expect.stringContaining('2 endpoints') as string },
  ])
})

it('SEC-3 REL-5 leaves credentials in headers with the relay, and warns of those in URLs', async () => {
  const headers = [
    ['Authorization', 'Bearer header-canary'],
    ['X-Team', 'a'],
  ]
  await rig.call('POST', '/endpoints', { name: 'Old', url: 'http://127.0.0.1:9/?token=in-clear', headers })
  const response = (await (await rig.call('GET', '/configuration')).json()) as { warnings: { path: string[] }[] }
  expect(response.warnings.map(({ path }) => path.join(' '))).toEqual([
    'endpoints Old headers Authorization',
    'endpoints Old url',
  ])
  const told = await exported()
  expect(told.endpoints).toMatchObject({ Old: { headers: { Authorization: { keep: true }, 'X-Team': 'a' } } })
  expect(JSON.stringify(told)).not.toContain('header-canary')
  expect(words(await plan(told, { prune: true }))).toEqual([])
  const changed = {
    endpoints: { Old: { url: 'http://127.0.0.1:9/', headers: { Authorization: 'Bearer new-canary' } } },
  }
  expect(JSON.stringify(await plan(changed))).not.toMatch(/canary|in-clear/)
})

it('CRL-1 REL-5 asks for a scope of its own, and for one more where workflows send to URLs', async () => {
  const { secret: write } = await makeKey(rig, { scopes: ['configuration:write'] })
  const body = {
    configuration: {
      workflows: { smoke: { targets: [{ url: 'http://127.0.0.1:9/' }], events: [{ type: 'a', data: 1 }] } },
    },
  }
  for (const path of ['plan', 'apply']) {
    const refused = await post(path, body, bearing(write))
    expect(refused).toMatchObject({ status: 403, text: expect.stringContaining('deliveries:anywhere') as string })
  }
  const { secret: more } = await makeKey(rig, { scopes: ['configuration:write', 'deliveries:anywhere'] })
  expect(await post('apply', body, bearing(more))).toMatchObject({ status: 200, body: { created: 1 } })
  const { secret: read } = await makeKey(rig, { scopes: ['configuration:read'] })
  expect((await post('plan', body, bearing(read))).status).toBe(403)
})

import { createHmac } from 'node:crypto'
import { connect } from 'node:net'
import type { RelayProcess } from '#test/support/relay-process.ts'
import { createLinks } from './link-data.ts'
import type { Receivers } from './receivers.ts'

interface Identified {
  id: string
}

interface Delivery extends Identified {
  state: string
  attempts: number
  endpointName: string | null
}

interface Provider {
  id: string
  eventTypes: { name: string; sample: unknown }[]
}

/** Asks until an answer is good; for what another process does in its own time. */
export async function until<T>(ask: () => Promise<T>, isGood: (answer: T) => boolean): Promise<T> {
  const endsAt = Date.now() + 40_000
  for (;;) {
    const answer = await ask()
    if (isGood(answer)) return answer
    if (Date.now() > endsAt) throw new Error(`Nothing good came in time: ${JSON.stringify(answer).slice(0, 500)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function createSources(relay: RelayProcess): Promise<void> {
  const github = { name: 'github', slug: 'github', provider: 'github', secrets: [GITHUB_SECRET, 'the-one-before'] }
  await relay.call('POST', '/sources', github)
  await relay.call('POST', '/sources', { name: 'ledger', slug: 'ledger' })
  await relay.call('POST', '/sources', {
    name: 'uploads',
    slug: 'uploads',
    bodyLimitBytes: 1_024,
    answer: { status: 202, body: '{"queued":true}', headers: [['Content-Type', 'application/json']], delayMs: 120 },
    publicUrl: 'https://shop-hooks.example/in/uploads',
  })
  await relay.call('POST', '/sources', {
    name: 'payments',
    slug: 'payments',
    provider: 'slack',
    answer: {
      script: ['500', { status: 503, delayMs: 250, headers: [['Retry-After', '5']] }, { body: '{"taken":true}' }],
    },
  })
}

async function createIntegration(relay: RelayProcess): Promise<void> {
  const { items } = await relay.call<{ items: { siteId: string }[] }>('GET', '/projects')
  await relay.call('PUT', `/sites/${items[0]!.siteId}/integrations/ga4`, {
    settings: { measurementId: 'G-AB12CD34EF' },
    secrets: { api_secret: 'made-up-api-secret' },
    eventTypes: ['purchase', 'lead'],
    testMode: true,
    owner: 'Analytics team',
    escalation: 'Ask in #analytics; after hours page the on-call.',
  })
}

async function createEndpoints(relay: RelayProcess, { good, broken, strict }: Receivers): Promise<void> {
  const endpoints = [
    { name: 'CRM sync', url: `${good.url}/hooks`, eventTypes: ['audit.*'], policy: 'crawlux' },
    {
      name: 'Local API',
      url: `${broken.url}/webhooks`,
      eventTypes: ['audit.failed'],
      policy: { preset: 'crawlux', timeoutMs: 1_500 },
    },
    { name: 'Billing', url: `${strict.url}/stripe`, eventTypes: ['invoice.*'], policy: 'standard' },
    { name: 'Archive', url: `${good.url}/archive`, eventTypes: ['request', 'audit.completed'], policy: 'standard' },
  ]
  for (const endpoint of endpoints) await relay.call('POST', '/endpoints', endpoint)
  const mirror = await relay.call<Identified>('POST', '/endpoints', {
    name: 'Audit mirror',
    url: `${good.url}/mirror`,
    eventTypes: ['audit.retried'],
  })
  await relay.call('POST', `/endpoints/${mirror.id}/pause`)
}

async function capture(
  relay: RelayProcess,
  path: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<void> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  await fetch(`${relay.ready.capture}/${path}`, { method: 'POST', headers, body: text })
}

const GITHUB_SECRET = 'development only'
const REPOSITORY = { id: 35_129_377, full_name: 'shop/api', private: true, default_branch: 'main' }

function github(
  relay: RelayProcess,
  event: string,
  { delivery, isRewritten = false, ...body }: { delivery: string; isRewritten?: boolean } & Record<string, unknown>,
): Promise<void> {
  const data = { ...body, repository: REPOSITORY }
  const text = JSON.stringify(data)
  const signed = isRewritten ? JSON.stringify(data, null, 2) : text
  const headers = {
    'Content-Type': 'application/json',
    'X-GitHub-Event': event,
    'X-GitHub-Delivery': delivery,
    'X-Hub-Signature-256': `sha256=${createHmac('sha256', GITHUB_SECRET).update(signed).digest('hex')}`,
    'User-Agent': 'GitHub-Hookshot/044aadd',
  }
  return capture(relay, 'github', headers, text)
}

/** Writes these bytes, and leaves. */
function sendBytes(relay: RelayProcess, bytes: string): Promise<void> {
  const { hostname, port } = new URL(relay.ready.capture)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.resume().end(Buffer.from(bytes, 'latin1')))
    socket.once('close', () => resolve())
    socket.once('error', reject)
  })
}

/** A sender that asks first, and then meets two failures. */
async function sendToScript(relay: RelayProcess): Promise<void> {
  const json = { 'Content-Type': 'application/json' }
  await capture(relay, 'payments', json, { type: 'url_verification', challenge: '3eZbrw1aBm2rZgRN' })
  for (const id of ['Ev9UQ52YNA', 'Ev9UQ52YNB']) {
    await capture(relay, 'payments', json, { type: 'event_callback', event_id: id, event: { type: 'message' } })
  }
}

/** Half a request, then the line goes dead: what came of it is kept as partial. */
function breakOff(relay: RelayProcess): Promise<void> {
  const { hostname, pathname } = new URL(relay.ready.capture)
  const head = `POST ${pathname}/inbox/import HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: text/csv\r\nContent-Length: 4096\r\n\r\n`
  return sendBytes(relay, `${head}sku,price\n1001,24.90\n`)
}

const TLS_HELLO = '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'

/** What a ledger numbers, with four entries lost on the way. */
async function numbered(relay: RelayProcess): Promise<void> {
  for (const entry of [1, 2, 3, 4, 5, 10, 11, 12]) {
    await capture(relay, 'ledger', { 'Content-Type': 'application/json' }, { entry })
  }
}

/** A run over the receivers of a release, one of which fails. */
async function runWorkflow(relay: RelayProcess, { good, strict }: Receivers): Promise<void> {
  await relay.call('PUT', '/workflows/release-smoke', {
    description: 'Every shop takes an order before a release goes out.',
    targets: [
      { url: `${good.url}/{variable.release}/orders`, tags: ['eu', 'shop'] },
      { url: `${good.url}/{variable.release}/invoices`, tags: ['eu'] },
      { url: `${strict.url}/stripe`, tags: ['us', 'shop'] },
    ],
    events: [
      { type: 'batch_run.state', provider: 'crawlens' },
      { type: 'order.paid', data: { total: 2490, release: '{variable.release}' } },
    ],
    variables: { release: 'v2' },
    schedule: { cron: '30 6 * * 1-5', timeZone: 'Europe/Berlin' },
  })
  await relay.call('POST', '/workflows/release-smoke/runs', { trigger: 'ci', variables: { release: 'v3' } })
  await relay.call('PUT', '/workflows/nightly-audit', {
    targets: [{ url: `${good.url}/audit` }],
    events: [{ type: 'audit.completed', provider: 'crawlux' }],
  })
}

async function send(relay: RelayProcess): Promise<void> {
  const providers = await relay.call<{ items: Provider[] }>('GET', '/providers')
  const crawlux = providers.items.find(({ id }) => id === 'crawlux')
  const audit = async (type: string): Promise<void> => {
    const data = crawlux?.eventTypes.find(({ name }) => name === type)?.sample
    await relay.call('POST', '/events', { type, data, provider: 'crawlux' })
  }
  await numbered(relay)
  await sendBytes(relay, TLS_HELLO)
  await audit('audit.completed')
  await sendToScript(relay)
  await capture(
    relay,
    'inbox',
    { 'Content-Type': 'application/x-www-form-urlencoded' },
    'order=1001&total=24.90&currency=EUR',
  )
  await breakOff(relay)
  const push = {
    delivery: '5f2a1c0e-8d0b-11f0-9a3c-3e1f2f7c9b10',
    ref: 'refs/heads/main',
    commits: [{ id: '0d1a26e67d8f', message: 'Fix the totals' }],
  }
  await github(relay, 'push', push)
  await github(relay, 'push', push)
  await github(relay, 'push', { ...push, isRewritten: true })
  await capture(relay, 'uploads', { 'Content-Type': 'text/plain' }, 'x'.repeat(4_096))
  await audit('audit.retried')
  await github(relay, 'pull_request', {
    delivery: '7be41d92-8d0b-11f0-8c55-7d20c1a4e6f3',
    action: 'synchronize',
    number: 482,
    pull_request: { title: 'Totals in cents' },
  })
  await capture(
    relay,
    'inbox/a/b?attempt=1',
    { 'Content-Type': 'application/json' },
    '{"hello":1,"price":24.90,"big":12345678901234567890}',
  )
  await relay.call('POST', '/events', {
    type: 'invoice.payment_failed',
    data: { id: 'in_1MtHbE', amount_due: 2490, currency: 'eur', attempt_count: 1 },
  })
  await audit('audit.failed')
  await audit('audit.completed')
}

/** One for CI, one that ended, one that was revoked. */
async function createKeys(relay: RelayProcess): Promise<void> {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
  const ci = { name: 'Deploy gate', owner: 'Ada Example', scopes: ['workflows:read', 'workflows:run'] }
  const { secret } = await relay.call<{ secret: string }>('POST', '/keys', { ...ci, expiresAt: inDays(30) })
  await fetch(`${relay.ready.api}/caller`, { headers: { authorization: `Bearer ${secret}` } })
  const reads = ['events:read', 'deliveries:read', 'endpoints:read', 'sources:read']
  await relay.call('POST', '/keys', { name: 'Dashboard', owner: 'Operations', scopes: reads, quotaPerMinute: 600 })
  const old = { name: 'Old importer', owner: 'Grace Example', scopes: ['events:write'] }
  const { id } = await relay.call<{ id: string }>('POST', '/keys', old)
  await relay.call('DELETE', `/keys/${id}`)
}

/** Fills a relay with what a day brings: delivered, retrying, failed and held deliveries, and messages that came broken. */
export async function fillWithSampleData(relay: RelayProcess, receivers: Receivers): Promise<void> {
  await relay.call('PATCH', '/projects/default', { name: 'shop-api', timeScale: 60 })
  await createSources(relay)
  await createEndpoints(relay, receivers)
  await createIntegration(relay)
  await runWorkflow(relay, receivers)
  await createKeys(relay)
  await send(relay)
  await until(
    () => relay.call<{ items: Delivery[] }>('GET', '/deliveries?limit=100'),
    ({ items }) =>
      items.every(({ state, endpointName, attempts }) =>
        endpointName === 'Local API'
          ? attempts >= 3 && state === 'scheduled'
          : state !== 'scheduled' && state !== 'delivering',
      ),
  )
  await relay.call('PATCH', '/projects/default', { timeScale: 1 })
  await createAlerts(relay)
  await createReplays(relay, receivers)
  await createLinks(relay)
}

/** One that arrived, one that failed, and one that is paused on its way. */
async function createReplays(relay: RelayProcess, { good, broken }: Receivers): Promise<void> {
  await relay.call('POST', '/replays', { filter: 'type:audit.*', url: `${good.url}/staging` })
  await relay.call('POST', '/replays', { filter: 'type:invoice.*', url: `${broken.url}/stripe-v2` })
  const slow = { filter: 'source:ledger', url: `${good.url}/ledger`, ratePerSecond: 0.1 }
  const { id } = await relay.call<Identified>('POST', '/replays', slow)
  const read = () => relay.call<{ made: number; done: number }>('GET', `/replays/${id}`)
  await until(read, ({ made, done }) => made > 0 && done === made)
  await relay.call('POST', `/replays/${id}/pause`)
}

/** One that is raised by what failed, one that is fine, and one that has too little to go by. */
async function createAlerts(relay: RelayProcess): Promise<void> {
  for (const rule of [
    { name: 'Any dead letter', kind: 'dead_letters', threshold: 1, windowMinutes: 60 },
    { name: 'Queue grows', kind: 'backlog', threshold: 500 },
    { name: 'Deliveries arrive', kind: 'success_rate', threshold: 95, windowMinutes: 15, minSample: 100 },
  ])
    await relay.call('POST', '/alerts', rule)
}

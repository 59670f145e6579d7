import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { SourceView } from '#shared/contract/sources.ts'
import { start, type Running, type StartOptions } from '#main/compose/start.ts'
import { startReceiver } from '#test/support/receiver.ts'
import { testCertificates } from '#test/support/test-certificates.ts'
import { scratchFolder } from './bin.ts'

const PUBLIC = 'https://hooks.example.com'

interface Wish {
  method?: string
  headers?: Record<string, string>
  body?: string
}

interface Said {
  status: number
  body: string
}

async function startTeam(options: Partial<StartOptions> = {}): Promise<Running> {
  const home = scratchFolder()
  const running = await start({
    dataDirectory: `${home}/data`,
    keyFile: `${home}/master.key`,
    host: '127.0.0.1',
    port: 0,
    capturePort: 0,
    mode: 'team',
    publicUrl: PUBLIC,
    uiDirectory: home,
    version: '1.0.0',
    quiet: true,
    ...options,
  })
  onTestFinished(() => running.stop(500))
  return running
}

/** As a proxy, or anybody else on this machine, would ask: with any Host. */
async function ask(url: string, { method = 'GET', headers = {}, body }: Wish = {}): Promise<Said> {
  const isSecure = url.startsWith('https:')
  const options = { method, headers, rejectUnauthorized: false }
  return new Promise((resolve, reject) => {
    const asked = (isSecure ? secureRequest : plainRequest)(url, options, (answer) => {
      void text(answer).then((said) => resolve({ status: answer.statusCode ?? 0, body: said }), reject)
    })
    asked.once('error', reject)
    asked.end(body)
  })
}

const json = <T>({ body }: Said) => JSON.parse(body) as T
const bearing = (token: string) => ({ authorization: `Bearer ${token}` })
const PROXIED = { host: 'hooks.example.com', 'x-forwarded-for': '6.6.6.6, 203.0.113.9' }

async function keyOf({ apiUrl, token }: Running, scopes = ['events:read', 'sources:read']): Promise<string> {
  const headers = { ...bearing(token), 'content-type': 'application/json' }
  const body = JSON.stringify({ name: 'Ada', scopes })
  return json<{ secret: string }>(await ask(`${apiUrl}/keys`, { method: 'POST', headers, body })).secret
}

describe('a team’s relay', () => {
  it('REL-1 SEC-1 takes its token from this machine alone, and a key from everywhere', async () => {
    const team = await startTeam()
    const caller = `${team.apiUrl}/caller`
    const statusWith = async (secret: string, headers = {}) =>
      (await ask(caller, { headers: { ...bearing(secret), ...headers } })).status
    expect(await statusWith(team.token)).toBe(200)
    expect(await statusWith(team.token, PROXIED)).toBe(401)
    const key = await keyOf(team)
    expect(await statusWith(key, PROXIED)).toBe(200)
    expect(await statusWith(key, { host: 'evil.example' })).toBe(421)
    expect(await statusWith(key, { ...PROXIED, origin: PUBLIC })).toBe(200)
    expect(await statusWith(key, { ...PROXIED, origin: 'https://evil.example' })).toBe(403)
  })

  it('REL-1 SE39 captures only at addresses that nobody guesses, and shows them as senders reach them', async () => {
    const team = await startTeam({ trustedProxies: ['127.0.0.1', '10.0.0.0/8'] })
    const key = await keyOf(team)
    const [inbox] = json<{ items: SourceView[] }>(await ask(`${team.apiUrl}/sources`, { headers: bearing(key) })).items
    expect(inbox!.captureUrl).toMatch(/^https:\/\/hooks\.example\.com\/in\/inbox-[0-9a-z]{26}$/)
    const send = (path: string, headers = {}) =>
      ask(`${team.addresses.capture}${path}`, { method: 'POST', body: '{}', headers })
    expect((await send('/in/inbox')).status).toBe(404)
    expect((await send(`/in/inbox-${'0'.repeat(26)}`)).status).toBe(404)
    const { pathname } = new URL(inbox!.captureUrl)
    expect((await send(pathname, { 'x-forwarded-for': '6.6.6.6, 203.0.113.9, 10.1.2.3' })).status).toBe(200)
    expect((await send(pathname, { 'x-forwarded-for': 'whoever, 127.0.0.1' })).status).toBe(200)
    const said = await ask(`${team.apiUrl}/events?source=inbox`, { headers: bearing(key) })
    const ids = json<{ items: { id: string }[] }>(said).items.map(({ id }) => id)
    const addresses = []
    for (const id of ids.toReversed()) {
      const event = await ask(`${team.apiUrl}/events/${id}`, { headers: bearing(key) })
      addresses.push(json<{ remoteAddress: string }>(event).remoteAddress)
    }
    expect(addresses).toEqual(['203.0.113.9', '127.0.0.1'])
  })

  it('REL-1 keeps its capture addresses over a restart', async () => {
    const home = scratchFolder()
    const place = { dataDirectory: `${home}/data`, keyFile: `${home}/master.key` }
    const addressOf = async (team: Running) =>
      json<{ items: SourceView[] }>(await ask(`${team.apiUrl}/sources`, { headers: bearing(team.token) })).items[0]
        ?.captureUrl
    const first = await startTeam(place)
    const before = await addressOf(first)
    await first.stop(500)
    expect(await addressOf(await startTeam(place))).toBe(before)
  })

  it('REL-1 SEC-2 delivers to no private address but those that are allowed, and bounds what a key asks', async () => {
    const receiver = await startReceiver()
    onTestFinished(() => receiver.close())
    const failureOf = async (team: Running) => {
      const headers = { ...bearing(team.token), 'content-type': 'application/json' }
      const body = JSON.stringify({ name: 'App', url: receiver.url, eventTypes: ['*'] })
      return (await ask(`${team.apiUrl}/endpoints`, { method: 'POST', headers, body })).status
    }
    const closed = await startTeam({ keyQuotaPerMinute: 2 })
    expect(await failureOf(closed)).toBe(400)
    expect(await failureOf(await startTeam({ allowPrivate: ['127.0.0.1'] }))).toBe(201)
    const key = await keyOf(closed)
    const statuses = []
    for (let count = 0; count < 3; count++) {
      statuses.push((await ask(`${closed.apiUrl}/caller`, { headers: bearing(key) })).status)
    }
    expect(statuses).toEqual([200, 200, 429])
  })

  it('REL-1 speaks TLS by itself with a certificate, and plain HTTP to programs of this machine alone', async () => {
    const { key, cert } = testCertificates.localhost
    const team = await startTeam({ tls: { key, cert } })
    expect(team.apiUrl).toMatch(/^http:\/\/127\.0\.0\.1:/)
    expect((await ask(`${team.apiUrl}/caller`, { headers: bearing(team.token) })).status).toBe(200)
    const { api, capture } = team.addresses
    expect((await ask(`${api}/healthz`)).body).toBe('{"status":"ok"}')
    expect((await ask(`${api.replace('https', 'http')}/healthz`).catch(() => null))?.status).not.toBe(200)
    const { items } = json<{ items: SourceView[] }>(
      await ask(`${team.apiUrl}/sources`, { headers: bearing(team.token) }),
    )
    const { pathname } = new URL(items[0]!.captureUrl)
    expect((await ask(`${capture}${pathname}`, { method: 'POST', body: 'x' })).status).toBe(200)
  })
})

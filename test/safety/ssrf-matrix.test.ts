import type { LookupAddress } from 'node:dns'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { LookupFunction } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { systemClock } from '#main/adapters/system/system-clock.ts'
import { createRelayCaller } from '#main/adapters/undici/relay-caller.ts'
import { createUndiciTransport } from '#main/adapters/undici/transport.ts'
import { createAddressGuard } from '#main/engine/address-guard/address-guard.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'
import { silentLog } from '#test/support/silent-log.ts'
import { startReceiver, type Receiver } from '#test/support/receiver.ts'
import { FORBIDDEN_TARGETS } from './ssrf-targets.ts'
import { ENTRY_POINTS, urlFields } from './url-entry-points.ts'

type Fields = Record<string, unknown>

/** A name on the public net, as far as anyone can tell before it is resolved. */
const PUBLIC_NAME = 'http://public.test/hook'

describe('in team mode', () => {
  let rig: ApiRig
  let inside: Receiver
  let directory: string
  /** Whose address is asked for, and what is answered. */
  const asked: string[] = []
  let ids: Record<string, string>

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'hookloop-ssrf-'))
    inside = await startReceiver()
    const guard = createAddressGuard({
      mode: 'team',
      allow: [],
      own: () => ({ addresses: [], ports: new Set() }),
      refusedPorts: new Set([25, 6379]),
    })
    // Every name is this machine’s: whoever dials without a second look ends up at `inside`.
    const lookup: LookupFunction = (name, _options, done) => {
      asked.push(name)
      done(null, [{ address: '127.0.0.1', family: 4 } satisfies LookupAddress])
    }
    const transport = createUndiciTransport({ clock: systemClock, guard, lookup })
    const relays = createRelayCaller({ guard, lookup })
    const store = openSqliteStore({ path: join(directory, 'hookloop.db'), log: silentLog })
    rig = await startApiRig({ parts: { store, guard, transport, relays } })
    await rig.engine.start()
    const endpoint = await json('POST', '/endpoints', { name: 'App', url: PUBLIC_NAME, policy: 'once' })
    const webhook = await json('POST', '/webhooks', { url: PUBLIC_NAME, events: ['never.*'] })
    const event = await json('POST', '/events', { type: 'order.paid', data: {} })
    const projects = await json('GET', '/projects')
    const relay = { url: PUBLIC_NAME, key: 'hlk_of_some_relay', remoteSource: 'inbox', subscriber: 'laptop' }
    const link = await json('POST', '/links', relay)
    ids = {
      site: String((projects.body['items'] as Fields[])[0]!['siteId']),
      link: String(link.body['id']),
      endpoint: String(endpoint.body['id']),
      webhook: String(webhook.body['id']),
      event: String(event.body['id']),
    }
  })

  afterAll(async () => {
    await rig.stop()
    await inside.close()
    rmSync(directory, { recursive: true })
  })

  async function json(method: string, path: string, body?: unknown): Promise<{ status: number; body: Fields }> {
    const filled = (text: string) => text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => ids?.[name] ?? whole)
    const given = body === undefined ? undefined : (JSON.parse(filled(JSON.stringify(body))) as unknown)
    const answer = await rig.call(method, filled(path), given)
    return { status: answer.status, body: (await answer.json()) as Fields }
  }

  it('SE01 SEC-2 knows every field of the contract that something is sent to', () => {
    expect(urlFields().toSorted()).toEqual(Object.keys(ENTRY_POINTS).toSorted())
    expect(new Set(FORBIDDEN_TARGETS).size).toBeGreaterThanOrEqual(60)
  })

  it.each(Object.entries(ENTRY_POINTS))(
    'SE01 SE02 SE03 SE07 SE08 SEC-2 lets no forbidden target in by %s',
    async (_name, { method, path, body }) => {
      const before = await rig.call('GET', '/endpoints').then((answer) => answer.text())
      const taken: string[] = []
      for (const target of FORBIDDEN_TARGETS) {
        const { status, body: answer } = await json(method, path, body(target))
        const { code } = (answer['error'] ?? {}) as { code?: string }
        if (status !== 400 || !/^invalid_(?:request|configuration)$/.test(code ?? '')) taken.push(`${status} ${target}`)
      }
      expect(taken).toEqual([])
      expect(await rig.call('GET', '/endpoints').then((answer) => answer.text())).toBe(before)
    },
  )

  it.each(Object.entries(ENTRY_POINTS))(
    'SE04 SEC-2 dials nothing private for a public name given by %s',
    async (_name, { method, path, body }) => {
      const { status } = await json(method, path, body(`http://private.test:${inside.port}/hook`))
      expect(status).toBeLessThan(300)
      await json('POST', '/events', { type: 'crawl_status', data: {} })
    },
  )

  it('SE04 SEC-2 refuses every one of those deliveries at connect time', async () => {
    await json('PATCH', '/endpoints/{endpoint}', { eventTypes: ['*'] })
    await json('POST', '/events', { type: 'never.ending', data: {} })
    const items = await triedAll()
    const refused = items.filter(({ lastFailure }) => lastFailure === 'address_refused')
    expect(refused.length).toBeGreaterThan(4)
    expect(items.filter(({ state }) => state === 'succeeded')).toEqual([])
    expect(asked).toContain('private.test')
    expect(inside.requests).toEqual([])
  })

  /** Every delivery, once each has been tried. */
  async function triedAll(): Promise<Fields[]> {
    for (;;) {
      const changed = Promise.withResolvers<void>()
      const end = rig.engine.changes.subscribe(({ type }) => type === 'delivery.changed' && changed.resolve())
      const { body } = await json('GET', '/deliveries?limit=500')
      const items = body['items'] as Fields[]
      const isTried = ({ attempts, state }: Fields) => Number(attempts) > 0 && state !== 'delivering'
      if (items.every(isTried)) {
        end()
        return items
      }
      await changed.promise
      end()
    }
  }
})

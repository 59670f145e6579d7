import { getEventMeta, ORPCError } from '@orpc/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FeedItem } from '#shared/contract/feed.ts'
import type { Engine } from '#main/engine/engine.ts'
import type { Log } from '#main/engine/ports.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'
import { startReceiver } from '#test/support/receiver.ts'
import { silentLog } from '#test/support/silent-log.ts'
import { CARRIERS, type Carrier, type Client } from './carriers.ts'

async function refusal(call: Promise<unknown>): Promise<ORPCError<string, unknown>> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (error instanceof ORPCError) return error
  throw new Error(`Expected a refusal, got ${String(error)}`)
}

/** Reads until `enough` says so; the feed is left by then. */
async function follow(client: Client, lastEventId: string | undefined, enough: (item: FeedItem) => boolean) {
  const seen: { id: string | undefined; item: FeedItem }[] = []
  const options = lastEventId === undefined ? {} : { lastEventId }
  for await (const item of await client.feed({}, options)) {
    seen.push({ id: getEventMeta(item)?.id, item })
    if (enough(item)) break
  }
  return seen
}

const capturedType = (item: FeedItem) => (item.type === 'event.captured' ? item.event.type : null)

describe.for(Object.entries(CARRIERS))('over %s', ([, open]) => {
  let rig: ApiRig
  let carrier: Carrier
  let client: Client
  const errors: string[] = []
  const log: Log = { ...silentLog, error: (message) => errors.push(message) }

  async function start(bend?: (engine: Engine) => Engine): Promise<void> {
    rig = await startApiRig({ log, ...(bend ? { bend } : {}) })
    carrier = open(rig, log)
    client = carrier.client
  }

  const stateOf = async (id: string) => (await client.deliveries.get({ id })).state
  /** Looks again at each change until it is so. */
  async function until(isSo: () => Promise<boolean>): Promise<void> {
    const changed = Promise.withResolvers<void>()
    const check = async () => {
      if (await isSo()) changed.resolve()
    }
    const end = rig.engine.changes.subscribe(() => void check().catch(changed.reject))
    void check().catch(changed.reject)
    await changed.promise
    end()
  }

  beforeEach(() => start())
  afterEach(async () => {
    carrier.close()
    await rig.stop()
    errors.length = 0
  })

  it('creates, changes, lists and deletes a source', async () => {
    const created = await client.sources.create({ name: 'Payments', slug: 'payments', answer: { status: 202 } })
    expect(created).toMatchObject({ slug: 'payments', answer: { status: 202, headers: [], body: '', delayMs: 0 } })
    expect(created.captureUrl).toBe('http://127.0.0.1:4781/in/payments')
    expect(created.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

    const renamed = await client.sources.update({ id: 'payments', name: 'Billing' })
    expect(renamed).toMatchObject({ id: created.id, name: 'Billing', answer: { status: 202 } })
    const listed = await client.sources.list({})
    expect(listed.items.map(({ slug }) => slug)).toEqual(['payments', 'inbox'])
    expect(listed.nextCursor).toBeNull()

    await client.sources.delete({ id: created.id })
    expect((await client.sources.list({})).items.map(({ slug }) => slug)).toEqual(['inbox'])
  })

  it('shows the secret of a new endpoint once, and delivers what its filter takes', async () => {
    const created = await client.endpoints.create({
      name: 'App',
      url: 'http://127.0.0.1:9/hooks',
      eventTypes: ['audit.*'],
    })
    expect(created.secret).toMatch(/^whsec_/)
    const shown = await client.endpoints.get({ id: created.id })
    expect(shown).not.toHaveProperty('secret')
    expect(shown).toMatchObject({ state: 'active', pausedReason: null, enabled: true, signedBy: 'standard-webhooks' })

    const event = await client.events.create({ type: 'audit.completed', data: { ok: true } })
    expect(event.deliveries).toMatchObject({ total: 1, pending: 1 })
    const { items } = await client.deliveries.list({ eventId: event.id, state: ['scheduled', 'held'] })
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({ endpointName: 'App', url: 'http://127.0.0.1:9/hooks', state: 'scheduled' })

    const paused = await client.endpoints.pause({ id: created.id })
    expect(paused).toMatchObject({ held: 1, endpoint: { state: 'paused', pausedReason: 'manual', enabled: false } })
    expect(await client.deliveries.cancel({ id: items[0]!.id })).toMatchObject({ state: 'canceled' })
  })

  it('PRV-3 PRV-7 adds a provider and an event type, and triggers it', async () => {
    const signing = { header: 'Acme-Signature', timestamp: { header: 'Acme-Time', unit: 'ms' as const } }
    const created = await client.catalog.providers.create({ id: 'acme', name: 'Acme', signing })
    expect(created).toMatchObject({ builtIn: false, definition: { signing: { encoding: 'hex' } } })
    const sample = { total: 49, lines: [{ sku: 'a', note: null }] }
    const type = await client.catalog.eventTypes.create({ provider: 'acme', name: 'order.created', sample })
    expect(type).toMatchObject({ inferred: true, sample, schema: { required: ['total', 'lines'] } })
    const sent = await client.catalog.trigger({ provider: 'acme', type: 'order.created', url: 'http://127.0.0.1:9/' })
    expect(sent.secret).toMatch(/^[0-9a-f]{64}$/)
    expect(await client.deliveries.get({ id: sent.deliveryId })).toMatchObject({ sender: { provider: 'acme' } })
    expect(await client.catalog.providers.delete({ id: 'acme' })).toEqual({ id: 'acme', eventTypes: 1 })
  })

  it('ENG-9 shows every attempt with what was sent, what came back and why it failed', async () => {
    const receiver = await startReceiver({
      script: [
        { status: 500, body: 'no' },
        { status: 200, body: 'yes' },
      ],
    })
    await rig.engine.start()
    const endpoint = await client.endpoints.create({ name: 'App', url: receiver.url, eventTypes: ['*'] })
    const { id: eventId } = await client.events.create({ type: 'order.paid', data: { ok: true } })
    const page = await client.deliveries.list({ endpointId: endpoint.id })
    const { id } = page.items[0]!
    await until(async () => (await client.deliveries.get({ id })).attempts === 1 && (await stateOf(id)) === 'scheduled')
    expect((await client.deliveries.get({ id })).forecast[0]).toMatch(/^\d{4}-.+Z$/)
    await client.deliveries.retry({ id })
    await until(async () => (await stateOf(id)) === 'succeeded')

    const { items } = await client.deliveries.attempts({ id })
    const [failed, succeeded] = items
    expect(failed).toMatchObject({
      number: 1,
      outcome: 'failed',
      request: { method: 'POST', url: `${receiver.url}/` },
      response: { status: 500, bodyBase64: Buffer.from('no').toString('base64') },
      failure: { code: 'server_error', title: expect.any(String), nextStep: expect.any(String) },
    })
    expect(succeeded).toMatchObject({ number: 2, outcome: 'succeeded', failure: null, nextAttemptAt: null })
    expect(succeeded!.request!.headers.map(([name]) => name)).toContain('webhook-signature')
    expect((await client.events.get({ id: eventId })).deliveries).toMatchObject({ total: 1, succeeded: 1 })
    await receiver.close()
  })

  it('pages through events, newest first', async () => {
    for (const type of ['one', 'two', 'three']) await client.events.create({ type, data: {} })
    const first = await client.events.list({ limit: 2 })
    expect(first.items.map(({ type }) => type)).toEqual(['three', 'two'])
    const second = await client.events.list({ limit: 2, cursor: first.nextCursor! })
    expect(second.items.map(({ type }) => type)).toEqual(['one'])
    expect(second.nextCursor).toBeNull()
  })

  it('hands out the very bytes of an event', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
    const bodyBase64 = Buffer.from(bytes).toString('base64')
    const event = await client.events.create({ type: 'raw', bodyBase64, contentType: 'application/x-raw' })
    const file = await client.events.body({ id: event.id })
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes)
    expect(file.type).toBe('application/octet-stream')
  })

  it('refuses with a code, a status, the field and a hint', async () => {
    const error = await refusal(client.sources.create({ name: 'Again', slug: 'inbox' }))
    expect(error).toMatchObject({ code: 'slug_taken', status: 409, data: { field: 'slug' } })
    expect(error.message).toContain('inbox')
    const unknown = await refusal(client.endpoints.get({ id: 'end_nope' }))
    expect(unknown).toMatchObject({ code: 'not_found', status: 404 })
    expect(await refusal(client.events.list({ project: 'nope' }))).toMatchObject({ code: 'not_found', status: 404 })
  })

  it('names the field of an input that is not valid, and lists every issue', async () => {
    const input = {
      name: 'App',
      url: 'http://127.0.0.1:9',
      policy: { preset: 'standard', timeoutMs: 1 },
      colour: 'red',
    }
    const error = await refusal(client.endpoints.create(input))
    expect(error).toMatchObject({ code: 'invalid_request', status: 400, data: { field: 'policy.timeoutMs' } })
    expect(error.data).toHaveProperty('hint', expect.stringContaining('`colour` is not a known field'))
    const missing = await refusal(client.endpoints.create({ name: 'App' } as never))
    expect(missing).toMatchObject({ code: 'invalid_request', message: '`url` is required.', data: { field: 'url' } })
  })

  it('hides the details of an unexpected error and logs it once', async () => {
    carrier.close()
    await rig.stop()
    const list = () => {
      throw new Error('the password is hunter2')
    }
    await start((engine) => ({ ...engine, projects: { ...engine.projects, list } }))
    const error = await refusal(client.projects.list())
    expect(error).toMatchObject({ code: 'internal_error', status: 500 })
    expect(JSON.stringify(error)).not.toContain('hunter2')
    expect(errors).toHaveLength(1)
  })

  it('tells live changes from `ready` on, and after a break what was missed', async () => {
    const ready = await follow(client, undefined, ({ type }) => type === 'ready')
    await client.events.create({ type: 'missed', data: {} })
    const resumed = await follow(client, ready[0]!.id, (item) => capturedType(item) === 'missed')
    expect(resumed.map(({ item }) => item.type)).toEqual(['ready', 'event.captured'])

    await client.events.create({ type: 'later', data: {} })
    const again = await follow(client, resumed.at(-1)!.id, (item) => capturedType(item) === 'later')
    expect(again.map(({ item }) => item.type)).toEqual(['ready', 'event.captured'])
  })

  it('tells a gap to a listener that comes back from too long ago', async () => {
    const seen = await follow(client, 'another-run-7', ({ type }) => type === 'gap')
    expect(seen.map(({ item }) => item.type)).toEqual(['ready', 'gap'])
  })
})

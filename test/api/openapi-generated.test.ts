import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { mkdtempSync, rmSync } from 'node:fs'
import type { LookupFunction } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { systemClock } from '#main/adapters/system/system-clock.ts'
import { createRelayCaller } from '#main/adapters/undici/relay-caller.ts'
import { createUndiciTransport } from '#main/adapters/undici/transport.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'
import { type Receiver, startReceiver } from '#test/support/receiver.ts'
import { silentLog } from '#test/support/silent-log.ts'
import { createRequestMaker, type GeneratedRequest, type Operation } from './generated-requests.ts'

interface Document {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object> }
}

// Hundreds of requests in one test, on machines that may be busy.
vi.setConfig({ testTimeout: 180_000 })

/** Rounds over every operation; each makes a valid and a broken request of it. */
const ROUNDS = 6
const SEED = 20_261_128

/** Answers that go on for as long as they are listened to. */
const ENDLESS = new Set(['/feed', '/subscriptions/{id}/events'])

describe('every documented route', () => {
  let rig: ApiRig
  let receiver: Receiver
  let directory: string
  let document: Document
  const ids = new Map<string, readonly string[]>()

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'hookloop-openapi-'))
    receiver = await startReceiver()
    const store = openSqliteStore({ path: join(directory, 'hookloop.db'), log: silentLog })
    // Made-up names lead nowhere: nothing is asked of the network.
    const nowhere = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
    const lookup: LookupFunction = (_name, _options, done) => done(nowhere, [])
    const transport = createUndiciTransport({ clock: systemClock, lookup })
    rig = await startApiRig({ parts: { store, transport, relays: createRelayCaller({ lookup }) } })
    await rig.engine.start()
    document = (await (await rig.call('GET', '/openapi.json')).json()) as Document
  })
  afterAll(async () => {
    await rig.stop()
    await receiver.close()
    rmSync(directory, { recursive: true })
  })

  it('REL-7 stands in a document that is valid OpenAPI', async () => {
    const result = await new Validator().validate(structuredClone(document) as never)
    expect(result.errors).toBeUndefined()
    expect(result.valid).toBe(true)
  })

  it('REL-7 names each status that it can answer, and never any other by a default', () => {
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, { responses }] of Object.entries(operations)) {
        expect(Object.keys(responses), `${method} ${path}`).not.toContain('default')
        expect(Object.keys(responses), `${method} ${path}`).toEqual(expect.arrayContaining(['401', '403', '421']))
      }
    }
  })

  it('REL-7 SE33 answers as documented, whatever is asked of it', async () => {
    const check = answerChecker(document)
    const maker = createRequestMaker(SEED, (path) => ids.get(path) ?? [])
    const unlike: string[] = []
    const seen = new Set<string>()
    for (let round = 0; round < ROUNDS; round++) {
      await learnIds()
      for (const [path, operations] of Object.entries(document.paths)) {
        for (const [method, operation] of Object.entries(operations)) {
          if (ENDLESS.has(path)) continue
          const valid = maker.make(path, operation)
          for (const request of [valid, maker.spoil(valid)]) {
            const { status, said } = await send(method, request)
            seen.add(`${method} ${path} ${status}`)
            const problem = check(path, method, status, said)
            if (problem)
              unlike.push(
                `${method.toUpperCase()} ${request.path} ${JSON.stringify(request.body)?.slice(0, 300)} → ${status}: ${problem}`,
              )
          }
        }
      }
    }
    expect(unlike.slice(0, 10)).toEqual([])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    // Not only refusals: most operations were answered well at least once.
    const good = new Set([...seen].filter((each) => / 2\d\d$/.test(each)).map((each) => each.replace(/ \d+$/, '')))
    const all = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    )
    expect(good.size / all.length, all.filter((each) => !good.has(each)).join('\n')).toBeGreaterThan(0.6)
  })

  async function send(method: string, { path, body }: GeneratedRequest): Promise<{ status: number; said: unknown }> {
    const answer = await rig.call(method.toUpperCase(), path, body)
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false
    const said = isJson ? await answer.json() : await answer.arrayBuffer()
    return { status: answer.status, said }
  }

  /** What lists name, for paths that want an id. */
  async function learnIds(): Promise<void> {
    await seedThings()
    for (const path of Object.keys(document.paths)) {
      if (!document.paths[path]!['get'] || path.includes('{') || ENDLESS.has(path)) continue
      const { said } = await send('get', { path, body: undefined })
      const items = (said as { items?: { id?: unknown; name?: unknown }[] }).items ?? []
      ids.set(path, items.flatMap(({ id, name }) => id ?? name ?? []).map(String))
    }
    const { items } = (await send('get', { path: '/projects', body: undefined })).said as {
      items: { siteId: string }[]
    }
    const site = '/sites/{siteId}/integrations'
    ids.set('/sites', [items.at(-1)!.siteId])
    ids.set(site, ['ga4', 'meta', 'gads'])
    ids.set(`${site}/webhooks`, ids.get('/endpoints') ?? [])
  }

  /** So that there is always something to be shown, changed and deleted. */
  async function seedThings(): Promise<void> {
    await rig.call('POST', '/endpoints', {
      name: 'App',
      url: `${receiver.url}/a`,
      eventTypes: ['*'],
      policy: 'once',
    })
    await rig.call('POST', '/sources', { name: 'Shop', slug: `shop-${ids.size}` })
    await rig.call('POST', '/webhooks', { url: `${receiver.url}/w`, events: ['audit.*'] })
    const workflow = { targets: [{ url: `${receiver.url}/t` }], events: [{ type: 'order.paid', data: 1 }] }
    await rig.call('PUT', '/workflows/smoke', workflow)
    await rig.call('POST', '/providers', { id: 'acme', name: 'Acme' })
    await rig.call('POST', '/event-types', { provider: 'acme', name: 'order.paid', sample: { total: 1 } })
    for (let count = 0; count < 3; count++) await rig.call('POST', '/events', { type: 'order.paid', data: { count } })
  }
})

/** Says what about an answer is not as documented; null where it is. */
function answerChecker(document: Document) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false })
  ajv.addSchema({ $id: 'doc', components: document.components }, 'doc')
  const compiled = new Map<string, ReturnType<typeof ajv.compile>>()

  return (path: string, method: string, status: number, said: unknown): string | null => {
    const described = document.paths[path]![method]!.responses[status]
    if (status >= 500) return `it failed: ${JSON.stringify(said)}`
    if (!described) return `this status is not documented: ${JSON.stringify(said)}`
    const schema = described.content?.['application/json']?.schema
    if (!schema || said instanceof ArrayBuffer) return null
    const key = `${method} ${path} ${status}`
    const validate =
      compiled.get(key) ??
      ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"doc#/components')) as object)
    compiled.set(key, validate)
    return validate(said) ? null : `${ajv.errorsText(validate.errors)} in ${JSON.stringify(said).slice(0, 400)}`
  }
}

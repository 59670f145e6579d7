import type { OpenAPI } from '@orpc/contract'
import { traverseContractProcedures } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Access } from '#shared/contract/base.ts'
import { contract } from '#shared/contract/index.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'

interface Answered {
  content?: Record<string, { schema: OpenAPI.SchemaObject }>
}
interface Operation {
  responses: Record<string, Answered>
  parameters?: { name: string; in: string }[]
  description?: string
  'x-required-scope'?: string
}
interface Document {
  openapi: string
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  security: unknown[]
  paths: Record<string, Record<string, Operation>>
  components: { securitySchemes: Record<string, unknown>; schemas: Record<string, OpenAPI.SchemaObject> }
}

describe('the OpenAPI document', () => {
  let rig: ApiRig
  let document: Document
  beforeAll(async () => {
    rig = await startApiRig()
    document = (await (await rig.call('GET', '/openapi.json')).json()) as Document
  })
  afterAll(() => rig.stop())

  it('REL-7 is of version 3.1, and says who may call and how', () => {
    expect(document.openapi).toMatch(/^3\.1\./)
    expect(document.info).toMatchObject({ title: 'Hookloop', version: '9.9.9' })
    expect(document.servers).toEqual([{ url: '/api/v1' }])
    const bearer = { type: 'http', scheme: 'bearer' }
    expect(document.security).toEqual([{ token: [] }, { key: [] }])
    expect(document.components.securitySchemes).toMatchObject({ token: bearer, key: bearer })
  })

  it('REL-7 holds every procedure of the contract and no other', () => {
    const declared: string[] = []
    traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure }) => {
      const { method, path } = procedure['~orpc'].route
      declared.push(`${method} ${path}`)
    })
    const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(documented.toSorted()).toEqual(declared.toSorted())
    expect(declared.length).toBeGreaterThan(25)
  })

  it('CRL-1 names the scope that each operation asks for', () => {
    traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure }) => {
      const { route, meta } = procedure['~orpc']
      const { scope } = meta as Access
      const operation = document.paths[route.path!]![route.method!.toLowerCase()]!
      expect(operation['x-required-scope'], route.path).toBe(scope ?? undefined)
      expect(operation.description, route.path).toContain(scope === null ? 'any valid token or key' : `\`${scope}\``)
    })
  })

  it('REL-7 describes what is really answered', async () => {
    const app = { name: 'App', url: 'http://127.0.0.1:9/', eventTypes: ['*'] }
    const endpoint = await answered('POST', '/endpoints', '/endpoints', app)
    const event = await answered('POST', '/events', '/events', { type: 'a', data: 1 })
    const eventIds = [event['id']]
    const replay = await answered('POST', '/replays', '/replays', { eventIds, url: 'http://127.0.0.1:9/' })
    await answered('POST', '/sources', '/sources', { name: 'Shop', slug: 'shop' })
    await answered('PATCH', '/projects/{id}', '/projects/default', { timeScale: 2 })
    await answered('GET', '/endpoints/{id}', `/endpoints/${String(endpoint['id'])}`)
    await answered('GET', '/events/{id}', `/events/${String(event['id'])}`)
    await answered('GET', '/replays/{id}', `/replays/${String(replay['id'])}`)
    const { items } = await answered('GET', '/deliveries', '/deliveries')
    const [delivery] = items as { id: string }[]
    await answered('GET', '/deliveries/{id}', `/deliveries/${delivery!.id}`)
    await answered('POST', '/endpoints/{id}/pause', `/endpoints/${String(endpoint['id'])}/pause`)
    const own = { id: 'acme', name: 'Acme', signing: { header: 'Acme-Signature', timestamp: { header: 'Acme-Time' } } }
    await answered('POST', '/providers', '/providers', own)
    await answered('PATCH', '/providers/{id}', '/providers/acme', { policy: 'stripe' })
    await answered('GET', '/providers/{id}', '/providers/stripe')
    await answered('POST', '/providers/preview', '/providers/preview', { name: 'Acme' })
    await answered('POST', '/event-types', '/event-types', { provider: 'acme', name: 'a', sample: { a: [1, null] } })
    await answered('POST', '/event-types/check', '/event-types/check', { schema: { type: 'x' }, sample: 1 })
    await answered('POST', '/trigger', '/trigger', { provider: 'acme', type: 'a', url: 'http://127.0.0.1:9/' })
    const lists = [
      '/projects',
      '/sources',
      '/endpoints',
      '/events',
      '/status',
      '/policies',
      '/providers',
      '/event-types',
    ]
    for (const path of lists) await answered('GET', path, path)
  })

  it('REL-7 describes errors as they are answered', async () => {
    const schema = z.fromJSONSchema(document.components.schemas['Error'] as never)
    for (const path of ['/nothing', '/events/nope', '/events?limit=0']) {
      expect(schema.safeParse(await (await rig.call('GET', path)).json()).error, path).toBeUndefined()
    }
  })

  it('REL-7 tells what a raw body and the feed are', () => {
    const contentOf = (path: string) => Object.keys(document.paths[path]!['get']!.responses['200']!.content!)
    expect(contentOf('/events/{id}/body')).toEqual(['application/octet-stream'])
    expect(contentOf('/feed')).toEqual(['text/event-stream'])
    const names = document.paths['/deliveries']!['get']!.parameters!.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['limit', 'cursor', 'eventId', 'endpointId', 'state', 'project']))
  })

  /** Calls, and checks the answer against what the document says of it. */
  async function answered(
    method: string,
    route: string,
    path: string,
    body?: unknown,
  ): Promise<Record<string, unknown>> {
    const response = await rig.call(method, path, body)
    const answer = (await response.json()) as Record<string, unknown>
    const described = document.paths[route]?.[method.toLowerCase()]?.responses[response.status]
    const schema = described?.content?.['application/json']?.schema
    expect(schema, `${method} ${route} ${response.status} ${JSON.stringify(answer)}`).toBeDefined()
    const result = z.fromJSONSchema(schema as never).safeParse(answer)
    expect(result.error, `${method} ${route}`).toBeUndefined()
    return answer
  }
})

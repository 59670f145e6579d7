import { createRouterClient, ORPCError, traverseContractProcedures } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Access } from '#shared/contract/base.ts'
import { contract } from '#shared/contract/index.ts'
import type { IdPrefix } from '#shared/model/ids.ts'
import { Scope } from '#shared/model/scope.ts'
import { createRouter } from '#main/api/router.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'
import { createFakeIds } from '#test/support/fake-ids.ts'
import { silentLog } from '#test/support/silent-log.ts'
import { bearing, makeKey } from './key-calls.ts'

interface Route {
  name: readonly string[]
  method: string
  path: string
  /** The names in its path. */
  places: readonly string[]
  access: Access
}

const ROUTES: Route[] = []
traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure, path: name }) => {
  const { route, meta } = procedure['~orpc']
  const { method, path } = route
  const places = [...path!.matchAll(/\{\+?([^}]+)\}/g)].map(([, place]) => place!)
  ROUTES.push({ name, method: method!, path: path!, places, access: meta as Access })
})

/** Answered alike whatever project is named: the same for every project, or each caller’s own things alone. */
const WITHOUT_PROJECT = ['GET /caller', 'GET /credentials', 'GET /keys', 'GET /policies', 'GET /projects']

const madeUp = createFakeIds()

describe('a key of one project', () => {
  let rig: ApiRig
  let key: string
  /** Whatever the other project has, by id. */
  let foreign: string[]
  beforeAll(async () => {
    rig = await startApiRig()
    await rig.call('POST', '/projects', { name: 'Mine', slug: 'mine' })
    await rig.call('POST', '/projects', { name: 'Theirs', slug: 'theirs' })
    key = (await makeKey(rig, { project: 'mine', scopes: [...Scope.options] })).secret
    foreign = await fill('theirs')
  })
  afterAll(() => rig.stop())

  const asKey = (method: string, path: string, body?: unknown) => rig.call(method, path, body, bearing(key))

  async function made(project: string, path: string, body: unknown): Promise<{ id: string; [name: string]: unknown }> {
    const response = await rig.call('POST', path, body, { 'hookloop-project': project })
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
    return (await response.json()) as { id: string }
  }

  /** One of each thing that a project can have. */
  async function fill(project: string): Promise<string[]> {
    const source = await made(project, '/sources', { name: 'Secret shop', slug: `${project}-shop` })
    const endpoint = await made(project, '/endpoints', {
      name: 'Secret app',
      url: 'http://127.0.0.1:9/secret',
      eventTypes: ['*'],
    })
    const event = await made(project, '/events', { type: 'secret.type', data: { secret: 1 } })
    const replay = await made(project, '/replays', { eventIds: [event.id], url: 'http://127.0.0.1:9/secret' })
    await made(project, '/providers', { id: `${project}-sender`, name: 'Secret sender' })
    const type = await made(project, '/event-types', { provider: `${project}-sender`, name: 'secret.type', sample: {} })
    const itsKey = await makeKey(rig, { project, name: 'Secret key' })
    const deliveries = await rig.call('GET', '/deliveries', undefined, { 'hookloop-project': project })
    const { items } = (await deliveries.json()) as { items: { id: string }[] }
    const { items: projects } = (await (await rig.call('GET', '/projects')).json()) as {
      items: { id: string; slug: string }[]
    }
    const projectId = projects.find(({ slug }) => slug === project)!.id
    const secrets = endpoint['secrets'] as { id: string }[]
    const things = [source, endpoint, event, replay, type, itsKey, ...items, ...secrets]
    return [...things.map(({ id }) => id), `${project}-shop`, `${project}-sender`, projectId, project]
  }

  /** An id of the same kind that nothing has. */
  function nothingLike(id: string): string {
    return /^[a-z]{3}_/.test(id) ? madeUp.next(id.slice(0, 3) as IdPrefix) : id.replace('theirs', 'nobody')
  }

  /** What a procedure answers to the key for one id in every place of its path. */
  async function answer({ name, places }: Route, id: string): Promise<string> {
    const { engine, live, info } = rig
    const admission = await engine.keys.admit(key, null)
    if (admission.kind !== 'admitted') throw new Error('the key was not taken')
    const context = { engine, live, info, log: silentLog, actor: admission.caller, projectRef: null }
    const client: unknown = createRouterClient(createRouter(), { context })
    const call = name.reduce((place, part) => (place as never)[part], client) as (input: unknown) => Promise<unknown>
    try {
      return `answered: ${JSON.stringify(await call(Object.fromEntries(places.map((place) => [place, id]))))}`
    } catch (error) {
      if (!(error instanceof ORPCError)) throw error
      return JSON.stringify(error).replaceAll(id, '<id>')
    }
  }

  it('SE15 is answered for an id of another project exactly as for one that nothing has, by every procedure', async () => {
    const withIds = ROUTES.filter(({ places }) => places.length > 0)
    expect(withIds.length).toBeGreaterThan(25)
    for (const route of withIds) {
      for (const id of foreign) {
        const there = await answer(route, id)
        expect(there, `${route.path} ${id}`).not.toMatch(/^answered/)
        expect(there, `${route.path} ${id}`).toBe(await answer(route, nothingLike(id)))
      }
    }
  })

  it('SE15 is answered for another project as for one that is not there, however it is named', async () => {
    const same: string[] = []
    for (const { method, path } of ROUTES.filter(({ places }) => places.length === 0)) {
      const ask = async (ref: string) => {
        const response = await asKey(method, `${path}?project=${ref}`, method === 'GET' ? undefined : { project: ref })
        const text = (await response.text()).replaceAll(ref, '<project>').replaceAll(/"lastUsedAt":"[^"]+"/g, '')
        return { status: response.status, text }
      }
      const theirs = await ask('theirs')
      expect(theirs, path).toEqual(await ask('nobody'))
      expect(theirs.text, path).not.toMatch(/secret (?:shop|app|sender|key)|secret\.type/i)
      if (theirs.status < 400) same.push(`${method} ${path}`)
    }
    expect(same.toSorted()).toEqual(WITHOUT_PROJECT)
    const header = await rig.call('GET', '/events', undefined, { ...bearing(key), 'hookloop-project': 'theirs' })
    expect(header.status).toBe(404)
  })

  it('SE15 may do nothing that is about the whole installation', async () => {
    const wide = ROUTES.filter(({ access }) => access.reach === 'installation')
    expect(wide.map(({ path }) => path)).toEqual(expect.arrayContaining(['/projects', '/account', '/backups']))
    for (const route of wide) expect(await answer(route, 'x'), route.path).toContain('"code":"forbidden"')
  })

  it('SE15 sees its own project where none is named, and nothing of others in any list', async () => {
    const status = await asKey('GET', '/events')
    expect(await status.json()).toMatchObject({ items: [] })
    const listed = await Promise.all(
      ['/projects', '/keys', '/sources', '/endpoints', '/events', '/deliveries', '/replays', '/event-types'].map(
        async (path) => (await asKey('GET', path)).text(),
      ),
    )
    for (const id of foreign) for (const text of listed) expect(text.includes(id), id).toBe(false)
  })

  it('SE15 reaches nothing of another project by an id inside of what it sends', async () => {
    const [sourceId, endpointId, eventId, replayId] = foreign as [string, string, string, string]
    const mine = (await (
      await rig.call('POST', '/events', { type: 'a', data: 1 }, { 'hookloop-project': 'mine' })
    ).json()) as { id: string }
    const bodies = [
      ['/replays', { eventIds: [eventId], url: 'http://127.0.0.1:9/' }],
      ['/replays', { eventIds: [mine.id], endpointIds: [endpointId] }],
      ['/trigger', { provider: 'crawlux', type: 'audit.completed', endpointId }],
      ['/trigger', { provider: 'theirs-sender', type: 'secret.type', url: 'http://127.0.0.1:9/' }],
      ['/event-types', { provider: 'theirs-sender', name: 'x', sample: {} }],
      ['/keys', { name: 'x', scopes: ['events:read'], project: 'theirs' }],
      ['/projects', { name: 'x', slug: 'x' }],
    ] as const
    for (const [path, body] of bodies) {
      const response = await asKey('POST', path, body)
      expect([403, 404], `${path} ${response.status}`).toContain(response.status)
      expect(await response.text()).not.toContain('Secret')
    }
    for (const query of [`eventId=${eventId}`, `endpointId=${endpointId}`, `replayId=${replayId}`]) {
      expect(await (await asKey('GET', `/deliveries?${query}`)).json(), query).toMatchObject({ items: [] })
    }
    expect((await asKey('GET', `/events?source=${sourceId}`)).status).toBe(404)
    expect((await asKey('GET', '/event-types?provider=theirs-sender')).status).toBe(404)
  })
})

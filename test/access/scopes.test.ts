import { createRouterClient, ORPCError, traverseContractProcedures } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Access } from '#shared/contract/base.ts'
import { contract } from '#shared/contract/index.ts'
import { Scope } from '#shared/model/scope.ts'
import { createRouter } from '#main/api/router.ts'
import type { Caller } from '#main/engine/engine.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'
import { silentLog } from '#test/support/silent-log.ts'
import { bearing, makeKey } from './key-calls.ts'

type Call = (input: unknown) => Promise<unknown>

interface Procedure {
  name: string
  method: string
  path: string
  access: Access
}

const PROCEDURES: Procedure[] = []
traverseContractProcedures({ router: contract, path: [] }, ({ contract: procedure, path }) => {
  const { route, meta } = procedure['~orpc']
  PROCEDURES.push({ name: path.join('.'), method: route.method!, path: route.path!, access: meta as Access })
})

/** What may be asked for beside the scope of a procedure, by what its input says. */
const BESIDE: ReadonlySet<Scope> = new Set(['deliveries:anywhere'])

describe('scopes', () => {
  let rig: ApiRig
  beforeAll(async () => {
    rig = await startApiRig()
  })
  afterAll(() => rig.stop())

  /** The procedures as a caller with these scopes reaches them. */
  function clientWith(scopes: Caller['scopes']) {
    const { engine, live, info } = rig
    const actor: Caller = { name: 'key:x', kind: 'key', keyId: null, address: null, scopes, projectId: null }
    const context = { engine, live, info, log: silentLog, actor, projectRef: null }
    return createRouterClient(createRouter(), { context })
  }

  /** Whether it is let through: what its empty input then comes to is another matter. */
  async function isLetThrough(client: ReturnType<typeof clientWith>, { name }: Procedure): Promise<boolean> {
    const call = name.split('.').reduce<unknown>((place, part) => (place as never)[part], client) as Call
    try {
      const answer = await call({})
      if (typeof answer === 'object' && answer && 'return' in answer) await (answer.return as () => Promise<void>)()
      return true
    } catch (error) {
      return !(error instanceof ORPCError && error.code === 'forbidden')
    }
  }

  it('SE15 CRL-1 lets every scope into exactly the procedures that ask for it', async () => {
    expect(PROCEDURES.length).toBeGreaterThan(50)
    for (const scope of Scope.options) {
      const client = clientWith(new Set([scope]))
      for (const procedure of PROCEDURES) {
        const isMeant = procedure.access.scope === null || procedure.access.scope === scope
        expect(await isLetThrough(client, procedure), `${scope} → ${procedure.name}`).toBe(isMeant)
      }
    }
  })

  it('SE15 lets all scopes but one into all procedures but those that ask for it', async () => {
    for (const scope of Scope.options) {
      const client = clientWith(new Set(Scope.options.filter((other) => other !== scope)))
      for (const procedure of PROCEDURES.filter(({ access }) => access.scope === scope)) {
        expect(await isLetThrough(client, procedure), `all but ${scope} → ${procedure.name}`).toBe(false)
      }
    }
  })

  it('CRL-1 says of every procedure what it asks for, and of every change how it is recorded', () => {
    const actions = PROCEDURES.flatMap(({ access }) => access.action ?? [])
    expect(actions.filter((action) => !/^[a-z_]+(?:\.[a-z_]+)+$/.test(action))).toEqual([])
    expect(PROCEDURES.filter(({ access }) => access.action === undefined)).toEqual([])
    expect(PROCEDURES.filter(({ access }) => access.scope === null).map(({ name }) => name)).toEqual(['caller'])
    expect([...BESIDE].filter((scope) => PROCEDURES.some(({ access }) => access.scope === scope))).toEqual([])
  })

  it('SE15 refuses over HTTP too, on both carriers, before it reads what is asked', async () => {
    const { secret } = await makeKey(rig, { scopes: ['sources:subscribe'] })
    for (const { name, method, path, access } of PROCEDURES) {
      if (access.scope === null || access.scope === 'sources:subscribe') continue
      const body = method === 'GET' ? undefined : { nonsense: true }
      const rest = await rig.call(method, path.replaceAll(/\{[^}]+\}/g, 'x'), body, bearing(secret))
      expect(rest.status, `${method} ${path}`).toBe(403)
      expect(await rest.text(), path).toContain(access.scope)
      const rpc = await fetch(`${rig.origin}/rpc/${name.replaceAll('.', '/')}`, {
        method: 'POST',
        headers: { ...bearing(secret), 'content-type': 'application/json' },
        body: '{}',
      })
      expect(rpc.status, name).toBe(403)
      await rpc.arrayBuffer()
    }
  })

  it('SE39 sends to a URL that is no saved endpoint only for `deliveries:anywhere`', async () => {
    const endpoint = await rig.call('POST', '/endpoints', {
      name: 'App',
      url: 'http://127.0.0.1:9/',
      eventTypes: ['*'],
    })
    const { id: endpointId } = (await endpoint.json()) as { id: string }
    const event = await rig.call('POST', '/events', { type: 'a', data: 1 })
    const eventIds = [((await event.json()) as { id: string }).id]
    const url = 'http://127.0.0.1:9/elsewhere'
    const trigger = { provider: 'crawlux', type: 'audit.completed' }
    const calls = [
      ['/replays', { eventIds, url }, { eventIds, endpointIds: [endpointId] }],
      ['/trigger', { ...trigger, url }, { ...trigger, endpointId }],
    ] as const
    const low = await makeKey(rig, { scopes: ['deliveries:write', 'events:write'] })
    const high = await makeKey(rig, { scopes: ['deliveries:write', 'events:write', 'deliveries:anywhere'] })
    for (const [path, anywhere, saved] of calls) {
      const refused = await rig.call('POST', path, anywhere, bearing(low.secret))
      expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('deliveries:anywhere')])
      expect((await rig.call('POST', path, saved, bearing(low.secret))).status, path).toBe(202)
      expect((await rig.call('POST', path, anywhere, bearing(high.secret))).status, path).toBe(202)
    }
    const alone = await makeKey(rig, { scopes: ['deliveries:anywhere'] })
    for (const [path, anywhere] of calls) {
      expect((await rig.call('POST', path, anywhere, bearing(alone.secret))).status, path).toBe(403)
    }
  })
})

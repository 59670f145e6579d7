import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openSqliteStore } from '#main/adapters/sqlite/sqlite-store.ts'
import { startApiRig, type ApiRig } from '#test/support/api-rig.ts'
import { createFakeLog } from '#test/support/fake-log.ts'

interface Answer {
  status: number
  body: { id: string; state: string; error?: { code: string; field?: string } } & Record<string, unknown>
}

const REFUSED = { status: 409, body: { error: { code: 'endpoint_limit', field: 'policy' } } }

async function startRig() {
  const directory = mkdtempSync(join(tmpdir(), 'hookloop-limit-'))
  // A store whose writes take a while, so that calls overlap.
  const store = openSqliteStore({ path: join(directory, 'hookloop.db'), log: createFakeLog() })
  const rig: ApiRig = await startApiRig({ parts: { store } })
  let slugs = 0

  async function json(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await rig.call(method, path, body)
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }

  /** A project of its own, with `active` endpoints under the limited policy. */
  async function project(active: number) {
    const slug = `p${++slugs}`
    await json('POST', '/projects', { name: slug, slug })
    const create = (fields: object = {}) =>
      json('POST', `/endpoints?project=${slug}`, {
        name: 'Widget',
        url: 'http://127.0.0.1:9/hook',
        policy: 'apifycloud',
        ...fields,
      })
    const ids: string[] = []
    for (let count = 0; count < active; count++) ids.push((await create()).body.id)
    return {
      slug,
      ids,
      create,
      change: (id: string, fields: object) => json('PATCH', `/endpoints/${id}?project=${slug}`, fields),
      does: (verb: string, id: string) => json('POST', `/endpoints/${id}/${verb}?project=${slug}`, {}),
      show: async (id: string) => (await json('GET', `/endpoints/${id}?project=${slug}`)).body,
    }
  }

  async function stop(): Promise<void> {
    await rig.stop()
    rmSync(directory, { recursive: true })
  }

  return { ...rig, json, project, stop }
}

let rig: Awaited<ReturnType<typeof startRig>>

beforeAll(async () => {
  rig = await startRig()
  return () => rig.stop()
})

describe('the limit of active endpoints', () => {
  it('APC-1 refuses the fourth, whether it is created, resumed, enabled or given the policy', async () => {
    const { create, change, does, show } = await rig.project(3)
    expect(await create()).toMatchObject(REFUSED)
    const paused = (await create({ enabled: false })).body.id
    const other = (await create({ policy: 'standard' })).body.id
    expect(await does('resume', paused)).toMatchObject(REFUSED)
    expect(await change(paused, { enabled: true, name: 'Renamed' })).toMatchObject(REFUSED)
    expect(await change(other, { policy: { preset: 'apifycloud', timeoutMs: 5_000 } })).toMatchObject(REFUSED)
    expect(await show(paused)).toMatchObject({ state: 'paused', name: 'Widget', version: 1 })
    expect(await show(other)).toMatchObject({ policy: { preset: 'standard' }, version: 1 })
  })

  it('APC-1 OPS-3 refuses to bring back a snapshot under the policy where no place is free', async () => {
    const { create, change, ids, slug } = await rig.project(1)
    const id = ids[0]!
    await change(id, { policy: 'standard', provider: 'none' })
    const snapshots = await rig.json('GET', `/endpoints/${id}/snapshots?project=${slug}`)
    const first = (snapshots.body['items'] as { id: string }[]).at(-1)!
    const last = [await create(), await create(), await create()].at(-1)!.body.id
    const back = () =>
      rig.json('POST', `/endpoints/${id}/rollback?project=${slug}`, { snapshotId: first.id, confirm: true })
    expect(await back()).toMatchObject(REFUSED)
    await change(last, { enabled: false })
    expect(await back()).toMatchObject({ status: 200 })
  })

  it('APC-1 has room again once one is paused, deleted or leaves the policy, and in another project', async () => {
    const { create, change, does, ids } = await rig.project(3)
    const waiting = (await create({ enabled: false })).body.id
    await does('pause', ids[0]!)
    expect(await does('resume', waiting)).toMatchObject({ status: 200 })
    expect(await does('resume', ids[0]!)).toMatchObject(REFUSED)
    await change(ids[1]!, { policy: 'standard', provider: 'none' })
    expect(await does('resume', ids[0]!)).toMatchObject({ status: 200 })
    expect(await change(ids[2]!, { name: 'Renamed while three are active' })).toMatchObject({ status: 200 })
    expect((await rig.project(3)).ids).toHaveLength(3)
  })

  it('APC-1 holds for calls at the same moment: of eight that create, three pass', async () => {
    const { create, ids, slug } = await rig.project(0)
    const answers = await Promise.all(Array.from({ length: 8 }, () => create()))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3)
    const refused = answers.filter(({ status }) => status !== 201)
    expect(refused).toEqual(refused.map(() => expect.objectContaining({ status: 409 })))
    expect(ids).toEqual([])
    const held = await rig.project(0)
    const paused = await Promise.all(Array.from({ length: 6 }, () => held.create({ enabled: false })))
    const resumed = await Promise.all(
      paused.map(({ body }, index) =>
        index % 2 === 0 ? held.does('resume', body.id) : held.change(body.id, { enabled: true }),
      ),
    )
    expect(resumed.filter(({ status }) => status === 200)).toHaveLength(3)
    const active = (await rig.json('GET', `/endpoints?project=${slug}`)).body['items'] as unknown[]
    expect(active).toHaveLength(3)
  })

  it('APC-1 is a setting of the project', async () => {
    const { create, slug } = await rig.project(3)
    expect(await rig.json('PATCH', `/projects/${slug}`, { activeEndpointLimit: 4 })).toMatchObject({
      status: 200,
      body: { activeEndpointLimit: 4 },
    })
    expect(await create()).toMatchObject({ status: 201 })
    expect(await create()).toMatchObject(REFUSED)
    expect(await rig.json('PATCH', `/projects/${slug}`, { activeEndpointLimit: 0 })).toMatchObject({
      status: 400,
      body: { error: { field: 'activeEndpointLimit' } },
    })
  })

  it('APC-1 keeps the place of one that its breaker paused and that comes back by itself', async () => {
    const { create, slug } = await rig.project(2)
    const probed = { preset: 'apifycloud', breaker: { consecutiveFailures: 1, probeAfterMs: 3_600_000 } }
    const { id } = (await create({ policy: probed, eventTypes: ['*'] })).body
    await rig.engine.start()
    const opened = Promise.withResolvers<void>()
    const end = rig.engine.changes.subscribe(() => {
      if (rig.engine.endpoints.find(rig.engine.projects.resolve(slug).id, id)?.pausedReason === 'breaker')
        opened.resolve()
    })
    onTestFinished(end)
    await rig.json('POST', `/events?project=${slug}`, { type: 'call_ended', data: {} })
    await opened.promise
    expect(await create()).toMatchObject(REFUSED)
  })

  it('APC-2 refuses a timeout above 10 s when it is set, and names the field', async () => {
    const { create, change, ids } = await rig.project(1)
    const refused = { status: 400, body: { error: { code: 'invalid_request', field: 'policy.timeoutMs' } } }
    expect(await create({ policy: { preset: 'apifycloud', timeoutMs: 10_001 } })).toMatchObject(refused)
    expect(await change(ids[0]!, { policy: { preset: 'apifycloud', timeoutMs: 10_001 } })).toMatchObject(refused)
    expect(await create({ policy: { preset: 'apifycloud', timeoutMs: 10_000 } })).toMatchObject({ status: 201 })
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry } from '#shared/model/audit.ts'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { type Store, StoreUnavailableError } from '#main/engine/ports.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'
import { EVERY_ENTRY } from '#test/support/every-entry.ts'

let rig: ApiRig
let store: Store
let seen = 0

beforeAll(async () => {
  store = createMemoryStore()
  rig = await startApiRig({ parts: { store } })
})
afterAll(() => rig.stop())
beforeEach(async () => {
  seen = (await rig.engine.audit.head())?.number ?? 0
})

/** What came on record since the test began, oldest first. */
async function fresh(): Promise<AuditEntry[]> {
  const { items } = await rig.engine.audit.list(EVERY_ENTRY)
  return items.filter(({ number }) => number > seen).toReversed()
}

async function created(path: string, body: object): Promise<{ id: string; projectId: string }> {
  const response = await rig.call('POST', path, body)
  expect(response.status, await response.clone().text()).toBe(201)
  return (await response.json()) as { id: string; projectId: string }
}

const fieldsOf = ({ detail }: AuditEntry) => detail.changes.map(({ field }) => field)

describe('Calls that change something', () => {
  it('SEC-5 go on record with who, from where, what, and how it ended', async () => {
    const endpoint = await created('/endpoints', { name: 'Orders', url: 'http://127.0.0.1:9/hook' })
    const [entry, ...more] = await fresh()
    expect(more).toEqual([])
    expect(entry).toMatchObject({
      actorName: 'token',
      actorKind: 'owner',
      keyId: null,
      address: '127.0.0.1',
      code: null,
      action: 'endpoint.create',
      targetId: endpoint.id,
      targetName: 'Orders',
      outcome: 'done',
      projectId: endpoint.projectId,
    })
    expect(entry!.detail.changes).toContainEqual({ field: 'url', before: undefined, after: 'http://127.0.0.1:9/hook' })
    expect(await store.audit.intents()).toEqual([])
  })

  it('SEC-5 name the fields that changed, with before and after of harmless ones', async () => {
    const { id } = await created('/endpoints', {
      name: 'Before',
      url: 'http://127.0.0.1:9/',
      headers: [['X-A', 'old']],
    })
    seen++
    const change = { name: 'After', url: 'http://127.0.0.1:9/', headers: [['Authorization', 'Bearer hush-hush']] }
    await rig.call('PATCH', `/endpoints/${id}`, { ...change, tls: { verify: false }, testMode: false })
    const [entry] = await fresh()
    expect(entry).toMatchObject({ action: 'endpoint.update', targetId: id, targetName: 'After' })
    expect(entry!.detail.changes).toEqual([
      { field: 'name', before: 'Before', after: 'After' },
      { field: 'tls.verify', before: true, after: false },
      { field: 'headers' },
    ])
  })

  it('SEC-5 never hold the value of a secret, nor what in a URL may be one', async () => {
    const secrets = { hush: 'the-hushed-value' }
    const url = 'https://127.0.0.1/T0KEN/0123456789abcdef0123/x?key=the-query-value'
    const body = { name: 'Secret', url, secrets, secret: 'whsec_dGhlLXNpZ25pbmctc2VjcmV0LXZhbHVl' }
    const { id } = await created('/endpoints', body)
    await rig.call('POST', `/endpoints/${id}/rotate-secret`, { secret: 'whsec_YW5vdGhlci1zaWduaW5nLXNlY3JldC12YWw=' })
    await rig.call('POST', '/replays', { eventIds: ['evt_none'], url: `${url}&b` })
    await rig.call('PATCH', '/projects/default', { notificationUrl: url })
    const source = { name: 'S', slug: 'secret-source', provider: 'meta', secrets: ['the-meta-secret'] }
    await created('/sources', { ...source, verifyToken: 'the-verify-token' })
    const text = JSON.stringify(await fresh())
    for (const leak of [
      'hushed',
      'pass-word',
      '0123456789abcdef',
      'query-value',
      'dGhl',
      'YW5v',
      'meta-sec',
      'verify-tok',
    ]) {
      expect(text).not.toContain(leak)
    }
    expect(text).toContain('https://127.0.0.1/T0KEN/***/x?key=***')
    const [create, rotate] = await fresh()
    expect(fieldsOf(create!)).toEqual(expect.arrayContaining(['secrets.hush', 'secret']))
    expect(rotate).toMatchObject({
      action: 'secret.rotate',
      targetName: 'Secret',
      detail: { facts: { overlapHours: 24 } },
    })
    expect((await fresh()).at(-1)).toMatchObject({ action: 'source.create', targetName: 'S' })
    expect(fieldsOf((await fresh()).at(-1)!)).toEqual(expect.arrayContaining(['secrets', 'verifyToken']))
    await rig.call('PATCH', '/projects/default', { notificationUrl: null })
  })

  it('SEC-5 tell of what is gone by its name, and how much went with it', async () => {
    const { id } = await created('/endpoints', { name: 'Gone', url: 'http://127.0.0.1:9/' })
    seen++
    await rig.call('POST', `/endpoints/${id}/pause`, {})
    await rig.call('POST', `/endpoints/${id}/resume`, { held: 'discard' })
    await rig.call('DELETE', `/endpoints/${id}`)
    const [paused, resumed, deleted] = await fresh()
    expect(paused).toMatchObject({ action: 'endpoint.pause', targetName: 'Gone', detail: { facts: { held: 0 } } })
    expect(paused!.detail.changes).toContainEqual({ field: 'pausedReason', before: null, after: 'manual' })
    expect(resumed!.detail.facts).toEqual({ held: 'discard', released: 0, discarded: 0 })
    expect(deleted).toMatchObject({ targetId: id, targetName: 'Gone', detail: { facts: { canceled: 0 } } })
  })

  it('SEC-5 go on record where they are refused, and not where they were not understood', async () => {
    await rig.call('DELETE', '/endpoints/end_none')
    await rig.call('POST', '/endpoints', { name: 'No URL' })
    await rig.call('POST', '/endpoints', { name: 'Bad URL', url: 'ftp://127.0.0.1' })
    await rig.call('GET', '/endpoints')
    const entries = await fresh()
    expect(entries).toHaveLength(1)
    expect(entries[0]).toMatchObject({
      action: 'endpoint.delete',
      targetId: 'end_none',
      outcome: 'refused',
      code: 'not_found',
      detail: {
        changes: [],
        facts: {},
      },
    })
    expect(await store.audit.intents()).toEqual([])
  })

  it('SEC-5 leave events to themselves: what sends one is not on record a second time', async () => {
    expect((await rig.call('POST', '/events', { type: 'a.b', data: {} })).ok).toBe(true)
    expect(await fresh()).toEqual([])
  })

  it('SE37 cut and escape names that would pass for more than a name', async () => {
    const name = `x\u001b[31m\r\n2 token endpoint.delete ${'y'.repeat(60)}`
    await rig.call('POST', '/projects', { name, slug: 'odd' })
    await rig.call('DELETE', `/endpoints/${encodeURIComponent(`end\n${'z'.repeat(100_000)}`)}`)
    const [entry] = await fresh()
    expect(entry!.targetName).toMatch(/^x\\u001b\[31m\\u000d\\u000a2 token/)
    expect((await fresh()).every(({ targetId }) => targetId!.length <= 300)).toBe(true)
  })
})

describe('Keys', () => {
  it('SEC-5 are named by their id with what they did and what they were refused, and their text is nowhere', async () => {
    const scopes = ['endpoints:read', 'endpoints:write']
    const made = await rig.call('POST', '/keys', { name: 'ci', scopes, project: 'default' })
    const { id, secret } = (await made.json()) as { id: string; secret: string }
    const key = { authorization: `Bearer ${secret}` }
    await rig.call('POST', '/endpoints', { name: 'By a key', url: 'http://127.0.0.1:9/' }, key)
    for (let tries = 0; tries < 3; tries++) await rig.call('DELETE', '/sources/inbox', undefined, key)
    await rig.call('PATCH', `/keys/${id}`, { scopes: ['endpoints:read'] })
    const [create, endpoint, refused, update, ...more] = await fresh()
    expect(more).toEqual([])
    expect(create).toMatchObject({ action: 'key.create', actorKind: 'owner', targetId: id, targetName: 'ci' })
    expect(endpoint).toMatchObject({ action: 'endpoint.create', actorName: 'key:ci', actorKind: 'key', keyId: id })
    expect(refused).toMatchObject({
      action: 'source.delete',
      targetId: 'inbox',
      outcome: 'refused',
      code: 'forbidden',
      keyId: id,
      detail: { facts: { lacks: 'sources:write' } },
    })
    expect(update!.detail.changes).toEqual([{ field: 'scopes', before: scopes, after: ['endpoints:read'] }])
    expect(JSON.stringify(await fresh())).not.toContain(secret)
  })

  it('SE13 are on record with each try to see a secret, also those that lack the scope', async () => {
    const made = await rig.call('POST', '/keys', { name: 'curious', scopes: ['endpoints:read'] })
    const { secret } = (await made.json()) as { secret: string }
    await created('/endpoints', { name: 'Guarded', url: 'http://127.0.0.1:9/' })
    const listed = (await (await rig.call('GET', '/secrets')).json()) as { items: { id: string; place: object }[] }
    const { id } = listed.items.find(({ place }) => 'name' in place && place.name === 'Guarded')!
    seen = (await rig.engine.audit.head())!.number
    for (let tries = 0; tries < 2; tries++) {
      await rig.call('POST', `/secrets/${id}/reveal`, {}, { authorization: `Bearer ${secret}` })
      await rig.call('POST', `/secrets/${id}/reveal`, {})
    }
    const tries = (await fresh()).map(({ actorName, action, outcome, code }) => [actorName, action, outcome, code])
    expect(tries).toEqual([
      ['key:curious', 'secret.reveal', 'refused', 'forbidden'],
      ['token', 'secret.reveal', 'done', null],
      ['key:curious', 'secret.reveal', 'refused', 'forbidden'],
      ['token', 'secret.reveal', 'refused', 'already_revealed'],
    ])
    expect((await fresh()).every(({ targetId }) => targetId === id)).toBe(true)
    expect(JSON.stringify(await fresh())).not.toContain('whsec')
  })
})

describe('A storage that fails', () => {
  it('SEC-5 lets no change happen whose beginning could not be kept', async () => {
    const bent = { ...store.audit, intend: () => Promise.reject(new StoreUnavailableError('the disk is full')) }
    const full = await startApiRig({ parts: { store: { ...store, audit: bent } } })
    const response = await full.call('POST', '/endpoints', { name: 'Unrecorded', url: 'http://127.0.0.1:9/' })
    expect(response.status).toBe(503)
    const listed = await (await full.call('GET', '/endpoints')).text()
    expect(listed).not.toContain('Unrecorded')
    await full.stop()
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import type { KeyView } from '#shared/contract/access/keys.ts'
import { type ApiRig, startApiRig } from '#test/support/api-rig.ts'
import { createFakeClock, settle } from '#test/support/fake-clock.ts'
import { bearing, makeKey, statusWith, tryKey } from './key-calls.ts'

const HOUR_MS = 3_600_000

describe('API keys', () => {
  const clock = createFakeClock()
  const store = createMemoryStore()
  let rig: ApiRig
  beforeAll(async () => {
    rig = await startApiRig({ clock, parts: { clock, store } })
  })
  afterAll(() => rig.stop())

  const inHours = (hours: number) => new Date(clock.now() + hours * HOUR_MS).toISOString()

  async function refusal(response: Response) {
    const { error } = (await response.json()) as { error: { code: string; field?: string; message: string } }
    return { status: response.status, ...error }
  }

  it('CRL-1 shows the text of a key once, and keeps a hash of it alone', async () => {
    const { secret, ...key } = await makeKey(rig, { name: 'Nightly', owner: 'Ada', expiresAt: inHours(1) })
    expect(secret).toMatch(/^hlk_[0-9a-z]{10}_[0-9a-z]{32}$/)
    expect(key).toMatchObject({ prefix: secret.slice(0, 14), name: 'Nightly', owner: 'Ada', state: 'active' })
    expect(key).toMatchObject({ scopes: ['events:read'], project: null, quotaPerMinute: null, lastUsedAt: null })
    const listed = await (await rig.call('GET', '/keys')).text()
    expect(listed).toContain(key.id)
    expect(listed).not.toContain(secret.slice(15))
    expect(await (await rig.call('GET', `/keys/${key.id}`)).json()).toEqual(key)
    const [kept] = await store.keys.list()
    expect(JSON.stringify(kept)).not.toContain(secret.slice(15))
    expect(kept!.hash).toHaveLength(32)
  })

  it('CRL-1 lets a key do what its scopes say and nothing else, and says which one is missing', async () => {
    const { secret } = await makeKey(rig, { name: 'Reader' })
    expect(await statusWith(rig, secret, '/events')).toBe(200)
    const refused = await refusal(await rig.call('GET', '/endpoints', undefined, bearing(secret)))
    expect(refused).toMatchObject({
      status: 403,
      code: 'forbidden',
      message: expect.stringContaining('`endpoints:read`'),
    })
    const caller = await (await rig.call('GET', '/caller', undefined, bearing(secret))).json()
    expect(caller).toMatchObject({ kind: 'key', name: 'key:Reader', scopes: ['events:read'], project: null })
    expect(await (await rig.call('GET', '/caller')).json()).toMatchObject({ kind: 'owner', keyId: null })
  })

  it('CRL-1 refuses what is no key, naming the field', async () => {
    const wrong = [
      [{ name: ' ' }, 'name'],
      [{ scopes: [] }, 'scopes'],
      [{ scopes: ['events:everything' as never] }, 'scopes.0'],
      [{ expiresAt: inHours(-1) }, 'expiresAt'],
      [{ quotaPerMinute: 0 }, 'quotaPerMinute'],
      [{ owner: '' }, 'owner'],
    ] as const
    for (const [input, field] of wrong) {
      expect(await refusal(await tryKey(rig, input as never)), field).toMatchObject({ status: 400, field })
    }
    expect(await refusal(await tryKey(rig, { project: 'nope' }))).toMatchObject({ status: 404, field: 'project' })
    expect(await refusal(await rig.call('GET', '/keys/key_nope'))).toMatchObject({ status: 404 })
  })

  it('CRL-1 lets no key give more than it has: scopes, project, expiry, quota', async () => {
    await rig.call('POST', '/projects', { name: 'Shop', slug: 'shop' })
    const scopes = ['keys:write', 'keys:read', 'events:read'] as const
    const maker = await makeKey(rig, { scopes: [...scopes], expiresAt: inHours(2), quotaPerMinute: 1_000 })
    const fits = { expiresAt: inHours(2), quotaPerMinute: 10 }
    const beyond = [
      [{ ...fits, scopes: ['events:read', 'events:write'] }, 'scopes'],
      [{ ...fits, expiresAt: inHours(3) }, 'expiresAt'],
      [{ ...fits, expiresAt: null }, 'expiresAt'],
      [{ ...fits, quotaPerMinute: null }, 'quotaPerMinute'],
      [{ ...fits, quotaPerMinute: 1_001 }, 'quotaPerMinute'],
    ] as const
    for (const [input, field] of beyond) {
      expect(await refusal(await tryKey(rig, input as never, maker.secret))).toMatchObject({ status: 403, field })
    }
    const made = await makeKey(rig, fits, maker.secret)
    expect(made).toMatchObject({ createdBy: 'key:CI', owner: 'key:CI' })

    const bound = await makeKey(rig, { scopes: [...scopes], project: 'shop' })
    expect(await makeKey(rig, {}, bound.secret)).toMatchObject({ project: 'shop' })
    expect(await refusal(await tryKey(rig, { project: null }, bound.secret))).toMatchObject({ field: 'project' })
    expect(await refusal(await tryKey(rig, { project: 'default' }, bound.secret))).toMatchObject({ status: 404 })
  })

  it('CRL-1 lets no key change or rotate one that may do more than itself, nor raise itself', async () => {
    const strong = await makeKey(rig, { scopes: ['keys:write', 'events:read', 'secrets:reveal'] })
    const weak = await makeKey(rig, { scopes: ['keys:write', 'events:read'] })
    const by = bearing(weak.secret)
    expect((await rig.call('PATCH', `/keys/${strong.id}`, { name: 'Mine' }, by)).status).toBe(403)
    expect((await rig.call('POST', `/keys/${strong.id}/rotate`, {}, by)).status).toBe(403)
    const raised = await rig.call('PATCH', `/keys/${weak.id}`, { scopes: [...strong.scopes] }, by)
    expect(await refusal(raised)).toMatchObject({ status: 403, field: 'scopes' })
    expect((await rig.call('DELETE', `/keys/${strong.id}`, undefined, by)).status).toBe(200)
    expect(await statusWith(rig, strong.secret)).toBe(401)
  })

  it('CRL-1 changes what a key may do from the next request on', async () => {
    const { id, secret } = await makeKey(rig, { scopes: ['events:read', 'sources:read'], expiresAt: inHours(1) })
    const change = { scopes: ['sources:read'], name: 'Sources', owner: 'Bo', expiresAt: null, quotaPerMinute: 500 }
    expect(await (await rig.call('PATCH', `/keys/${id}`, change)).json()).toMatchObject(change)
    expect(await statusWith(rig, secret, '/events')).toBe(403)
    expect(await statusWith(rig, secret, '/sources')).toBe(200)
  })

  it('SE14 refuses the old text after a rotation, at once or when the overlap is over', async () => {
    const first = await makeKey(rig)
    const rotate = async (overlapHours: number) => {
      const response = await rig.call('POST', `/keys/${first.id}/rotate`, { overlapHours })
      return (await response.json()) as KeyView & { secret: string }
    }
    const second = await rotate(0)
    expect([await statusWith(rig, first.secret), await statusWith(rig, second.secret)]).toEqual([401, 200])
    const third = await rotate(1)
    expect(third.previousUntil).toBe(inHours(1))
    expect([await statusWith(rig, second.secret), await statusWith(rig, third.secret)]).toEqual([200, 200])
    const fourth = await rotate(1)
    expect([await statusWith(rig, second.secret), await statusWith(rig, third.secret)]).toEqual([401, 200])
    await clock.advance(HOUR_MS)
    expect([await statusWith(rig, third.secret), await statusWith(rig, fourth.secret)]).toEqual([401, 200])
  })

  it('CRL-1 ends a key at its time, and when it is revoked, for good', async () => {
    const timed = await makeKey(rig, { expiresAt: inHours(1) })
    const other = await makeKey(rig)
    expect(await statusWith(rig, timed.secret)).toBe(200)
    await clock.advance(HOUR_MS)
    expect(await statusWith(rig, timed.secret)).toBe(401)
    expect(await (await rig.call('GET', `/keys/${timed.id}`)).json()).toMatchObject({ state: 'expired' })

    const revoked = (await (await rig.call('DELETE', `/keys/${other.id}`)).json()) as KeyView
    expect(revoked).toMatchObject({ state: 'revoked', revokedAt: new Date(clock.now()).toISOString() })
    expect(await statusWith(rig, other.secret)).toBe(401)
    expect(await (await rig.call('DELETE', `/keys/${other.id}`)).json()).toEqual(revoked)
    for (const [method, path] of [
      ['PATCH', ''],
      ['POST', '/rotate'],
    ] as const) {
      expect(await refusal(await rig.call(method, `/keys/${other.id}${path}`, {}))).toMatchObject({ status: 409 })
    }
  })

  it('CRL-1 lists a revoked key for 90 days more, and then forgets it', async () => {
    const [early, late] = [await makeKey(rig, { name: 'early' }), await makeKey(rig, { name: 'late' })]
    await rig.call('DELETE', `/keys/${early.id}`)
    await clock.advance(90 * 24 * HOUR_MS)
    expect(await (await rig.call('GET', `/keys/${early.id}`)).json()).toMatchObject({ state: 'revoked' })
    await clock.advance(1)
    await rig.call('DELETE', `/keys/${late.id}`)
    expect((await rig.call('GET', `/keys/${early.id}`)).status).toBe(404)
    expect((await store.keys.list()).map(({ key }) => key.name)).not.toContain('early')
    expect(await (await rig.call('GET', `/keys/${late.id}`)).json()).toMatchObject({ state: 'revoked' })
  })

  it('CRL-1 tells at once when and whence a key was used, and writes it down once for many uses', async () => {
    const { id, secret } = await makeKey(rig)
    const written: number[] = []
    const { used } = store.keys
    store.keys.used = (uses) => {
      written.push(uses.filter((use) => use.id === id).length)
      return used(uses)
    }
    for (let count = 0; count < 5; count += 1) await statusWith(rig, secret)
    const lastUsedAt = new Date(clock.now()).toISOString()
    const shown = (await (await rig.call('GET', `/keys/${id}`)).json()) as KeyView
    expect(shown).toMatchObject({ lastUsedAt, lastUsedFrom: '127.0.0.1' })
    expect(written).toEqual([])
    await clock.advance(5_000)
    expect(written).toEqual([1])
    const kept = (await store.keys.list()).find(({ key }) => key.id === id)
    expect(kept!.key).toMatchObject({ lastUsedAt: Date.parse(lastUsedAt), lastUsedFrom: '127.0.0.1' })
    store.keys.used = used
  })

  it('CRL-1 makes ten keys at once, and loses none of their changes', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => makeKey(rig)))
    expect(new Set(made.map(({ prefix }) => prefix)).size).toBe(10)
    const { id } = made[0]!
    const { update } = store.keys
    store.keys.update = async (stored) => {
      await settle(3)
      return update(stored)
    }
    await Promise.all([
      rig.call('PATCH', `/keys/${id}`, { name: 'New' }),
      rig.call('PATCH', `/keys/${id}`, { owner: 'Bo' }),
    ])
    expect(await (await rig.call('GET', `/keys/${id}`)).json()).toMatchObject({ name: 'New', owner: 'Bo' })
    await Promise.all([rig.call('DELETE', `/keys/${id}`), rig.call('PATCH', `/keys/${id}`, { owner: 'Cy' })])
    expect(await (await rig.call('GET', `/keys/${id}`)).json()).toMatchObject({ name: 'New', state: 'revoked' })
    store.keys.update = update
  })
})

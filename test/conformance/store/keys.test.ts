import { expect, it } from 'vitest'
import type { ApiKey } from '#shared/model/api-key.ts'
import type { StoredKey } from '#main/engine/ports.ts'
import { onEveryStore } from './implementations.ts'
import { ids, NOW } from './records.ts'

function storedKey(change: Partial<ApiKey> = {}, previous: StoredKey['previous'] = null): StoredKey {
  const id = ids.next('key')
  const key: ApiKey = {
    id,
    name: 'CI',
    owner: 'Ada',
    scopes: ['events:read', 'workflows:run'],
    projectId: null,
    prefix: `hlk_${id.slice(-10).toLowerCase()}`,
    expiresAt: NOW + 60_000,
    quotaPerMinute: 600,
    createdAt: NOW,
    createdBy: 'tests',
    rotatedAt: null,
    previousUntil: null,
    lastUsedAt: null,
    lastUsedFrom: null,
    revokedAt: null,
    ...change,
  }
  return { key, hash: Uint8Array.of(0, 255, 10), previous }
}

onEveryStore('Keys', (open) => {
  it('CRL-1 keeps keys oldest first, of one project and of all', async () => {
    const { store, project } = await open()
    const first = storedKey()
    const previous = { prefix: 'hlk_0123456789', hash: Uint8Array.of(7) }
    const second = storedKey(
      { projectId: project.id, expiresAt: null, quotaPerMinute: null, previousUntil: NOW },
      previous,
    )
    await store.keys.create(first)
    await store.keys.create(second)
    expect(await store.keys.list()).toEqual([first, second])
  })

  it('CRL-1 changes what can change of a key, and leaves its maker and last use alone', async () => {
    const { store, project } = await open()
    const before = storedKey({ projectId: project.id })
    const other = storedKey()
    await store.keys.create(before)
    await store.keys.create(other)
    await store.keys.used([{ id: before.key.id, at: NOW + 5, from: '127.0.0.1' }])
    const change = {
      name: 'New',
      owner: 'Bo',
      scopes: ['audit:read'] as const,
      prefix: 'hlk_zzzzzzzzzz',
      expiresAt: null,
    }
    const more = { quotaPerMinute: 5, rotatedAt: NOW + 1, previousUntil: NOW + 2, revokedAt: NOW + 3 }
    const changed: StoredKey = {
      key: { ...before.key, ...change, ...more },
      hash: Uint8Array.of(1),
      previous: { prefix: before.key.prefix, hash: before.hash },
    }
    await store.keys.update({ ...changed, key: { ...changed.key, projectId: null, createdAt: 1, createdBy: 'x' } })
    const used = { lastUsedAt: NOW + 5, lastUsedFrom: '127.0.0.1' }
    expect(await store.keys.list()).toEqual([{ ...changed, key: { ...changed.key, ...used } }, other])
  })

  it('CRL-1 notes the last use of many keys in one step, and never an earlier one', async () => {
    const { store } = await open()
    const [one, two] = [storedKey(), storedKey()]
    await store.keys.create(one)
    await store.keys.create(two)
    await store.keys.used([
      { id: one.key.id, at: NOW + 9, from: '10.0.0.1' },
      { id: two.key.id, at: NOW + 1, from: null },
      { id: ids.next('key'), at: NOW, from: null },
    ])
    await store.keys.used([{ id: one.key.id, at: NOW + 8, from: '10.0.0.2' }])
    const uses = (await store.keys.list()).map(({ key }) => [key.lastUsedAt, key.lastUsedFrom])
    expect(uses).toEqual([
      [NOW + 9, '10.0.0.1'],
      [NOW + 1, null],
    ])
  })

  it('CRL-1 keeps the first hash key that is given, and no other', async () => {
    const { store } = await open()
    expect(await store.keys.hashKey()).toBeNull()
    expect(await store.keys.keepHashKey(Uint8Array.of(1, 2))).toEqual(Uint8Array.of(1, 2))
    expect(await store.keys.keepHashKey(Uint8Array.of(3))).toEqual(Uint8Array.of(1, 2))
    expect(await store.keys.hashKey()).toEqual(Uint8Array.of(1, 2))
  })

  it('CRL-1 forgets keys that were revoked long ago, and no other', async () => {
    const { store } = await open()
    const [old, late, whole] = [storedKey({ revokedAt: NOW - 1 }), storedKey({ revokedAt: NOW }), storedKey()]
    for (const key of [old, late, whole]) await store.keys.create(key)
    expect(await store.keys.forgetRevoked(NOW)).toEqual([old.key.id])
    expect(await store.keys.list()).toEqual([late, whole])
    expect(await store.keys.forgetRevoked(NOW)).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { createMemoryVault } from '#main/adapters/memory/memory-vault.ts'
import { systemRandom } from '#main/adapters/system/system-random.ts'
import { VaultLockedError } from '#main/engine/ports.ts'
import { createDataKeys } from '#main/engine/secrets/data-keys.ts'
import { createSecretKeeper, type SecretIdentity } from '#main/engine/secrets/secret-keeper.ts'
import { createFakeIds } from '#test/support/fake-ids.ts'

const ids = createFakeIds()
const NOW = 1_767_355_200_000

function setUp() {
  const { dataKeys: keys } = createMemoryStore()
  const vault = createMemoryVault()
  return { keys, vault, keeper: keeperOf({ keys, vault }) }
}

function keeperOf(parts: Pick<Parameters<typeof createDataKeys>[0], 'keys' | 'vault'>) {
  return createSecretKeeper(createDataKeys({ ...parts, random: systemRandom }))
}

function identity(change: Partial<SecretIdentity> = {}): SecretIdentity {
  const owner = { projectId: ids.next('prj'), endpointId: ids.next('end') }
  return { id: ids.next('sec'), ...owner, name: 'signing', version: 1, ...change }
}

describe('The secret keeper', () => {
  it('SEC-3 opens a secret in the place that it was sealed for', async () => {
    const { keeper } = setUp()
    const place = identity()
    const sealed = await keeper.seal(place, 'whsec_ünïcode')
    expect(Buffer.from(sealed).includes('whsec')).toBe(false)
    expect(await keeper.open({ ...place, sealed, createdAt: NOW, expiresAt: null })).toBe('whsec_ünïcode')
  })

  it.each([
    ['id', { id: ids.next('sec') }],
    ['endpoint', { endpointId: ids.next('end') }],
    ['version', { version: 2 }],
    ['name', { name: 'api-key' }],
  ])('DA01 refuses a sealed secret that was moved to another %s', async (_field, change) => {
    const { keeper } = setUp()
    const place = identity()
    const sealed = await keeper.seal(place, 'text')
    await expect(keeper.open({ ...place, sealed, createdAt: NOW, expiresAt: null, ...change })).rejects.toThrow(
      VaultLockedError,
    )
  })

  it.each([
    ['id', { id: ids.next('sec') }],
    ['source', { sourceId: ids.next('src') }],
  ])('DA01 refuses a source’s sealed secret that was moved to another %s', async (_field, change) => {
    const { keeper } = setUp()
    const place = { id: ids.next('sec'), projectId: ids.next('prj'), sourceId: ids.next('src') }
    const sealed = await keeper.seal(place, 'text')
    expect(await keeper.open({ ...place, role: 'signing', sealed, createdAt: NOW })).toBe('text')
    await expect(keeper.open({ ...place, role: 'signing', sealed, createdAt: NOW, ...change })).rejects.toThrow(
      'A secret of src_',
    )
  })

  it('DA01 refuses a secret given for one delivery that was moved to another', async () => {
    const { keeper } = setUp()
    const place = { projectId: ids.next('prj'), senderId: ids.next('snd') }
    const sealed = await keeper.seal(place, 'text')
    expect(await keeper.open({ ...place, sealed })).toBe('text')
    const moved = { ...place, senderId: ids.next('snd'), sealed }
    await expect(keeper.open(moved)).rejects.toThrow('The secret that was given for this delivery is damaged')
  })

  it('DA01 refuses a secret of another project, even where that one has a key', async () => {
    const { keeper } = setUp()
    const [place, other] = [identity(), identity()]
    const sealed = await keeper.seal(place, 'text')
    await keeper.seal(other, 'text')
    const moved = { ...place, projectId: other.projectId, sealed, createdAt: NOW, expiresAt: null }
    await expect(keeper.open(moved)).rejects.toThrow('is damaged')
  })

  it('makes one data key for a project, however many secrets are sealed at once', async () => {
    const { keeper, keys, vault } = setUp()
    const projectId = ids.next('prj')
    const places = Array.from({ length: 5 }, () => identity({ projectId }))
    const sealed = await Promise.all(places.map((place) => keeper.seal(place, 'text')))
    const afterRestart = keeperOf({ keys, vault })
    for (const [index, place] of places.entries()) {
      expect(await afterRestart.open({ ...place, sealed: sealed[index]!, createdAt: NOW, expiresAt: null })).toBe(
        'text',
      )
    }
  })

  it('DA03 says that the vault is locked, and opens again once it is not', async () => {
    const { keeper, keys, vault } = setUp()
    const place = identity()
    const secret = { ...place, sealed: await keeper.seal(place, 'text'), createdAt: NOW, expiresAt: null }
    let isLocked = true
    const locking = {
      ...vault,
      openKey: (...asked: Parameters<typeof vault.openKey>) =>
        isLocked ? Promise.reject(new VaultLockedError()) : vault.openKey(...asked),
    }
    const restarted = keeperOf({ keys, vault: locking })
    await expect(restarted.open(secret)).rejects.toThrow(VaultLockedError)
    isLocked = false
    expect(await restarted.open(secret)).toBe('text')
  })

  it('DA03 says so where the project has no key at all', async () => {
    const { keeper } = setUp()
    const secret = { ...identity(), sealed: Uint8Array.of(1, ...new Uint8Array(40)), createdAt: NOW, expiresAt: null }
    await expect(keeper.open(secret)).rejects.toThrow('must be entered again')
  })
})

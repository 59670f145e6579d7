import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createKeyfileVault } from '#main/adapters/keyfile/keyfile-vault.ts'
import { createMemoryVault } from '#main/adapters/memory/memory-vault.ts'
import { VaultLockedError, type Vault } from '#main/engine/ports.ts'
import * as aead from '#main/engine/secrets/aead.ts'
import { tempDirectory } from '#test/storage/temp-directory.ts'

const IMPLEMENTATIONS: readonly { name: string; open: () => Vault }[] = [
  { name: 'memory', open: createMemoryVault },
  { name: 'a key file', open: () => createKeyfileVault({ path: join(tempDirectory(), 'keys', 'master.key'), aead }) },
  {
    name: 'a key from the environment',
    open: () => createKeyfileVault({ path: '/nonexistent', key: randomBytes(32).toString('base64'), aead }),
  },
]

describe.each(IMPLEMENTATIONS)('The vault of $name', ({ open }) => {
  it('opens what it sealed, under the same context', async () => {
    const vault = open()
    const keys = [randomBytes(32), randomBytes(32)].map((key) => new Uint8Array(key))
    const sealed = await Promise.all(keys.map((key, index) => vault.sealKey(key, `project-${index}`)))
    expect(await vault.openKey(sealed[1]!, 'project-1')).toEqual(keys[1])
    expect(await vault.openKey(sealed[0]!, 'project-0')).toEqual(keys[0])
  })

  it('refuses another context', async () => {
    const vault = open()
    const sealed = await vault.sealKey(new Uint8Array(32), 'project-1')
    await expect(vault.openKey(sealed, 'project-2')).rejects.toThrow(VaultLockedError)
  })

  it('refuses what another vault sealed', async () => {
    const sealed = await open().sealKey(new Uint8Array(32), 'project-1')
    const other = open()
    await other.sealKey(new Uint8Array(32).fill(1), 'project-2')
    await expect(other.openKey(sealed, 'project-1')).rejects.toThrow(VaultLockedError)
  })
})

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Keychain } from '#main/adapters/keyfile/key-keeping.ts'
import { createKeyfileVault, type KeyfileVaultOptions } from '#main/adapters/keyfile/keyfile-vault.ts'
import { VaultLockedError } from '#main/engine/ports.ts'
import * as aead from '#main/engine/secrets/aead.ts'
import { tempDirectory } from './temp-directory.ts'

const dataKey = new Uint8Array(32).fill(9)
const PASSPHRASE = 'correct horse battery staple'

/** One that inverts bytes; `state.problem` says why it does not work. */
function keychainWith(state: { problem: string | null } = { problem: null }): Keychain {
  const inverted = async (bytes: Uint8Array) => bytes.map((byte) => byte ^ 0xff)
  return { problem: async () => state.problem, seal: inverted, open: inverted }
}

/** One whose passphrases are cheap to guess, and to try. */
const open = (options: KeyfileVaultOptions) => createKeyfileVault({ costLog2: 10, ...options })

const place = (): string => join(tempDirectory(), 'keys', 'master.key')

describe('The keeper of the master key', () => {
  it('SEC-3 SE32 a keychain seals a new key, which is nowhere in the file', async () => {
    const path = place()
    const keychain = keychainWith()
    const sealed = await open({ path, aead, keychain }).sealKey(dataKey, 'project')
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ keptBy: 'keychain', sealed: expect.any(String) as string })
    const again = open({ path, aead, keychain })
    expect(await again.openKey(sealed, 'project')).toEqual(dataKey)
    expect(await again.keyState()).toMatchObject({ keptBy: 'keychain', asks: null, keychainProblem: null })
  })

  it('SE32 a keychain that protects nothing is not used: nothing is sealed until a passphrase is chosen', async () => {
    const path = place()
    const keychain = keychainWith({ problem: 'This desktop has no keyring that protects a key.' })
    const vault = open({ path, aead, keychain })
    expect(await vault.keyState()).toEqual({
      keptBy: null,
      asks: 'new_passphrase',
      offers: ['passphrase', 'key_file'],
      keychainProblem: 'This desktop has no keyring that protects a key.',
    })
    await expect(vault.sealKey(dataKey, 'project')).rejects.toThrow('no keyring that protects')
    await expect(vault.keepKey({ by: 'keychain' })).rejects.toThrow(VaultLockedError)
    await vault.keepKey({ by: 'passphrase', passphrase: PASSPHRASE })
    const sealed = await vault.sealKey(dataKey, 'project')
    expect(readFileSync(path, 'utf8')).not.toContain(PASSPHRASE)
    expect(await vault.openKey(sealed, 'project')).toEqual(dataKey)
  })

  it('SE32 after a start, a passphrase opens what it keeps, and no other one does', async () => {
    const path = place()
    const first = createKeyfileVault({ path, aead })
    await first.keepKey({ by: 'passphrase', passphrase: PASSPHRASE })
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ costLog2: 17 })
    const sealed = await first.sealKey(dataKey, 'project')

    const vault = open({ path, aead })
    expect(await vault.keyState()).toMatchObject({ keptBy: 'passphrase', asks: 'passphrase' })
    await expect(vault.openKey(sealed, 'project')).rejects.toThrow('passphrase of the vault was not entered')
    expect(await vault.unlock('correct horse battery stapler')).toBe(false)
    expect(await vault.unlock(PASSPHRASE.normalize('NFD'))).toBe(true)
    expect(await vault.openKey(sealed, 'project')).toEqual(dataKey)
    expect(await vault.keyState()).toMatchObject({ asks: null })
  })

  it('SE32 a keychain that is locked is named, and opens once it is back', async () => {
    const path = place()
    const state = { problem: null as string | null }
    const sealed = await open({ path, aead, keychain: keychainWith(state) }).sealKey(dataKey, 'project')
    state.problem = 'The keychain is locked or not available.'
    const vault = open({ path, aead, keychain: keychainWith(state) })
    await expect(vault.openKey(sealed, 'project')).rejects.toThrow('The keychain is locked or not available.')
    expect(await vault.keyState()).toMatchObject({ keptBy: 'keychain', asks: null })
    state.problem = null
    expect(await vault.openKey(sealed, 'project')).toEqual(dataKey)
  })

  it('SE32 a keychain that refuses the key is named, as after an update that it does not know', async () => {
    const path = place()
    const sealed = await open({ path, aead, keychain: keychainWith() }).sealKey(dataKey, 'project')
    const keychain = { ...keychainWith(), open: () => Promise.reject(new Error('denied')) }
    const opening = open({ path, aead, keychain }).openKey(sealed, 'project')
    await expect(opening).rejects.toThrow('The keychain does not give the key')
  })

  it('SEC-3 a host without a keychain says who has the key, and makes no second one', async () => {
    const path = place()
    const sealed = await open({ path, aead, keychain: keychainWith() }).sealKey(dataKey, 'project')
    const text = readFileSync(path, 'utf8')
    const relay = open({ path, aead })
    await expect(relay.openKey(sealed, 'project')).rejects.toThrow('sealed by the keychain of the desktop app')
    await expect(relay.sealKey(dataKey, 'other')).rejects.toThrow(VaultLockedError)
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  it('SEC-3 the key goes from one keeper to another, and opens all the same', async () => {
    const path = place()
    const keychain = keychainWith()
    const vault = open({ path, aead, keychain })
    const sealed = await vault.sealKey(dataKey, 'project')
    for (const keeper of [
      { by: 'key_file' },
      { by: 'passphrase', passphrase: PASSPHRASE },
      { by: 'keychain' },
    ] as const) {
      await vault.keepKey(keeper)
      expect(await vault.keyState()).toMatchObject({ keptBy: keeper.by })
      expect(await vault.openKey(sealed, 'project')).toEqual(dataKey)
    }
  })

  it('SEC-3 a new master key is kept as the one before, by keychain and passphrase alike', async () => {
    for (const keeper of [{ by: 'keychain' }, { by: 'passphrase', passphrase: PASSPHRASE }] as const) {
      const path = place()
      const vault = open({ path, aead, keychain: keychainWith() })
      await vault.keepKey(keeper)
      const before = readFileSync(path, 'utf8')
      await vault.beginRenewal()
      expect(await vault.isRenewing()).toBe(true)
      const sealed = await vault.sealKey(dataKey, 'project')
      await vault.endRenewal()
      expect(readFileSync(path, 'utf8')).not.toBe(before)
      expect(await vault.keyState()).toMatchObject({ keptBy: keeper.by, asks: null })
      expect(await vault.openKey(sealed, 'project')).toEqual(dataKey)
    }
  })

  it.each([
    '{"keptBy":"nobody"}',
    '{"keptBy":"keychain"',
    '{"keptBy":"passphrase","costLog2":40,"salt":"","sealed":""}',
  ])('SEC-3 a sealed key that cannot be read is refused by name and never overwritten: %s', async (text) => {
    const path = place()
    await open({ path, aead }).sealKey(dataKey, 'project')
    writeFileSync(path, text)
    const vault = open({ path, aead })
    await expect(vault.sealKey(dataKey, 'project')).rejects.toThrow(`The key file ${path} holds a sealed key`)
    await expect(vault.keepKey({ by: 'key_file' })).rejects.toThrow(VaultLockedError)
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  it('a key from the environment stays there', async () => {
    const key = Buffer.alloc(32, 1).toString('base64')
    const vault = open({ path: '/nonexistent', key, aead, keychain: keychainWith() })
    expect(await vault.keyState()).toEqual({ keptBy: 'environment', asks: null, offers: [], keychainProblem: null })
    await expect(vault.keepKey({ by: 'keychain' })).rejects.toThrow('HOOKLOOP_KEY')
    await expect(vault.unlock(PASSPHRASE)).rejects.toThrow(VaultLockedError)
  })
})

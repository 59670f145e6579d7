import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createKeyfileVault } from '#main/adapters/keyfile/keyfile-vault.ts'
import { VaultLockedError } from '#main/engine/ports.ts'
import * as aead from '#main/engine/secrets/aead.ts'
import { tempDirectory } from './temp-directory.ts'

const dataKey = new Uint8Array(32).fill(9)

function place(): { path: string; directory: string } {
  const directory = join(tempDirectory(), 'config', 'keys')
  return { directory, path: join(directory, 'master.key') }
}

describe('The key file', () => {
  it('SEC-3 is made when the first key is sealed, for its owner only', async () => {
    const { path, directory } = place()
    const vault = createKeyfileVault({ path, aead })
    expect(existsSync(path)).toBe(false)
    await vault.sealKey(dataKey, 'project')
    expect(readFileSync(path, 'utf8')).toMatch(/^[A-Za-z0-9+/]{43}=\n$/)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(directory).mode & 0o777).toBe(0o700)
  })

  it('opens after a restart what was sealed before', async () => {
    const { path } = place()
    const sealed = await createKeyfileVault({ path, aead }).sealKey(dataKey, 'project')
    expect(await createKeyfileVault({ path, aead }).openKey(sealed, 'project')).toEqual(dataKey)
  })

  it('gives way to a key from the environment, which is the same text', async () => {
    const { path } = place()
    const sealed = await createKeyfileVault({ path, aead }).sealKey(dataKey, 'project')
    const key = readFileSync(path, 'utf8')
    expect(await createKeyfileVault({ path: '/nonexistent', key, aead }).openKey(sealed, 'project')).toEqual(dataKey)
  })

  it('DA03 that is lost is named, and no new one is made for old secrets', async () => {
    const { path } = place()
    const sealed = await createKeyfileVault({ path: join(tempDirectory(), 'old.key'), aead }).sealKey(
      dataKey,
      'project',
    )
    const opening = createKeyfileVault({ path, aead }).openKey(sealed, 'project')
    await expect(opening).rejects.toThrow(VaultLockedError)
    await expect(opening).rejects.toThrow(path)
    expect(existsSync(path)).toBe(false)
  })

  it('DA03 of another installation is named as the wrong one', async () => {
    const { path } = place()
    await createKeyfileVault({ path, aead }).sealKey(dataKey, 'project')
    const sealed = await createKeyfileVault({ path: join(tempDirectory(), 'old.key'), aead }).sealKey(
      dataKey,
      'project',
    )
    await expect(createKeyfileVault({ path, aead }).openKey(sealed, 'project')).rejects.toThrow(
      'is not the key that sealed',
    )
  })

  it.each([
    ['empty', ''],
    ['short', Buffer.alloc(16).toString('base64')],
    ['long', Buffer.alloc(48).toString('base64')],
    ['garbled', `${'*'.repeat(43)}=`],
    ['two lines', `${Buffer.alloc(32).toString('base64')}\n${Buffer.alloc(32).toString('base64')}`],
  ])('that is %s is refused by name and never overwritten', async (_kind, text) => {
    const { path, directory } = place()
    mkdirSync(directory, { recursive: true })
    writeFileSync(path, text, { mode: 0o600 })
    const sealing = createKeyfileVault({ path, aead }).sealKey(dataKey, 'project')
    await expect(sealing).rejects.toThrow(VaultLockedError)
    await expect(sealing).rejects.toThrow(path)
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  it('that other users can read is refused with the command that mends it', async () => {
    const { path, directory } = place()
    mkdirSync(directory, { recursive: true })
    writeFileSync(path, randomBytes(32).toString('base64'))
    chmodSync(path, 0o644)
    await expect(createKeyfileVault({ path, aead }).sealKey(dataKey, 'p')).rejects.toThrow(`chmod 600 "${path}"`)
  })

  it('that cannot be made is named with the reason', async () => {
    const file = join(tempDirectory(), 'file')
    writeFileSync(file, '')
    const sealing = createKeyfileVault({ path: join(file, 'master.key'), aead }).sealKey(dataKey, 'project')
    await expect(sealing).rejects.toThrow(VaultLockedError)
    await expect(sealing).rejects.toThrow('master.key')
  })

  it.each(['', 'c2hvcnQ=', 'not base64'])('from the environment is checked at once and never shown: “%s”', (key) => {
    expect(() => createKeyfileVault({ path: '/nonexistent', key, aead })).toThrow('HOOKLOOP_KEY does not hold a key')
  })
})

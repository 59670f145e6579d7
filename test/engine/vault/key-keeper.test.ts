import { expect, it } from 'vitest'
import { createVaultRig } from './vault-rig.ts'

const PASSPHRASE = 'correct horse battery staple'

it('SE32 endpoints wait for the passphrase after a start, and go on once it is entered', async () => {
  const rig = createVaultRig()
  const before = await rig.start()
  await before.engine.vault.keepKey({ by: 'passphrase', passphrase: PASSPHRASE })
  await before.addEndpoint()
  await before.stop()

  const { engine, project, compose, stop } = await rig.start({ delivers: true })
  await compose()
  await expect.poll(() => engine.endpoints.list(project.id)[0]?.pausedReason).toBe('locked')
  expect(rig.sent).toEqual([])
  expect(await engine.vault.status([project.id])).toMatchObject({
    state: 'locked',
    key: { keptBy: 'passphrase', asks: 'passphrase' },
  })
  await expect(engine.vault.unlock('a wrong one')).rejects.toMatchObject({
    code: 'invalid_request',
    field: 'passphrase',
  })
  expect(await engine.vault.unlock(PASSPHRASE)).toBe(1)
  await expect.poll(() => rig.sent.length).toBe(1)
  expect(await engine.vault.status([project.id])).toMatchObject({ state: 'open', key: { asks: null } })
  await stop()
})

it('SE32 the key is not given away while it cannot be opened, and no passphrase opens what none keeps', async () => {
  const rig = createVaultRig()
  const before = await rig.start()
  await before.addEndpoint()
  await expect(before.engine.vault.unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'vault_locked' })
  await before.engine.vault.keepKey({ by: 'passphrase', passphrase: PASSPHRASE })
  await before.stop()

  const { engine, project, stop } = await rig.start()
  await expect(engine.vault.keepKey({ by: 'key_file' })).rejects.toMatchObject({ code: 'vault_locked' })
  await engine.vault.unlock(PASSPHRASE)
  await engine.vault.keepKey({ by: 'key_file' })
  expect(await engine.vault.status([project.id])).toMatchObject({ key: { keptBy: 'key_file' } })
  await stop()
})

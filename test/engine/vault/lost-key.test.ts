import { ownerCaller } from '#main/engine/engine.ts'
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ANY_EVENT } from '#shared/model/filter/meaning/event-filter.ts'
import { createVaultRig } from './vault-rig.ts'

const TOKEN = { headers: [['Authorization', 'Bearer {secret.token}']] as [string, string][], provider: 'none' }

/** A vault with one endpoint that signs, one that uses a token and one that needs neither; then its key is lost. */
async function lose(how: (keyFile: string) => void) {
  const rig = createVaultRig()
  const before = await rig.start({ delivers: true })
  const signing = await before.addEndpoint({ name: 'signing' })
  const token = await before.addEndpoint({ name: 'token', ...TOKEN, secrets: { token: 'value' } })
  const plain = await before.addEndpoint({ name: 'plain', provider: 'none' })
  await before.compose()
  await rig.until(() => rig.sent.length === 3)
  await before.stop()
  copyFileSync(rig.keyFile, `${rig.keyFile}.copy`)
  how(rig.keyFile)
  const after = await rig.start({ delivers: true })
  const stateOf = ({ id }: { id: string }) => {
    const { state, pausedReason } = after.engine.endpoints.resolve(after.project.id, id)
    return pausedReason ?? state
  }
  return { ...rig, ...after, signing, token, plain, states: () => [signing, token, plain].map(stateOf) }
}

describe('a lost key', () => {
  it.each<[string, (keyFile: string) => void]>([
    ['gone', (path) => rmSync(path)],
    ['of another installation', (path) => writeFileSync(path, randomBytes(32).toString('base64'))],
    ['no key at all', (path) => writeFileSync(path, 'nonsense')],
  ])(
    'DA03 that is %s locks secrets alone: nothing is sent unsigned, nothing is lost, and the key put back unlocks',
    async (_how, lost) => {
      const rig = await lose(lost)
      const { engine, project, compose, sent } = rig
      expect((await engine.events.list({ ...EVERY, projectId: project.id })).items).toHaveLength(1)
      await compose()
      await rig.until(async () => (await engine.deliveries.countByState(project.id)).held === 2)
      await rig.until(() => sent.length === 4)
      expect(rig.states()).toEqual(['locked', 'locked', 'active'])
      expect(await engine.vault.status([project.id])).toMatchObject({
        state: 'locked',
        locked: 2,
        reason: expect.stringContaining(rig.keyFile),
      })
      await expect(engine.vault.rotateKeys()).rejects.toMatchObject({ code: 'vault_locked' })
      await expect(rig.reveal((await rig.secret('token')).id)).rejects.toMatchObject({ code: 'vault_locked' })
      await expect(rig.addEndpoint({ name: 'new' })).rejects.toThrow()

      copyFileSync(`${rig.keyFile}.copy`, rig.keyFile)
      expect(await engine.vault.recheck()).toBe(2)
      await rig.until(() => sent.length === 6)
      expect(rig.states()).toEqual(['active', 'active', 'active'])
      expect(await rig.reveal((await rig.secret('token')).id)).toMatchObject({ value: 'value' })
      await rig.stop()
    },
  )

  it('DA03 for good: a new key seals what is entered again, and each endpoint goes on with its secret', async () => {
    const rig = await lose((path) => rmSync(path))
    const { engine, project, compose, sent } = rig
    await compose()
    await rig.until(() => rig.states().join() === 'locked,locked,active')
    await engine.vault.startOver()
    const key = {
      name: 'CI',
      owner: 'Ada',
      scopes: ['events:read'] as const,
      projectId: project.id,
      expiresAt: null,
      quotaPerMinute: null,
    }
    const { secret } = await engine.keys.create(ownerCaller('owner', null), key)
    expect(await engine.keys.admit(secret, '127.0.0.1')).toMatchObject({ kind: 'admitted' })
    expect(readFileSync(rig.keyFile, 'utf8')).not.toBe(readFileSync(`${rig.keyFile}.copy`, 'utf8'))
    expect(await engine.vault.status([project.id])).toMatchObject({ state: 'open', locked: 2 })
    expect(rig.states()).toEqual(['locked', 'locked', 'active'])

    await engine.vault.rotate(await rig.secret('token'), { value: 'entered again', overlapMs: 0 })
    await rig.until(() => sent.length === 5)
    expect(rig.states()).toEqual(['locked', 'active', 'active'])
    expect(sent.at(-1)!.headers).toContainEqual(['Authorization', 'Bearer entered again'])
    await engine.vault.rotate(await rig.secret('signing'), { overlapMs: 3_600_000 })
    await rig.until(() => sent.length === 6)
    expect(rig.states()).toEqual(['active', 'active', 'active'])
    expect(await engine.vault.status([project.id])).toMatchObject({ state: 'open', locked: 0 })
    await rig.stop()
  })
})

const EVERY = { filter: ANY_EVENT, limit: 10, cursor: null } as const

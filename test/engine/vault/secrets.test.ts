import { describe, expect, it } from 'vitest'
import { headerValue } from '#shared/model/header.ts'
import { ana, createVaultRig } from './vault-rig.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const TOKEN = { headers: [['Authorization', 'Bearer {secret.token}']] as [string, string][], provider: 'none' }

describe('secrets of an endpoint', () => {
  it('CRL-3 rotates a named one with an overlap: the value before goes out until it ends, or a person switches', async () => {
    const rig = createVaultRig()
    const { engine, addEndpoint, compose, secret, stop } = await rig.start({ delivers: true })
    await addEndpoint({ ...TOKEN, secrets: { token: 'old' } })
    const sentWith = async () => {
      const before = rig.sent.length
      await compose()
      await rig.until(() => rig.sent.length > before)
      return headerValue(
        rig.sent.at(-1)!.headers.map(([name, value]): [string, string] => [name, value]),
        'authorization',
      )
    }
    expect(await sentWith()).toBe('Bearer old')
    await engine.vault.rotate(await secret('token'), { value: 'new', overlapMs: HOUR })
    expect(await sentWith()).toBe('Bearer old')
    await rig.clock.advance(HOUR)
    expect(await sentWith()).toBe('Bearer new')
    await engine.vault.rotate(await secret('token'), { value: 'newest', overlapMs: HOUR })
    await rig.clock.advance(HOUR / 2)
    expect(await sentWith()).toBe('Bearer new')
    await engine.vault.endOverlap(await secret('token'))
    expect(await sentWith()).toBe('Bearer newest')
    expect((await secret('token')).versions.map(({ version }) => version)).toEqual([3, 2, 1])
    await stop()
  })

  it('CRL-3 tells owner, age with its warning, last use and where each is used; all of it outlasts a restart', async () => {
    const rig = createVaultRig()
    const first = await rig.start({ delivers: true })
    const endpoint = await first.addEndpoint({ ...TOKEN, owner: 'Shop team', secrets: { token: 'a', spare: 'b' } })
    await first.engine.vault.setOwner(await first.secret('token'), 'Ana')
    await first.compose()
    await rig.until(() => rig.sent.length === 1)
    const used = await first.secret('token')
    expect(used).toMatchObject({ owner: 'Ana', lastUsedAt: expect.any(Number), usedIn: ['headers.Authorization'] })
    await first.stop()

    const { engine, project, secret, stop } = await rig.start()
    rig.clock.setWall(used.createdAt + 90 * DAY)
    expect(await secret('token')).toMatchObject({ lastUsedAt: used.lastUsedAt, ageMs: 90 * DAY, isOld: false })
    rig.clock.setWall(used.createdAt + 90 * DAY + 1)
    expect(await secret('token')).toMatchObject({ isOld: true })
    expect(await secret('spare')).toMatchObject({ owner: 'Shop team', lastUsedAt: null, usedIn: [], isOld: true })
    await engine.projects.update(project.id, { secretMaxAgeDays: 365 })
    expect(await secret('token')).toMatchObject({ isOld: false })
    await engine.vault.rotate(await secret('token'), { overlapMs: 0 })
    expect(await secret('token')).toMatchObject({ owner: 'Ana', ageMs: 0, place: { endpoint: { id: endpoint.id } } })
    await stop()
  })

  it('adds a name once where two ask for it at the same moment, and rotates none that goes meanwhile', async () => {
    const rig = createVaultRig()
    const { engine, addEndpoint, secret, stop } = await rig.start()
    const endpoint = await addEndpoint()
    const add = (value: string) => engine.vault.add(endpoint, { name: 'token', value }, ana)
    const both = await Promise.allSettled([add('first'), add('second')])
    expect(both).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { field: 'name' } }])
    const token = await secret('token')
    expect(token.versions).toHaveLength(1)
    const meeting = [engine.vault.remove(token, ana), engine.vault.rotate(token, { value: 'late', overlapMs: 0 })]
    expect(await Promise.allSettled(meeting)).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 'not_found' } },
    ])
    await expect(secret('token')).rejects.toThrow('no secret')
    await stop()
  })

  it('adds one with a value that is made and told this once, and removes none that is used or signs', async () => {
    const rig = createVaultRig()
    const { engine, addEndpoint, secret, stop } = await rig.start()
    const endpoint = await addEndpoint()
    const made = await engine.vault.add(endpoint, { name: 'token', owner: 'Ben' }, ana)
    expect(made.value).toMatch(/^[0-9a-f]{64}$/)
    expect(made.secret).toMatchObject({ name: 'token', owner: 'Ben' })
    expect(await engine.vault.add(endpoint, { name: 'given', value: 'x' }, ana)).toMatchObject({ value: null })
    await expect(engine.vault.add(endpoint, { name: 'given', value: 'y' }, ana)).rejects.toMatchObject({
      field: 'name',
    })
    await engine.endpoints.update(endpoint, { headers: [['X-Key', '{secret.token}']] }, ana)
    const removing = engine.vault.remove(await secret('token'), ana)
    await expect(removing).rejects.toMatchObject({ code: 'secret_in_use', message: expect.stringContaining('X-Key') })
    await engine.vault.remove(await secret('given'), ana)
    await expect(secret('given')).rejects.toThrow()
    await expect(engine.vault.remove(await secret('signing'), ana)).rejects.toMatchObject({ code: 'invalid_request' })
    await stop()
  })
})

import { describe, expect, it } from 'vitest'
import { ana, createVaultRig } from './vault-rig.ts'

const HOUR = 3_600_000
const names = (count: number) => Array.from({ length: count }, (_, index) => `s${String(index).padStart(2, '0')}`)
const valuesOf = (count: number) => Object.fromEntries(names(count).map((name) => [name, `value of ${name}`]))

describe('revealing a secret', () => {
  it('APC-3 shows a version one time only, and says who saw it; a new version is another one', async () => {
    const rig = createVaultRig()
    const { engine, addEndpoint, secret, reveal, stop } = await rig.start()
    await addEndpoint({ secrets: { token: 'first value' } })
    const token = await secret('token')
    expect(token.versions).toMatchObject([{ version: 1, revealed: null, isLocked: false }])
    expect(await reveal(token.id)).toEqual({
      name: 'token',
      version: 1,
      value: 'first value',
      at: rig.clock.now(),
      left: 9,
    })
    await expect(reveal(token.id)).rejects.toMatchObject({
      code: 'already_revealed',
      message: expect.stringContaining('by Ana'),
    })
    await engine.vault.rotate(token, { value: 'second value', overlapMs: HOUR })
    const rotated = await secret('token')
    expect(rotated.versions).toMatchObject([
      { version: 2, revealed: null },
      { version: 1, revealed: { by: { name: 'Ana', address: '127.0.0.1' } } },
    ])
    await expect(reveal(rotated.versions[1]!.id)).rejects.toMatchObject({ code: 'already_revealed' })
    expect(await reveal(rotated.id)).toMatchObject({ version: 2, value: 'second value' })
    expect((await engine.vault.reveals(rotated.place.endpoint)).map(({ outcome }) => outcome)).toEqual([
      'revealed',
      'already_revealed',
      'already_revealed',
      'revealed',
    ])
    await stop()
  })

  it('SE13 refuses the 11th within an hour after a restart and with the clock set back, and says when the next one is', async () => {
    const rig = createVaultRig()
    const first = await rig.start()
    const endpoint = await first.addEndpoint({ provider: 'none', secrets: valuesOf(12) })
    const ids = (await first.engine.vault.list(first.project.id)).map(({ id }) => id)
    const began = rig.clock.now()
    for (const id of ids.slice(0, 10)) await first.reveal(id)
    await first.stop()

    const second = await rig.start()
    const limited = { code: 'reveal_limit', message: expect.stringContaining(new Date(began + HOUR).toISOString()) }
    await expect(second.reveal(ids[10]!)).rejects.toMatchObject(limited)
    rig.clock.setWall(began - 5 * HOUR)
    await expect(second.reveal(ids[10]!)).rejects.toMatchObject(limited)
    rig.clock.setWall(began + HOUR - 1)
    await expect(second.reveal(ids[10]!)).rejects.toMatchObject(limited)
    rig.clock.setWall(began + HOUR)
    expect(await second.reveal(ids[10]!)).toMatchObject({ value: 'value of s10' })

    const tries = await second.engine.vault.reveals(endpoint)
    expect(tries).toHaveLength(14)
    expect(new Set(tries.map(({ endpointId, by }) => `${endpointId} ${by.name}`))).toEqual(
      new Set([`${endpoint.id} Ana`]),
    )
    await second.stop()
  })

  it('SE13 holds for two clients at once: none sees a secret twice, and no more than 10 are seen', async () => {
    const rig = createVaultRig()
    const { addEndpoint, engine, project, reveal, stop } = await rig.start()
    await addEndpoint({ provider: 'none', secrets: valuesOf(15) })
    const ids = (await engine.vault.list(project.id)).map(({ id }) => id)
    const tries = await Promise.allSettled([...ids, ...ids].map((id) => reveal(id)))
    const seen = tries.flatMap((each) => (each.status === 'fulfilled' ? [each.value.value] : []))
    expect(seen).toHaveLength(10)
    expect(new Set(seen).size).toBe(10)
    await stop()
  })

  it('SE13 records a try before the value goes out, and gives no value where it cannot be recorded', async () => {
    const rig = createVaultRig()
    const { addEndpoint, secret, reveal, stop } = await rig.start({
      bend: (store) => ({
        ...store,
        vault: { ...store.vault, reveal: () => Promise.reject(new Error('the disk is full')) },
      }),
    })
    await addEndpoint({ secrets: { token: 'value' } })
    await expect(reveal((await secret('token')).id)).rejects.toThrow('the disk is full')
    await stop()
  })

  it('shows nothing of another project, nor a secret of a source', async () => {
    const rig = createVaultRig()
    const { engine, project, addEndpoint, secret, stop } = await rig.start()
    await addEndpoint({ secrets: { token: 'value' } })
    const other = await engine.projects.create({ name: 'Other', slug: 'other' })
    const { id } = await secret('token')
    await expect(engine.vault.reveal(other.id, id, ana)).rejects.toMatchObject({ code: 'not_found' })
    const source = engine.sources.resolve(project.id, 'inbox')
    await engine.sources.update(source, { provider: 'github', secrets: ['a source’s secret'] })
    const [ofSource] = (await engine.vault.list(project.id)).filter(({ place }) => place.kind === 'source')
    expect(ofSource).toMatchObject({ role: 'signing', place: { source: { slug: 'inbox' } } })
    await expect(engine.vault.reveal(project.id, ofSource!.id, ana)).rejects.toMatchObject({ code: 'not_found' })
    await stop()
  })
})

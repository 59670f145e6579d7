import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MASKED_VALUE } from '#shared/model/callback.ts'
import type { DataKeyStore, Store } from '#main/engine/ports.ts'
import { OLDER_KEYS_STAY_MS } from '#main/engine/vault/key-change.ts'
import { tempDirectory } from '#test/storage/temp-directory.ts'
import { ana, createVaultRig } from './vault-rig.ts'

type Started = Awaited<ReturnType<ReturnType<typeof createVaultRig>['start']>>

const VALUES = { one: 'value 1', two: 'value 2', three: 'value 3' }

async function fill({ engine, project, addEndpoint }: Started): Promise<void> {
  await addEndpoint({ secrets: VALUES, secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' })
  const source = engine.sources.resolve(project.id, 'inbox')
  await engine.sources.update(source, { provider: 'github', secrets: ['a source’s secret'] })
  const headers = [{ key: 'Authorization', value: 'Bearer of a callback' }]
  await engine.callbacks.prepare('account', { url: 'http://receiver.test/callback', headers }, ana)()
  await engine.trigger(project.id, {
    provider: 'github',
    type: 'push',
    url: 'http://receiver.test/',
    secret: 'of this delivery alone',
  })
}

/** Every secret opens; the values can be told by revealing none of them. */
async function expectAllReadable({ engine, project }: Started): Promise<void> {
  const listed = await engine.vault.list(project.id)
  const places = listed.map(({ place, role }) => `${place.kind} ${role}`)
  expect(places.toSorted()).toEqual([
    ...Array.from({ length: 4 }, () => 'endpoint named'),
    'endpoint signing',
    'source signing',
  ])
  expect(listed.filter(({ versions }) => versions.some(({ isLocked }) => isLocked))).toEqual([])
  const headers = [{ key: 'Authorization', value: MASKED_VALUE }]
  await engine.callbacks.prepare('account', { url: 'http://receiver.test/callback', headers }, ana)()
}

/** The store, whose changes of keys fail from the one with this number on, as after a kill. */
function killedAt(step: number, onStep: () => void) {
  return (store: Store): Store => {
    let steps = 0
    const guarded =
      <A extends unknown[], T>(work: (...args: A) => Promise<T>) =>
      async (...args: A): Promise<T> => {
        onStep()
        if (++steps >= step) throw new Error('killed')
        return work(...args)
      }
    const { dataKeys: keys } = store
    const broken: DataKeyStore = {
      ...keys,
      keep: guarded((...args) => keys.keep(...args)),
      replace: guarded((...args) => keys.replace(...args)),
      drop: guarded((...args) => keys.drop(...args)),
      reseal: guarded((...args) => keys.reseal(...args)),
    }
    return { ...store, dataKeys: broken }
  }
}

describe('changing the keys', () => {
  it('DA04 seals everything under new data keys and a new master key, and lets the old ones go', async () => {
    const rig = createVaultRig()
    const started = await rig.start()
    const { engine, store, project, stop } = started
    await fill(started)
    const master = readFileSync(rig.keyFile, 'utf8')
    const [oldKey] = await store.dataKeys.list(project.id)
    await (
      await engine.vault.rotateKeys()
    ).ended
    await rig.clock.advance(OLDER_KEYS_STAY_MS)
    expect(await store.dataKeys.list(project.id)).toMatchObject([{ number: 2 }])
    expect(readFileSync(rig.keyFile, 'utf8')).not.toBe(master)
    expect(() => readFileSync(`${rig.keyFile}.next`)).toThrow()
    await expectAllReadable(started)
    await stop()

    const again = await rig.start()
    await expectAllReadable(again)
    expect(await again.engine.vault.status([project.id])).toMatchObject({
      state: 'open',
      reason: null,
      locked: 0,
      rotation: null,
    })
    for (const kind of ['endpoint', 'source', 'sender'] as const) {
      for (const { text } of await again.store.dataKeys.texts({ projectId: project.id, kind, after: 0, limit: 99 })) {
        expect([...text.sealed.subarray(0, 5)]).toEqual([2, 0, 0, 0, 2])
      }
    }
    expect(oldKey!.number).toBe(1)
    const token = await again.secret('two')
    expect(await again.reveal(token.id)).toMatchObject({ value: 'value 2' })
    await again.stop()
  })

  it(
    'DA04 killed at each row leaves everything readable, and the next start goes on to the end',
    { timeout: 60_000 },
    async () => {
      let steps = 0
      const whole = createVaultRig()
      const counting = await whole.start()
      await fill(counting)
      await counting.stop()
      const filled = join(tempDirectory(), 'filled')
      cpSync(whole.directory, filled, { recursive: true })
      const counted = await whole.start({ bend: killedAt(Number.POSITIVE_INFINITY, () => void steps++) })
      steps = 0
      await (
        await counted.engine.vault.rotateKeys()
      ).ended
      await whole.clock.advance(OLDER_KEYS_STAY_MS)
      await counted.stop()
      const rows = steps
      expect(rows).toBeGreaterThanOrEqual(8)

      for (let at = 1; at <= rows; at++) {
        const rig = createVaultRig({ from: filled })
        const killed = await rig.start({ bend: killedAt(at, () => {}) })
        await Promise.allSettled([(await killed.engine.vault.rotateKeys()).ended])
        await rig.clock.advance(OLDER_KEYS_STAY_MS)
        expect(JSON.stringify(rig.log.lines), `step ${at}`).toContain('killed')
        await expectAllReadable(killed)
        await killed.stop()

        const between = await rig.start()
        await expectAllReadable(between)
        await between.engine.start()
        await rig.until(async () => (await between.engine.vault.status([between.project.id])).rotation === null)
        await rig.clock.advance(OLDER_KEYS_STAY_MS)
        await between.stop()
        const after = await rig.start()
        await expectAllReadable(after)
        const left = await after.store.dataKeys.list(after.project.id)
        expect(left, `keys after step ${at}`).toHaveLength(1)
        expect(() => readFileSync(`${rig.keyFile}.next`)).toThrow()
        await after.stop()
      }
    },
  )

  it('DA04 EN24 ends with the text that is under way where the program stops, and the next start goes on', async () => {
    const rig = createVaultRig()
    const filled = await rig.start()
    await fill(filled)
    await filled.stop()
    const [reached, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let resealed = 0
    const stopped = await rig.start({
      bend: (store) => ({
        ...store,
        dataKeys: {
          ...store.dataKeys,
          async reseal(...step) {
            resealed++
            reached.resolve()
            await goOn.promise
            return store.dataKeys.reseal(...step)
          },
        },
      }),
    })
    const { ended } = await stopped.engine.vault.rotateKeys()
    await reached.promise
    const stopping = stopped.stop()
    goOn.resolve()
    await expect(ended).rejects.toThrow('stopped')
    await stopping
    expect(resealed).toBe(1)

    const after = await rig.start()
    await expectAllReadable(after)
    await after.engine.start()
    await rig.until(async () => (await after.engine.vault.status([after.project.id])).rotation === null)
    await rig.clock.advance(OLDER_KEYS_STAY_MS)
    await expectAllReadable(after)
    expect(await after.store.dataKeys.list(after.project.id)).toMatchObject([{ number: 2 }])
    await after.stop()
  })

  it('DA04 loses nothing that was sealed before and is stored after, or read before and opened after', async () => {
    const rig = createVaultRig()
    const held = Promise.withResolvers<void>()
    const [storing, reading] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let isHolding = false
    const { engine, addEndpoint, compose, secret, reveal, store, project, stop } = await rig.start({
      delivers: true,
      bend: (kept) => ({
        ...kept,
        secrets: {
          ...kept.secrets,
          async change(step) {
            if (isHolding && step.add.length > 0) {
              storing.resolve()
              await held.promise
            }
            return kept.secrets.change(step)
          },
          async list(endpointId) {
            const listed = await kept.secrets.list(endpointId)
            const isDelivery = isHolding && endpointId === receiver.id
            if (isDelivery) {
              reading.resolve()
              await held.promise
            }
            return listed
          },
        },
      }),
    })
    const token = { headers: [['X-Key', '{secret.token}']] as [string, string][], provider: 'none' }
    const receiver = await addEndpoint({ name: 'receiver', ...token, secrets: { token: 'value' } })
    const other = await addEndpoint({ name: 'other', provider: 'none', eventTypes: [] })
    isHolding = true
    const adding = engine.vault.add(other, { name: 'late', value: 'sealed before' }, ana)
    await compose()
    await rig.clock.advance(0)
    await Promise.all([storing.promise, reading.promise])
    isHolding = false
    await (
      await engine.vault.rotateKeys()
    ).ended
    held.resolve()
    await adding
    await rig.until(() => rig.sent.length === 1)
    expect(rig.sent[0]!.headers).toContainEqual(['X-Key', 'value'])
    expect(engine.endpoints.resolve(project.id, receiver.id).state).toBe('active')
    await rig.clock.advance(OLDER_KEYS_STAY_MS)
    await rig.until(async () => (await store.dataKeys.list(project.id)).length === 1)
    expect(await reveal((await secret('late')).id)).toMatchObject({ value: 'sealed before' })
    await stop()
  })

  it('DA03 DA04 leaves what a lost data key sealed as it is, and is over all the same, also for the next start', async () => {
    const rig = createVaultRig()
    const first = await rig.start()
    await fill(first)
    const { id: projectId } = first.project
    const [whole] = await first.store.dataKeys.list(projectId)
    await first.store.dataKeys.replace(whole!, Uint8Array.of(1, 2, 3))
    await first.stop()

    const lost = await rig.start()
    expect(await lost.engine.vault.status([projectId])).toMatchObject({ state: 'locked' })
    await lost.engine.vault.startOver()
    await (
      await lost.engine.vault.rotateKeys()
    ).ended
    await rig.clock.advance(OLDER_KEYS_STAY_MS)
    expect((await lost.store.dataKeys.list(projectId)).map(({ number }) => number)).toEqual([3, 1])
    await lost.stop()

    const again = await rig.start()
    await again.engine.start()
    expect((await again.engine.vault.status([projectId])).rotation).toBeNull()
    expect(await again.engine.vault.status([projectId])).toMatchObject({ state: 'open', locked: 6 })
    await again.stop()
  })
})

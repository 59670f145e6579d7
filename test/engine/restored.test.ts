import { expect, it } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import type { Store } from '#main/engine/ports.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'
import { createWorkflowRig } from './workflows/workflow-rig.ts'

const HOUR = 3_600_000

/** An engine with two endpoints, stopped, and then started on what a restore leaves: both paused, a delivery held each. */
async function restoredRig(bend: (store: Store) => Store = (store) => store) {
  const store = { ...createMemoryStore(), close: async () => {} }
  const clock = createFakeClock()
  const before = await createWorkflowRig({ store, clock })
  // Nobody signs: the next engine's vault opens nothing of this one's.
  const make = (name: string) => before.addEndpoint({ name, provider: 'none' })
  const endpoints = [await make('one'), await make('other')]
  await before.define({ schedule: { cron: '0 * * * *' } })
  for (const endpoint of endpoints) await before.engine.endpoints.pause(endpoint)
  await before.compose()
  await before.engine.retention.change(before.project.id, { ageDays: 1 })
  await before.stop()
  const endpointIds = endpoints.map(({ id }) => id)
  const note = { at: clock.now(), backupAt: null, endpointIds, held: 2 }
  await store.settings.put('account', 'restored', note)
  const rig = await createWorkflowRig({ store: bend(store), clock })
  return { ...rig, endpoints, note }
}

it('DA05 CRL-2 starts no workflow by schedule and sweeps nothing until a person decided, and then goes on', async () => {
  const rig = await restoredRig()
  await rig.clock.advance(30 * HOUR)
  expect(await rig.runs()).toEqual([])
  expect(rig.engine.retention.lastSweep(rig.project.id)).toBeNull()
  expect(await rig.engine.restored.decide('discard')).toEqual({ endpoints: 2, deliveries: 2 })
  await rig.clock.advance(2 * HOUR)
  expect((await rig.runs()).length).toBeGreaterThan(0)
  expect(rig.engine.retention.lastSweep(rig.project.id)).toMatchObject({ state: 'done' })
  await rig.engine.retention.change(rig.project.id, { ageDays: null })
})

it('DA05 leaves an endpoint paused that may not go on now, and resumes the others all the same', async () => {
  const rig = await restoredRig()
  const [one] = rig.endpoints
  await rig.engine.projects.update(rig.project.id, { activeEndpointLimit: 1 })
  for (const endpoint of rig.endpoints) await rig.engine.endpoints.update(endpoint, { policy: 'apifycloud' }, rig.actor)
  const decided = await rig.engine.restored.decide('release')
  expect(decided).toEqual({ endpoints: 1, deliveries: 1 })
  const states = rig.endpoints.map(({ id }) => rig.engine.endpoints.resolve(rig.project.id, id).state)
  expect(states).toEqual(['active', 'paused'])
  expect(rig.engine.restored.show()).toBeNull()
  await rig.clock.advance(0)
  expect(rig.sent.map(({ url }) => url)).toEqual([one!.version.config.url])
})

it('DA05 stays undecided where the store fails in the middle, and can be decided again', async () => {
  let failures = 1
  const rig = await restoredRig((store) => ({
    ...store,
    endpoints: {
      ...store.endpoints,
      resume: (step) => {
        if (step.endpointId === rig.endpoints[1]!.id && failures-- > 0) throw new Error('disk full')
        return store.endpoints.resume(step)
      },
    },
  }))
  await expect(rig.engine.restored.decide('release')).rejects.toThrow('disk full')
  expect(rig.engine.restored.show()).toEqual(rig.note)
  expect(await rig.store.settings.get('account', 'restored')).toEqual(rig.note)
  expect(await rig.engine.restored.decide('release')).toEqual({ endpoints: 1, deliveries: 1 })
  await expect(rig.engine.restored.decide('release')).rejects.toMatchObject({ code: 'not_found' })
  await rig.clock.advance(0)
  expect(rig.sent).toHaveLength(2)
})

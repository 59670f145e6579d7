import { expect, it } from 'vitest'
import type { ConfigurationStep } from '#main/engine/ports.ts'
import { onEveryStore } from './implementations.ts'
import { newEndpoint, newSource, NOW } from './records.ts'

onEveryStore('Changes of the configuration together', (open) => {
  it('REL-5 all last, in their order', async () => {
    const { store, project, endpoint: stored, addEvent, addEndpoint, delivery } = await open()
    const old = await addEndpoint()
    const { deliveries } = await addEvent({ to: [old] })
    const source = newSource(project.id)
    const endpoint = newEndpoint(project.id)
    const version = { ...old.version, id: endpoint.version.id.replace('ver_', 'ver_x') as never, number: 2 }
    const steps: ConfigurationStep[] = [
      ({ sources }) => sources.create(source),
      ({ sources }) => sources.update({ ...source, name: 'Renamed' }),
      ({ endpoints }) => endpoints.create(endpoint, []),
      ({ endpoints }) => endpoints.addVersion(version),
      ({ endpoints }) => endpoints.pause({ endpointId: old.id, reason: 'manual', now: NOW }),
    ]
    expect(await store.configuration.together(steps)).toBe(true)
    expect(await store.sources.list()).toMatchObject([{ slug: 'inbox', name: 'Renamed' }])
    expect(await stored(old.id)).toMatchObject({ version: { number: 2 }, pausedReason: 'manual' })
    expect(await stored(endpoint.id)).toMatchObject({ state: 'active' })
    expect(await delivery(deliveries[0]!.id)).toMatchObject({ state: 'held' })
  })

  it('REL-5 leave nothing where one is refused or fails, and other writes of the moment last', async () => {
    const { store, project, endpoint: stored, addEvent, addEndpoint, delivery } = await open()
    const old = await addEndpoint()
    const { deliveries } = await addEvent({ to: [old] })
    const [source, other] = [newSource(project.id), newSource(project.id, { slug: 'other' })]
    const begin: ConfigurationStep[] = [
      ({ sources }) => sources.create(source),
      ({ endpoints }) => endpoints.pause({ endpointId: old.id, reason: 'manual', now: NOW }),
      ({ endpoints }) => endpoints.create(newEndpoint(project.id), []),
    ]
    const refused = store.configuration.together([...begin, ({ sources }) => sources.create(newSource(project.id))])
    expect(await refused).toBe(false)
    const gone = newEndpoint(project.id)
    const failing = store.configuration.together([...begin, ({ endpoints }) => endpoints.addVersion(gone.version)])
    await expect(failing).rejects.toThrow('takes no new version')
    expect(await store.sources.create(other)).toBe(true)
    expect(await store.sources.list()).toEqual([other])
    expect(await store.endpoints.list()).toHaveLength(1)
    expect(await stored(old.id)).toMatchObject({ state: 'active' })
    expect(await delivery(deliveries[0]!.id)).toMatchObject({ state: 'scheduled' })
  })
})

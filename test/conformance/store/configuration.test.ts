import { expect, it } from 'vitest'
import type { Source } from '#shared/model/source.ts'
import { onEveryStore } from './implementations.ts'
import { ids, newEndpoint, newSource, NOW } from './records.ts'

onEveryStore('Configuration', (open) => {
  it('keeps projects oldest first and refuses a slug that is taken', async () => {
    const { store, project } = await open()
    const [siteId, otherSite] = ['11111111-2222-4333-8444-555555555555', '99999999-2222-4333-8444-555555555555']
    const second = { ...project, id: ids.next('prj'), siteId, slug: 'second' }
    expect(await store.projects.create(second)).toBe(true)
    expect(await store.projects.create({ ...second, id: ids.next('prj'), siteId: otherSite })).toBe(false)
    expect(await store.projects.create({ ...second, id: ids.next('prj'), slug: 'third' })).toBe(false)
    const changed = { ...project, name: 'Renamed', notificationUrl: 'http://127.0.0.1:9/failures' }
    await store.projects.update(changed)
    expect(await store.projects.list()).toEqual([changed, second])
  })

  it('keeps sources oldest first, one slug in the whole installation', async () => {
    const { store, project, addProject } = await open()
    const other = await addProject()
    const first = newSource(project.id)
    const second = newSource(other.id, { slug: 'second', provider: 'github', publicUrl: 'https://hooks.example' })
    expect(await store.sources.create(first)).toBe(true)
    expect(await store.sources.create(second)).toBe(true)
    expect(await store.sources.create(newSource(other.id, { slug: 'inbox' }))).toBe(false)
    expect(await store.sources.list()).toEqual([first, second])
  })

  it('changes only what a source can change', async () => {
    const { store, project } = await open()
    const source = newSource(project.id)
    await store.sources.create(source)
    const answer = { status: 202, headers: [['X-A', 'b']] as [string, string][], body: 'ok', delayMs: 5 }
    const change = {
      name: 'New',
      provider: 'stripe',
      answer,
      publicUrl: 'https://a.example',
      duplicates: 'drop' as const,
      bodyLimitBytes: 9,
      ingestKey: 'ing_new',
      allowedOrigins: ['https://a.example'],
    }
    await store.sources.update({ ...source, ...change, slug: 'other', createdAt: 1 })
    expect(await store.sources.list()).toEqual([{ ...source, ...change }])
    const script = { script: [answer, { ...answer, status: 500 }], atEnd: 'repeat' as const }
    await store.sources.update({ ...source, ...change, answer: script })
    expect((await store.sources.list())[0]!.answer).toEqual(script)
  })

  it('CAP-5 keeps the sealed secrets of a source in their order, replaces them whole, and lets them go with it', async () => {
    const { store, project } = await open()
    const [source, other] = [newSource(project.id), newSource(project.id, { slug: 'other' })]
    const secretOf = ({ id }: Source, bytes: number[], role: 'signing' | 'verify-token' = 'signing') => ({
      id: ids.next('sec'),
      projectId: project.id,
      sourceId: id,
      role,
      sealed: Uint8Array.from(bytes),
      createdAt: NOW,
    })
    const [newest, oldest, theirs] = [secretOf(source, [2, 0]), secretOf(source, [1]), secretOf(other, [9])]
    await store.sources.create(source, [newest, oldest])
    await store.sources.create(other, [theirs])
    expect(await store.sources.secrets(source.id)).toEqual([newest, oldest])
    await store.sources.update({ ...source, name: 'Renamed' })
    expect(await store.sources.secrets(source.id)).toEqual([newest, oldest])
    const added = secretOf(source, [3])
    const token = secretOf(source, [4], 'verify-token')
    await store.sources.update(source, { secrets: [added, newest, token] })
    expect(await store.sources.secrets(source.id)).toEqual([added, newest, token])
    await store.sources.delete(source.id, NOW)
    expect(await store.sources.secrets(source.id)).toEqual([])
    expect(await store.sources.secrets(other.id)).toEqual([theirs])
  })

  it('CAP-5 keeps no secret of a source whose slug is taken', async () => {
    const { store, project } = await open()
    await store.sources.create(newSource(project.id))
    const refused = newSource(project.id)
    const sealed = { role: 'signing' as const, sealed: Uint8Array.of(1), createdAt: NOW }
    const secret = { id: ids.next('sec'), projectId: project.id, sourceId: refused.id, ...sealed }
    expect(await store.sources.create(refused, [secret])).toBe(false)
    expect(await store.sources.secrets(refused.id)).toEqual([])
  })

  it('frees the slug of a deleted source and keeps its events', async () => {
    const { store, project, addEvent } = await open()
    const source = newSource(project.id)
    await store.sources.create(source)
    const { event } = await addEvent({ event: { sourceId: source.id } })
    await store.sources.delete(source.id, NOW)
    expect(await store.sources.list()).toEqual([])
    expect((await store.events.get(event.id))!.event).toEqual(event)
    expect(await store.sources.create(newSource(project.id))).toBe(true)
  })

  it('lists endpoints of all projects oldest first, each with its current version', async () => {
    const { store, addEndpoint, addProject } = await open()
    const first = await addEndpoint()
    const second = await addEndpoint({ projectId: (await addProject()).id, consecutiveFailures: 3 })
    const paused = await addEndpoint({ state: 'paused', pausedReason: 'manual', pausedAt: NOW })
    expect(await store.endpoints.list()).toEqual([first, second, paused])
  })

  it('keeps every version of an endpoint, newest first', async () => {
    const { store, addEndpoint } = await open()
    const endpoint = await addEndpoint()
    const config = { ...endpoint.version.config, url: 'http://127.0.0.1:9/moved' }
    const second = { ...endpoint.version, id: ids.next('ver'), number: 2, config }
    await store.endpoints.addVersion(second)
    expect(await store.endpoints.list()).toEqual([{ ...endpoint, version: second }])
    expect(await store.endpoints.versions(endpoint.id)).toEqual([second, endpoint.version])
    expect(await store.endpoints.version(endpoint.version.id)).toEqual(endpoint.version)
    expect(await store.endpoints.version(ids.next('ver'))).toBeNull()
  })

  it('keeps the versions of a deleted endpoint and takes no new one', async () => {
    const { store, addEndpoint } = await open()
    const { id, version } = await addEndpoint()
    await store.endpoints.delete({ endpointId: id, now: NOW })
    expect(await store.endpoints.list()).toEqual([])
    expect(await store.endpoints.version(version.id)).toEqual(version)
    await expect(store.endpoints.addVersion({ ...version, id: ids.next('ver'), number: 2 })).rejects.toThrow('deleted')
  })

  it('SEC-3 keeps sealed secrets with their endpoint, newest version first', async () => {
    const { store, project } = await open()
    const endpoint = newEndpoint(project.id)
    const secret = {
      id: ids.next('sec'),
      projectId: project.id,
      endpointId: endpoint.id,
      name: 'signing',
      createdAt: NOW,
      expiresAt: null,
    }
    const first = { ...secret, version: 1, sealed: Uint8Array.of(1, 0, 255) }
    const second = { ...secret, id: ids.next('sec'), version: 2, sealed: Uint8Array.of(2) }
    await store.endpoints.create(endpoint, [first, second])
    expect(await store.secrets.list(endpoint.id)).toEqual([second, first])
    expect(await store.secrets.list(ids.next('end'))).toEqual([])
  })

  it('SEC-3 adds and removes named secrets of one endpoint in one step', async () => {
    const { store, project, addEndpoint } = await open()
    const [endpoint, other] = [await addEndpoint(), await addEndpoint()]
    const secretOf = (endpointId: typeof endpoint.id, name: string, version = 1) => ({
      id: ids.next('sec'),
      projectId: project.id,
      endpointId,
      name,
      version,
      sealed: Uint8Array.of(version, 0),
      createdAt: NOW,
      expiresAt: null,
    })
    const [kept, replaced, removed] = ['kept', 'replaced', 'removed'].map((name) => secretOf(endpoint.id, name))
    const elsewhere = secretOf(other.id, 'replaced')
    await store.secrets.change({ endpointId: endpoint.id, add: [kept!, replaced!, removed!], remove: [] })
    await store.secrets.change({ endpointId: other.id, add: [elsewhere], remove: ['kept'] })
    const second = secretOf(endpoint.id, 'replaced', 2)
    await store.secrets.change({ endpointId: endpoint.id, add: [second], remove: ['replaced', 'removed', 'unknown'] })
    expect(await store.secrets.list(endpoint.id)).toEqual([second, kept])
    expect(await store.secrets.list(other.id)).toEqual([elsewhere])
  })

  it('EN21 lets earlier versions of a secret end when the next one comes, never later than they would', async () => {
    const { store, project, addEndpoint } = await open()
    const [endpoint, other] = [await addEndpoint(), await addEndpoint()]
    const versionOf = (endpointId: typeof endpoint.id, version: number, name = 'signing') => {
      const sealed = Uint8Array.of(version)
      const id = ids.next('sec')
      return { id, projectId: project.id, endpointId, name, version, sealed, createdAt: NOW, expiresAt: null }
    }
    const [first, second, third] = [1, 2, 3].map((version) => versionOf(endpoint.id, version))
    const named = versionOf(endpoint.id, 1, 'named')
    const elsewhere = versionOf(other.id, 1)
    await store.secrets.change({ endpointId: endpoint.id, add: [first!, named], remove: [] })
    await store.secrets.change({ endpointId: other.id, add: [elsewhere], remove: [] })
    const rotate = { endpointId: endpoint.id, name: 'signing' }
    await store.secrets.rotate({ ...rotate, version: 2, add: second!, expiresAt: NOW + 100 })
    await store.secrets.rotate({ ...rotate, version: 3, add: third!, expiresAt: NOW + 500 })
    const expiries = async () =>
      (await store.secrets.list(endpoint.id)).map((it) => [it.name, it.version, it.expiresAt])
    expect(await expiries()).toEqual([
      ['signing', 3, null],
      ['signing', 2, NOW + 500],
      ['signing', 1, NOW + 100],
      ['named', 1, null],
    ])
    await store.secrets.rotate({ ...rotate, version: 3, add: null, expiresAt: NOW + 50 })
    expect((await expiries()).map(([, , expiresAt]) => expiresAt)).toEqual([null, NOW + 50, NOW + 50, null])
    expect(await store.secrets.list(other.id)).toEqual([elsewhere])
  })

  it('can be closed twice', async () => {
    const { store } = await open()
    await store.close()
    await store.close()
  })
})

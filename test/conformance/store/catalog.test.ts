import { expect, it } from 'vitest'
import type { OwnEventType } from '#shared/model/own-event-type.ts'
import { type OwnProvider, SigningRecipe } from '#shared/model/own-provider.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { onEveryStore } from './implementations.ts'
import { ids, NOW } from './records.ts'

const ownProvider = (projectId: ProjectId, change: Partial<OwnProvider> = {}): OwnProvider => ({
  id: 'acme',
  projectId,
  name: 'Acme',
  signing: SigningRecipe.parse({ header: 'Acme-Signature', timestamp: { header: 'Acme-Time', toleranceSeconds: 60 } }),
  recognition: { eventType: [{ header: 'Acme-Event' }, { json: 'type' }], messageId: [{ form: 'id' }] },
  policy: 'stripe',
  bodyFormat: 'json',
  createdAt: NOW,
  updatedAt: NOW,
  ...change,
})

const ownType = (projectId: ProjectId, change: Partial<OwnEventType> = {}): OwnEventType => ({
  id: ids.next('typ'),
  projectId,
  provider: 'acme',
  name: 'order.created',
  description: 'An order came.',
  schema: { type: 'object', properties: { total: { type: 'number' } } },
  sample: { total: 49, note: null, list: [1, 'a'] },
  createdAt: NOW,
  updatedAt: NOW,
  ...change,
})

onEveryStore('The own catalog', (open) => {
  it('PRV-7 keeps providers oldest first, one id in a project', async () => {
    const { store, project, addProject } = await open()
    const other = await addProject()
    const first = ownProvider(project.id)
    const second = ownProvider(project.id, { id: 'beta', signing: null, policy: null, bodyFormat: 'form' })
    const elsewhere = ownProvider(other.id)
    expect(await store.catalog.createProvider(first)).toBe(true)
    expect(await store.catalog.createProvider(second)).toBe(true)
    expect(await store.catalog.createProvider(elsewhere)).toBe(true)
    expect(await store.catalog.createProvider({ ...first, name: 'Again' })).toBe(false)
    expect(await store.catalog.providers()).toEqual([first, second, elsewhere])
  })

  it('PRV-7 changes one provider and leaves those of other projects alone', async () => {
    const { store, project, addProject } = await open()
    const elsewhere = ownProvider((await addProject()).id)
    await store.catalog.createProvider(ownProvider(project.id))
    await store.catalog.createProvider(elsewhere)
    const changed = ownProvider(project.id, { name: 'New', signing: null, policy: null, updatedAt: NOW + 5 })
    await store.catalog.updateProvider({ ...changed, createdAt: 1 })
    expect(await store.catalog.providers()).toEqual([changed, elsewhere])
  })

  it('PRV-7 keeps event types oldest first, one name for each provider of a project', async () => {
    const { store, project, addProject } = await open()
    const other = await addProject()
    const first = ownType(project.id)
    const kept = [
      first,
      ownType(project.id, { name: 'order.paid', schema: null, sample: null }),
      ownType(project.id, { provider: 'github' }),
      ownType(other.id),
    ]
    for (const type of kept) expect(await store.catalog.createEventType(type)).toBe(true)
    expect(await store.catalog.createEventType(ownType(project.id))).toBe(false)
    expect(await store.catalog.eventTypes()).toEqual(kept)
  })

  it('PRV-7 changes only what an event type can change', async () => {
    const { store, project } = await open()
    const type = ownType(project.id)
    await store.catalog.createEventType(type)
    const change = { description: 'New.', schema: null, sample: [1, { a: null }], updatedAt: NOW + 7 }
    await store.catalog.updateEventType({ ...type, ...change, name: 'other', provider: 'github', createdAt: 1 })
    expect(await store.catalog.eventTypes()).toEqual([{ ...type, ...change }])
    await store.catalog.deleteEventType(type.id)
    expect(await store.catalog.eventTypes()).toEqual([])
  })

  it('PRV-7 deletes a provider with its event types, in its project alone', async () => {
    const { store, project, addProject } = await open()
    const other = await addProject()
    const elsewhere = ownProvider(other.id)
    const kept = [ownType(project.id, { provider: 'github' }), ownType(other.id)]
    for (const provider of [ownProvider(project.id), elsewhere]) await store.catalog.createProvider(provider)
    for (const type of [ownType(project.id), ...kept]) await store.catalog.createEventType(type)
    await store.catalog.deleteProvider({ projectId: project.id, id: 'acme' })
    expect(await store.catalog.providers()).toEqual([elsewhere])
    expect(await store.catalog.eventTypes()).toEqual(kept)
    expect(await store.catalog.createProvider(ownProvider(project.id))).toBe(true)
  })
})

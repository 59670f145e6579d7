import { expect, it } from 'vitest'
import type { Link } from '#shared/model/link/link.ts'
import { onEveryStore } from './implementations.ts'
import { ids, newDelivery, newEvent, newSource, NOW } from './records.ts'
import type { World } from './world.ts'

/** A source that a link feeds. */
async function linked({ store, project, ...world }: World) {
  const source = newSource(project.id, { slug: 'payments' })
  const link: Link = {
    sourceId: source.id,
    projectId: project.id,
    url: 'https://hooks.example.com',
    remoteProject: null,
    remoteSource: 'payments',
    subscriber: 'laptop',
    group: null,
    filter: null,
    start: { kind: 'since', at: NOW },
    reports: true,
    enabled: true,
  }
  const secret = {
    id: ids.next('sec'),
    projectId: project.id,
    sourceId: source.id,
    role: 'link-key' as const,
    sealed: Uint8Array.of(1, 2, 3),
    createdAt: NOW,
  }
  await store.sources.create(source, [secret], link)
  return { ...world, store, project, source, link, secret }
}

onEveryStore('Links', (open) => {
  it('REL-2 keeps a link with its source and its key, and lets them go together', async () => {
    const { store, source, link, secret } = await linked(await open())
    expect(await store.links.list()).toEqual([link])
    expect(await store.sources.secrets(source.id)).toEqual([secret])
    const changed: Link = {
      ...link,
      url: 'http://other',
      group: 'team',
      filter: 'type:a',
      enabled: false,
      reports: false,
    }
    await store.links.update({ ...changed, start: { kind: 'now' } })
    expect(await store.links.list()).toEqual([{ ...changed, start: { kind: 'now' } }])
    await store.sources.delete(source.id, NOW)
    expect(await store.links.list()).toEqual([])
    expect(await store.sources.secrets(source.id)).toEqual([])
  })

  it('REL-2 keeps an event of a relay once in a source, with how often it came and why', async () => {
    const { store, project, source } = await linked(await open())
    const remoteId = ids.next('evt')
    const append = (sourceId: typeof source.id, sends: number, cause: 'silent' | null) => {
      const event = newEvent(project.id, new Uint8Array(), { sourceId, origin: 'relayed' })
      const entry = { event, body: new Uint8Array(), deliveries: [], idempotency: null }
      return store.events
        .append({ ...entry, relayed: { remoteId, sends, cause } })
        .then((appended) => ({ appended, event }))
    }
    const first = await append(source.id, 1, null)
    expect(first.appended.kind).toBe('appended')
    const again = await append(source.id, 2, 'silent')
    expect(again.appended).toEqual({ kind: 'repeated', eventId: first.event.id })
    expect(await store.events.get(again.event.id)).toBeNull()
    expect(await store.links.relayed(first.event.id)).toEqual({ remoteId, sends: 2, cause: 'silent' })
    const other = newSource(project.id, { slug: 'other' })
    await store.sources.create(other)
    expect((await append(other.id, 1, null)).appended.kind).toBe('appended')
    expect(await store.links.relayed(ids.next('evt'))).toBeNull()
  })

  it('REL-2 tells once what became of events whose deliveries are all over', async () => {
    const world = await linked(await open())
    const { store, project, source, addEndpoint, claim, conclude } = world
    const endpoint = await addEndpoint()
    const remoteIds = [ids.next('evt'), ids.next('evt'), ids.next('evt')] as const
    for (const [index, remoteId] of remoteIds.entries()) {
      const event = newEvent(project.id, new Uint8Array(), { sourceId: source.id, origin: 'relayed' })
      // The last one goes to nobody.
      const deliveries = index < 2 ? [newDelivery(event, { endpointId: endpoint.id })] : []
      const relayed = { remoteId, sends: 1, cause: null }
      await store.events.append({ event, body: new Uint8Array(), deliveries, idempotency: null, relayed })
    }
    expect(await store.links.unreported(source.id, 10)).toEqual([])
    const [claimed] = await claim(endpoint.id, { limit: 1 })
    await conclude(claimed!, { delivery: { state: 'succeeded', dueAt: null, lastStatus: 204, lastFailure: null } })
    const [outcome, ...others] = await store.links.unreported(source.id, 10)
    expect(others).toEqual([])
    expect(outcome).toEqual({
      eventId: remoteIds[0],
      target: 'Orders',
      state: 'succeeded',
      attempts: 1,
      lastStatus: 204,
      lastFailure: null,
    })
    await store.links.reported(source.id, [outcome!])
    expect(await store.links.unreported(source.id, 10)).toEqual([])
    const [second] = await claim(endpoint.id, { limit: 1 })
    await conclude(second!, { delivery: { state: 'failed', dueAt: null } })
    expect((await store.links.unreported(source.id, 10)).map(({ eventId }) => eventId)).toEqual([remoteIds[1]])
  })

  it('REL-2 tells again what became of an event once it is another, also where that happens while it is told', async () => {
    const world = await linked(await open())
    const { store, project, source, addEndpoint, claim, conclude } = world
    const endpoint = await addEndpoint()
    const event = newEvent(project.id, new Uint8Array(), { sourceId: source.id, origin: 'relayed' })
    const delivery = newDelivery(event, { endpointId: endpoint.id })
    const relayed = { remoteId: ids.next('evt'), sends: 1, cause: null }
    await store.events.append({ event, body: new Uint8Array(), deliveries: [delivery], idempotency: null, relayed })
    const end = async (state: 'failed' | 'succeeded') => {
      const [claimed] = await claim(endpoint.id, { limit: 1 })
      await conclude(claimed!, { delivery: { state, dueAt: null, lastFailure: null } })
    }
    const retry = () =>
      store.deliveries.bringForward({
        deliveryId: delivery.id,
        from: ['failed', 'succeeded'],
        trigger: 'manual',
        now: NOW,
      })
    const told = () => store.links.unreported(source.id, 10)
    await end('failed')
    const first = await told()
    await retry()
    expect(await told()).toEqual([])
    await end('succeeded')
    await store.links.reported(source.id, first)
    const second = await told()
    expect(second).toMatchObject([{ state: 'succeeded', attempts: 2 }])
    await store.links.reported(source.id, second)
    expect(await told()).toEqual([])
    await retry()
    await end('succeeded')
    expect(await told()).toMatchObject([{ state: 'succeeded', attempts: 3 }])
  })
})

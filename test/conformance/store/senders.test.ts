import { expect, it } from 'vitest'
import type { SealedSender } from '#main/engine/ports.ts'
import type { World } from './world.ts'
import { onEveryStore } from './implementations.ts'
import { ids, newDelivery, newEvent, NOW } from './records.ts'

/** A triggered event on its way to a URL, or to an endpoint. */
function triggered({ project }: World, to: { endpointId?: ReturnType<typeof ids.next<'end'>> } = {}) {
  const body = new TextEncoder().encode('{"a":1}')
  const event = newEvent(project.id, body, { origin: 'triggered', provider: 'stripe' })
  const names = { id: ids.next('snd'), provider: 'stripe', policy: 'stripe' }
  const sender: SealedSender = { ...names, projectId: project.id, sealed: Uint8Array.of(0, 255, 7), createdAt: NOW }
  const target = to.endpointId ? { endpointId: to.endpointId } : { targetUrl: 'http://127.0.0.1:9/hook' }
  return { sender, event, body, delivery: newDelivery(event, { ...target, sender: names }) }
}

onEveryStore('Senders', (open) => {
  it('PRV-3 keeps sender, event and delivery in one step, and the delivery names its sender wherever it is read', async () => {
    const world = await open()
    const { store, project } = world
    const step = triggered(world)
    expect(await store.senders.trigger(step)).toEqual(step.delivery)
    expect(await store.senders.get(step.sender.id)).toEqual(step.sender)
    expect((await store.events.get(step.event.id))?.event).toEqual(step.event)
    expect(await store.events.body(step.event.id)).toEqual(step.body)
    expect(await store.deliveries.get(step.delivery.id)).toEqual(step.delivery)
    const query = { projectId: project.id, eventId: null, endpointId: null, replayId: null, states: [] }
    const { items } = await store.deliveries.list({ ...query, limit: 10, cursor: null })
    expect(items).toEqual([step.delivery])
    expect(await store.deliveries.lanes()).toEqual([{ lane: step.delivery.id, dueAt: NOW }])
    const [claimed] = await world.claim(step.delivery.id)
    expect(claimed?.delivery.sender).toEqual(step.delivery.sender)
  })

  it('PRV-3 keeps a sender without a secret of its own', async () => {
    const world = await open()
    const step = triggered(world)
    await world.store.senders.trigger({ ...step, sender: { ...step.sender, sealed: null } })
    expect(await world.store.senders.get(step.sender.id)).toMatchObject({ sealed: null })
    expect(await world.store.senders.get(ids.next('snd'))).toBeNull()
  })

  it('PRV-3 holds what goes to a paused endpoint, and keeps nothing for one that is deleted', async () => {
    const world = await open()
    const paused = await world.addEndpoint({ state: 'paused', pausedReason: 'manual', pausedAt: NOW })
    const held = await world.store.senders.trigger(triggered(world, { endpointId: paused.id }))
    expect(held).toMatchObject({ state: 'held', dueAt: null, endpointId: paused.id })
    await world.store.endpoints.delete({ endpointId: paused.id, now: NOW })
    const late = triggered(world, { endpointId: paused.id })
    expect(await world.store.senders.trigger(late)).toBeNull()
    expect(await world.store.events.get(late.event.id)).toBeNull()
    expect(await world.store.senders.get(late.sender.id)).toBeNull()
  })
})

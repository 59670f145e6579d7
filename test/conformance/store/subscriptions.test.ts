import { expect, it } from 'vitest'
import type { Subscription } from '#shared/model/link/subscription.ts'
import type { TakeOrder } from '#main/engine/ports.ts'
import { onEveryStore } from './implementations.ts'
import { ids, newSource, NOW } from './records.ts'
import type { World } from './world.ts'

const text = (words: string) => new TextEncoder().encode(words)

/** A source with a subscription from its beginning, and short ways to go on. */
async function subscribed(world: World, change: Partial<Subscription> = {}) {
  const { store, project } = world
  const source = newSource(project.id)
  await store.sources.create(source)
  const subscription: Subscription = {
    id: ids.next('sub'),
    projectId: project.id,
    sourceId: source.id,
    name: 'laptop',
    isGroup: false,
    filter: null,
    keyId: null,
    createdBy: 'tests',
    createdAt: NOW,
    lastSeenAt: null,
    lastVersion: null,
    ...change,
  }
  await store.subscriptions.create(subscription, { kind: 'beginning' })
  const subscriptionId = subscription.id
  const capture = (type: string, event = {}) => world.addEvent({ event: { sourceId: source.id, type, ...event } })
  const order = (holder: string, order: Partial<TakeOrder> = {}): TakeOrder => ({
    subscriptionId,
    holder,
    now: NOW,
    limit: 10,
    scan: 100,
    takes: () => true,
    ...order,
  })
  const take = async (holder: string, change: Partial<TakeOrder> = {}) =>
    (await store.subscriptions.take(order(holder, change))).items.map(({ event, sends, cause }) =>
      cause === null ? event.type : `${event.type} ${sends} ${cause}`,
    )
  const acknowledge = (holder: string, ...events: { event: { id: TakeEventId } }[]) =>
    store.subscriptions.acknowledge({ subscriptionId, holder, eventIds: events.map(({ event }) => event.id) })
  return { ...world, source, subscription, subscriptionId, capture, order, take, acknowledge }
}
type TakeEventId = ReturnType<typeof ids.next<'evt'>>

onEveryStore('Subscriptions', (open) => {
  it('REL-2 keeps one of each name and kind of a source, from where it was told to begin', async () => {
    const { store, subscription, source, capture } = await subscribed(await open())
    await capture('a', { receivedAt: NOW })
    await capture('b', { receivedAt: NOW + 10 })
    const again = await store.subscriptions.create({ ...subscription, id: ids.next('sub') }, { kind: 'now' })
    expect(again).toEqual(subscription)
    const starts = [
      { kind: 'now' as const, then: ['c'] },
      { kind: 'beginning' as const, then: ['a', 'b', 'c'] },
      { kind: 'since' as const, at: NOW + 10, then: ['b', 'c'] },
    ]
    const made = await Promise.all(
      starts.map(({ then: _then, ...start }, index) =>
        store.subscriptions.create({ ...subscription, id: ids.next('sub'), name: `n${index}`, isGroup: true }, start),
      ),
    )
    await capture('c', { receivedAt: NOW + 20 })
    for (const [index, { id }] of made.entries()) {
      const order = { subscriptionId: id, holder: 'x', now: NOW, limit: 9, scan: 9, takes: () => true }
      const { items } = await store.subscriptions.take(order)
      expect(items.map(({ event }) => event.type)).toEqual(starts[index]!.then)
    }
    expect(await store.subscriptions.list()).toEqual([subscription, ...made])
    const seen = { ...subscription, filter: 'type:a', lastSeenAt: NOW + 5, lastVersion: '1.2.3' }
    await store.subscriptions.update(seen)
    expect((await store.subscriptions.list())[0]).toEqual(seen)
    await store.sources.delete(source.id, NOW)
    expect(await store.subscriptions.list()).toEqual([])
  })

  it('REL-2 lends each event once, in order, whole ones alone, and only as many as are asked for', async () => {
    const { capture, take, order, store } = await subscribed(await open())
    await capture('a')
    await capture('half', { capture: 'partial' })
    await capture('handshake')
    await capture('b')
    await capture('c')
    expect(await take('one', { limit: 2 })).toEqual(['a', 'b'])
    expect(await take('two')).toEqual(['c'])
    expect(await store.subscriptions.take(order('two'))).toEqual({ items: [], isMore: false })
  })

  it('REL-2 moves on past what it does not take, a stretch at a time', async () => {
    const { capture, order, store, addEvent } = await subscribed(await open())
    for (let index = 0; index < 5; index++) await capture('noise')
    await addEvent({ event: { type: 'elsewhere' } })
    await capture('wanted')
    const takes: TakeOrder['takes'] = ({ event, body }) => event.type === 'wanted' && body().length === 0
    const looked = []
    for (let round = 0; round < 3; round++) {
      const { items, isMore } = await store.subscriptions.take(order('one', { scan: 3, takes }))
      looked.push([items.length, isMore])
    }
    expect(looked).toEqual([
      [0, true],
      [1, true],
      [0, false],
    ])
  })

  it('REL-2 lends what was let go first, with how often and why, until its holder acknowledges it', async () => {
    const { capture, take, acknowledge, store, subscriptionId } = await subscribed(await open())
    const [a, b, c] = [await capture('a'), await capture('b'), await capture('c')]
    await take('one', { limit: 2 })
    expect(await acknowledge('other', a, b)).toEqual([])
    expect(await acknowledge('one', a)).toEqual([a.event.id])
    const letGo = await store.subscriptions.letGo({ subscriptionId, holder: 'one', cause: 'silent' })
    expect(letGo).toEqual([b.event.id])
    expect(await take('two')).toEqual(['b 2 silent', 'c'])
    expect(await acknowledge('one', b)).toEqual([])
    await store.subscriptions.letGoOfAll('relay_restarted')
    expect(await take('three', { limit: 1 })).toEqual(['b 3 relay_restarted'])
    expect(await store.subscriptions.holds({ subscriptionId, holder: 'three', eventId: b.event.id })).toBe(true)
    expect(await store.subscriptions.holds({ subscriptionId, holder: 'three', eventId: c.event.id })).toBe(false)
    const { repeats } = await store.subscriptions.standing(subscriptionId, 100)
    expect(repeats).toEqual({ silent: 1, relay_restarted: 1 })
  })

  it('REL-2 lets go only of what was taken before a moment, where one is given', async () => {
    const { capture, take, store, subscriptionId } = await subscribed(await open())
    const first = await capture('a')
    await capture('b')
    await take('one', { limit: 1, now: NOW })
    await take('one', { limit: 1, now: NOW + 50 })
    const step = { subscriptionId, holder: 'one', cause: 'not_acknowledged' as const }
    expect(await store.subscriptions.letGo({ ...step, before: NOW + 50 })).toEqual([first.event.id])
    expect(await take('two')).toEqual(['a 2 not_acknowledged'])
  })

  it('REL-4 tells how many events are behind, since when, and no more than it was to count', async () => {
    const { capture, take, acknowledge, store, subscriptionId } = await subscribed(await open())
    const standing = async (most: number) => (await store.subscriptions.standing(subscriptionId, most)).lag
    expect(await standing(5)).toEqual({ events: 0, isMore: false, oldestAt: null, lastEventAt: null, missed: 0 })
    const first = await capture('a', { receivedAt: NOW })
    for (let index = 1; index < 4; index++) await capture('b', { receivedAt: NOW + index })
    expect(await standing(2)).toMatchObject({ events: 2, isMore: true, oldestAt: NOW, lastEventAt: NOW + 3 })
    await take('one', { limit: 1 })
    expect(await standing(5)).toMatchObject({ events: 4, isMore: false, oldestAt: NOW })
    await acknowledge('one', first)
    expect(await standing(5)).toMatchObject({ events: 3, oldestAt: NOW + 1 })
  })

  it('REL-4 counts what was deleted before it was acknowledged, and passes over nothing that comes after', async () => {
    const { capture, take, acknowledge, store, subscriptionId } = await subscribed(await open())
    const [a, b] = [await capture('a'), await capture('b')]
    await take('one')
    await acknowledge('one', a)
    const c = await capture('c')
    for (const { event } of [a, b, c]) await store.retention.deleteEvent(event.id)
    expect((await store.subscriptions.standing(subscriptionId, 9)).lag).toMatchObject({ events: 0, missed: 2 })
    // The database gives the next event the key of the last one that is gone.
    await capture('d')
    await capture('e')
    expect(await take('one')).toEqual(['d', 'e'])
  })

  it('REL-2 keeps what subscribers tell of an event, once for each of their targets', async () => {
    const { capture, store, subscriptionId, addEvent } = await subscribed(await open())
    const { event } = await capture('a')
    const elsewhere = await addEvent()
    const outcome = {
      eventId: event.id,
      subscriptionId,
      subscriber: 'laptop',
      target: 'App',
      state: 'failed' as const,
      attempts: 3,
      lastStatus: 500,
      lastFailure: 'server_error' as const,
      at: NOW,
    }
    const later = { ...outcome, state: 'succeeded' as const, lastStatus: 200, lastFailure: null, at: NOW + 9 }
    const other = { ...outcome, subscriber: 'desk' }
    await store.subscriptions.noteOutcomes([outcome, other, { ...outcome, eventId: elsewhere.event.id }])
    await store.subscriptions.noteOutcomes([later])
    expect(await store.subscriptions.outcomes(event.id)).toEqual([other, later])
    expect(await store.subscriptions.outcomes(elsewhere.event.id)).toEqual([])
    await store.subscriptions.delete(subscriptionId)
    expect(await store.subscriptions.outcomes(event.id)).toEqual([])
  })

  it('REL-2 takes nothing for a subscription that is gone', async () => {
    const { order, store, subscriptionId, capture } = await subscribed(await open())
    await capture('a')
    await store.subscriptions.delete(subscriptionId)
    expect(await store.subscriptions.take(order('one'))).toEqual({ items: [], isMore: false })
    expect((await store.subscriptions.standing(subscriptionId, 1)).lag.events).toBe(0)
  })

  it('CAP-8 REL-2 hands on what was found about an event beside it', async () => {
    const { store, order, source, append } = await subscribed(await open())
    const verdict = { verdict: 'valid' as const, reason: null, provider: 'stripe' }
    const body = text('{"id":"msg_1"}')
    await append({
      event: { sourceId: source.id },
      body,
      arrival: { verdict, message: { id: 'msg_1', repeat: 'keep' } },
    })
    const { items } = await store.subscriptions.take(order('one', { takes: (it) => it.body().length === body.length }))
    expect(items[0]?.findings).toMatchObject({ verdict, messageId: 'msg_1' })
  })
})

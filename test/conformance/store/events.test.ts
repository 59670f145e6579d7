import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { EMPTY_TALLY } from '#shared/model/delivery.ts'
import { NO_FINDINGS } from '#shared/model/findings.ts'
import { onEveryStore } from './implementations.ts'
import { ids, newDelivery, newEvent, newSource, NOW } from './records.ts'

const KEY = { key: 'order-1', fingerprint: 'abc', expiresAt: NOW + 1_000 }
const text = (value: string) => new TextEncoder().encode(value)

onEveryStore('Events', (open) => {
  it('CAP-1 keeps every part of an event as it came', async () => {
    const { store, project, addEvent } = await open()
    const source = newSource(project.id)
    await store.sources.create(source)
    const { event } = await addEvent({
      body: text('{"a":1}'),
      event: {
        sourceId: source.id,
        provider: 'github',
        capture: 'partial',
        captureNote: 'the sender hung up',
        query: 'a=%20&b',
        trailers: [['X-Late', 'yes']],
        declaredSizeBytes: 99,
        hops: 2,
        contentType: null,
        headers: [
          ['X-LATIN', 'caf\u00e9 "quoted" \\ \u0000'],
          ['x-latin', ''],
        ],
      },
    })
    expect(await store.events.get(event.id)).toEqual({ event, findings: NO_FINDINGS, tally: EMPTY_TALLY })
    expect(await store.events.get(ids.next('evt'))).toBeNull()
  })

  it.each([0, 1, 1024 * 1024, 1024 * 1024 + 1, 3 * 1024 * 1024 + 7])(
    'CAP-8 keeps a body of %i bytes byte for byte',
    async (sizeBytes) => {
      const { store, addEvent } = await open()
      const body = new Uint8Array(randomBytes(sizeBytes))
      const { event } = await addEvent({ body })
      const kept = await store.events.body(event.id)
      expect(kept?.constructor).toBe(Uint8Array)
      expect(Buffer.compare(kept!, body)).toBe(0)
    },
  )

  it('gives equal bodies to each event that has them, and none for an unknown event', async () => {
    const { store, addEvent } = await open()
    const first = await addEvent({ body: text('same') })
    const second = await addEvent({ body: text('same') })
    expect(await store.events.body(first.event.id)).toEqual(text('same'))
    expect(await store.events.body(second.event.id)).toEqual(text('same'))
    expect(await store.events.body(ids.next('evt'))).toBeNull()
  })

  it('ENG-1 stores the matching deliveries with their event', async () => {
    const { store, addEndpoint, addEvent } = await open()
    const endpoints = [await addEndpoint(), await addEndpoint()]
    const { event, deliveries } = await addEvent({ to: endpoints })
    expect(deliveries).toMatchObject(endpoints.map(({ id }) => ({ endpointId: id, state: 'scheduled', dueAt: NOW })))
    expect(await store.deliveries.get(deliveries[1]!.id)).toEqual(deliveries[1])
    expect(await store.events.get(event.id)).toEqual({
      event,
      findings: NO_FINDINGS,
      tally: { ...EMPTY_TALLY, total: 2, pending: 2 },
    })
  })

  it('ENG-6b holds the deliveries of a paused endpoint and leaves out those of a deleted one', async () => {
    const { store, addEndpoint, addEvent } = await open()
    const paused = await addEndpoint({ state: 'paused', pausedReason: 'manual', pausedAt: NOW })
    const deleted = await addEndpoint()
    await store.endpoints.delete({ endpointId: deleted.id, now: NOW })
    const { event, deliveries } = await addEvent({ to: [paused, deleted] })
    expect(deliveries).toMatchObject([{ endpointId: paused.id, state: 'held', dueAt: null }])
    expect((await store.events.get(event.id))!.tally).toEqual({ ...EMPTY_TALLY, total: 1, held: 1 })
  })

  it('EN19 refuses a second delivery of one event to one endpoint, keeping nothing of the step', async () => {
    const { store, project, addEndpoint } = await open()
    const endpoint = await addEndpoint()
    const event = newEvent(project.id, new Uint8Array())
    const deliveries = [1, 2].map(() => newDelivery(event, { endpointId: endpoint.id }))
    await expect(
      store.events.append({ event, body: new Uint8Array(), deliveries, idempotency: null }),
    ).rejects.toThrow()
    expect(await store.events.get(event.id)).toBeNull()
    expect(await store.deliveries.lanes()).toEqual([])
  })

  it('EN19 answers a repeated idempotency key with the first event', async () => {
    const { store, project, append, addEvent } = await open()
    const { event } = await addEvent({ idempotency: KEY })
    expect(await append({ idempotency: KEY })).toEqual({ kind: 'repeated', eventId: event.id })
    expect(await store.events.count(project.id)).toBe(1)
  })

  it('EN19 refuses an idempotency key that meant something else', async () => {
    const { append, addEvent } = await open()
    await addEvent({ idempotency: KEY })
    expect(await append({ idempotency: { ...KEY, fingerprint: 'other' } })).toEqual({ kind: 'mismatch' })
  })

  it('forgets an idempotency key once it expires', async () => {
    const { append, addEvent } = await open()
    await addEvent({ idempotency: KEY })
    const again = { ...KEY, fingerprint: 'other', expiresAt: NOW + 2_000 }
    expect(await append({ idempotency: again, event: { receivedAt: NOW + 1_000 } })).toMatchObject({ kind: 'appended' })
    expect(await append({ idempotency: KEY, event: { receivedAt: NOW + 1_500 } })).toEqual({ kind: 'mismatch' })
  })

  it('keeps the idempotency keys of projects apart', async () => {
    const { append, addEvent, addProject } = await open()
    await addEvent({ idempotency: KEY })
    const other = await addProject()
    expect(await append({ idempotency: KEY, event: { projectId: other.id } })).toMatchObject({ kind: 'appended' })
  })

  it('CAP-7 stores many events in one step, and answers repeats with the first event', async () => {
    const { store, project, addEndpoint, addEvent } = await open()
    const endpoint = await addEndpoint()
    const earlier = await addEvent({ idempotency: KEY })
    const entryOf = (key: string, fingerprint = 'abc') => {
      const event = newEvent(project.id, text(key))
      const deliveries = [newDelivery(event, { endpointId: endpoint.id })]
      return { event, body: text(key), deliveries, idempotency: { ...KEY, key, fingerprint } }
    }
    const [first, again] = [entryOf('order-2'), entryOf('order-2')]
    const stored = await store.events.appendAll([first, entryOf(KEY.key), again])
    expect(stored).toMatchObject({
      kind: 'stored',
      results: [
        { kind: 'appended', deliveries: [{ id: first.deliveries[0]!.id }] },
        { kind: 'repeated', eventId: earlier.event.id },
        { kind: 'repeated', eventId: first.event.id },
      ],
    })
    expect(await store.events.count(project.id)).toBe(2)
  })

  it('CAP-7 stores none of many events where one key was used with other content', async () => {
    const { store, project, addEvent } = await open()
    await addEvent({ idempotency: KEY })
    const entryOf = (key: string, fingerprint = 'abc') => {
      const event = newEvent(project.id, text(key))
      return { event, body: text(key), deliveries: [], idempotency: { ...KEY, key, fingerprint } }
    }
    const before = await store.events.appendAll([entryOf('new'), entryOf(KEY.key, 'other')])
    expect(before).toEqual({ kind: 'mismatch', index: 1 })
    const among = await store.events.appendAll([entryOf('new'), entryOf('newer'), entryOf('new', 'other')])
    expect(among).toEqual({ kind: 'mismatch', index: 2 })
    expect(await store.events.count(project.id)).toBe(1)
    expect(await store.events.appendAll([entryOf('new', 'free still')])).toMatchObject({ kind: 'stored' })
  })

  it('CAP-3 counts the answers of a source’s script with its events, each message’s walk by itself', async () => {
    const { store, project } = await open()
    const sources = [newSource(project.id), newSource(project.id, { slug: 'second' })]
    for (const source of sources) await store.sources.create(source)
    const step = async (sourceId: (typeof sources)[0]['id'], message: string | null) => {
      const event = newEvent(project.id, new Uint8Array(), { sourceId })
      const entry = { event, body: new Uint8Array(), deliveries: [], idempotency: null }
      const stored = await store.events.append({ ...entry, scriptStep: { message } })
      return stored.kind === 'appended' ? stored.given : null
    }
    const [{ id: one }, { id: two }] = [sources[0]!, sources[1]!]
    expect([await step(one, null), await step(one, null), await step(two, null)]).toEqual([0, 1, 0])
    expect([await step(one, 'm-1'), await step(one, 'm-2'), await step(one, 'm-1')]).toEqual([0, 0, 1])
    expect(await store.sources.answersGiven()).toEqual(
      new Map([
        [one, 5],
        [two, 1],
      ]),
    )
    await store.sources.update(sources[0]!, { restartsScript: true })
    expect(await store.sources.answersGiven()).toEqual(new Map([[two, 1]]))
    expect(await step(one, 'm-1')).toBe(0)
    await store.sources.delete(two, NOW)
    expect(await store.sources.answersGiven()).toEqual(new Map([[one, 1]]))
  })

  it('tallies the deliveries of many events and leaves out unknown ones', async () => {
    const { store, addEndpoint, addEvent } = await open()
    const endpoint = await addEndpoint()
    const [none, one] = [await addEvent(), await addEvent({ to: [endpoint] })]
    await store.deliveries.cancel({ deliveryId: one.deliveries[0]!.id, now: NOW })
    expect(await store.events.tallies([none.event.id, ids.next('evt'), one.event.id])).toEqual(
      new Map([
        [none.event.id, EMPTY_TALLY],
        [one.event.id, { ...EMPTY_TALLY, total: 1, canceled: 1 }],
      ]),
    )
  })
})

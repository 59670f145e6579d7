import { expect, it } from 'vitest'
import type { EventVerdict } from '#shared/model/findings.ts'
import type { Source } from '#shared/model/source.ts'
import type { AppendedEvent, Arrival, PageRequest } from '#main/engine/ports.ts'
import { asks, type Asked } from './asks.ts'
import { onEveryStore } from './implementations.ts'
import { newEvent, newSource, NOW } from './records.ts'
import type { World } from './world.ts'

const VALID: EventVerdict = { verdict: 'valid', reason: null, provider: 'github' }
const FORGED: EventVerdict = { verdict: 'invalid', reason: 'signature_mismatch', provider: 'github' }
const STALE: EventVerdict = { verdict: 'invalid', reason: 'stale_timestamp', skewSeconds: 400, provider: 'github' }

type Rule = NonNullable<Arrival['message']>['repeat']

async function withSource(world: World) {
  const source = newSource(world.project.id)
  await world.store.sources.create(source)
  const arrive = (
    id: string,
    repeat: Rule = 'keep',
    more: { from?: Source; type?: string; verdict?: EventVerdict } = {},
  ) => {
    const { from = source, type = 'push', verdict = null } = more
    const event = newEvent(world.project.id, new Uint8Array(), { sourceId: from.id, type })
    const arrival = { verdict, message: { id, repeat } }
    return world.append({ event, arrival }).then((appended) => ({ event, appended }))
  }
  const findings = async ({ id }: { id: Parameters<typeof world.store.events.get>[0] }) =>
    (await world.store.events.get(id))!.findings
  return { source, arrive, findings }
}

function list({ store, project }: World, { limit = 50, cursor = null, ...asked }: Asked & Partial<PageRequest>) {
  return store.events.list({ projectId: project.id, filter: asks(asked), limit, cursor })
}

const kindsOf = (results: readonly { appended: AppendedEvent }[]) => results.map(({ appended }) => appended.kind)

onEveryStore('Arrivals', (open) => {
  it.each([VALID, FORGED, STALE])('CAP-5 keep the verdict of an event: $verdict, $reason', async (verdict) => {
    const world = await open()
    const { event } = await world.addEvent({ arrival: { verdict, message: null } })
    const expected = { verdict, messageId: null, duplicateOf: null, repeats: 0, isRead: false }
    expect((await world.store.events.get(event.id))!.findings).toEqual(expected)
    expect((await list(world, {})).items[0]!.findings).toEqual(expected)
  })

  it('CAP-5 narrow a list by verdict, page by page, in the order of all events', async () => {
    const world = await open()
    for (const [index, verdict] of [FORGED, VALID, null, STALE, FORGED, FORGED].entries()) {
      const event = { path: `/${index}`, receivedAt: NOW + (index >> 1) }
      await world.addEvent({ event, arrival: { verdict, message: null } })
    }
    const first = await list(world, { verdict: 'invalid', limit: 2 })
    expect(first.items.map(({ event }) => event.path)).toEqual(['/5', '/4'])
    const rest = await list(world, { verdict: 'invalid', cursor: first.nextCursor })
    expect(rest.items.map(({ event }) => event.path)).toEqual(['/3', '/0'])
    expect((await list(world, { verdict: 'valid' })).items.map(({ event }) => event.path)).toEqual(['/1'])
    expect((await list(world, { verdict: 'unchecked' })).items).toEqual([])
  })

  it('CAP-5 narrow by verdict together with every other filter', async () => {
    const world = await open()
    const { source } = await withSource(world)
    const arrival = { verdict: FORGED, message: null }
    const wanted = { sourceId: source.id, type: 'push', path: '/yes', receivedAt: NOW + 5 }
    await world.addEvent({ event: wanted, arrival })
    for (const change of [
      { sourceId: null },
      { type: 'ping' },
      { path: '/no' },
      { receivedAt: NOW },
      { receivedAt: NOW + 9 },
    ]) {
      await world.addEvent({ event: { ...wanted, ...change }, arrival })
    }
    await world.addEvent({ event: wanted, arrival: { verdict: VALID, message: null } })
    const found = await list(world, {
      verdict: 'invalid',
      sourceId: source.id,
      type: 'push',
      text: '/yes',
      since: NOW + 5,
      until: NOW + 9,
    })
    expect(found.items.map(({ event }) => event.path)).toEqual(['/yes'])
  })

  it('CAP-6 keep a repeat as a duplicate of the first, which counts it', async () => {
    const world = await open()
    const { arrive, findings } = await withSource(world)
    const [first, second, third] = [await arrive('m1'), await arrive('m1'), await arrive('m1')]
    expect(first.appended).toEqual({ kind: 'appended', deliveries: [], repeatOf: null, given: 0 })
    expect(third.appended).toMatchObject({ kind: 'appended', repeatOf: { eventId: first.event.id, repeats: 2 } })
    expect(await findings(first.event)).toEqual({
      verdict: null,
      messageId: 'm1',
      duplicateOf: null,
      repeats: 2,
      isRead: false,
    })
    expect(await findings(second.event)).toMatchObject({ messageId: 'm1', duplicateOf: first.event.id, repeats: 0 })
    expect(await findings(third.event)).toMatchObject({ duplicateOf: first.event.id })
  })

  it('CAP-6 drop a repeat: nothing of it is stored, and the first is answered and counts it', async () => {
    const world = await open()
    const { arrive, findings } = await withSource(world)
    const endpoint = await world.addEndpoint()
    const first = await arrive('m1', 'drop')
    const again = newEvent(world.project.id, new Uint8Array(), { sourceId: first.event.sourceId, type: 'push' })
    const arrival = { verdict: null, message: { id: 'm1', repeat: 'drop' as const } }
    const appended = await world.append({ event: again, to: [endpoint], arrival })
    expect(appended).toEqual({ kind: 'dropped', first: first.event, repeats: 1, given: 0 })
    expect(await world.store.events.get(again.id)).toBeNull()
    expect(await world.store.events.count(world.project.id)).toBe(1)
    expect(await world.store.deliveries.lanes()).toEqual([])
    expect((await findings(first.event)).repeats).toBe(1)
  })

  it('CAP-6 have exactly one first of several at once, whatever their rule', async () => {
    const world = await open()
    const { arrive, findings } = await withSource(world)
    const dropped = await Promise.all(Array.from({ length: 12 }, () => arrive('m1', 'drop')))
    expect(kindsOf(dropped).filter((kind) => kind === 'appended')).toHaveLength(1)
    const kept = await Promise.all(Array.from({ length: 12 }, () => arrive('m2', 'keep')))
    const duplicates = await Promise.all(kept.map(async ({ event }) => (await findings(event)).duplicateOf))
    const first = kept[duplicates.indexOf(null)]!.event
    expect(duplicates.filter((id) => id === first.id)).toHaveLength(11)
    expect((await findings(first)).repeats).toBe(11)
  })

  it('CAP-6 tell messages apart by source, id and type', async () => {
    const world = await open()
    const { arrive } = await withSource(world)
    const other = newSource(world.project.id, { slug: 'other' })
    await world.store.sources.create(other)
    const all = [
      await arrive('m1', 'drop'),
      await arrive('M1', 'drop'),
      await arrive('m1', 'drop', { type: 'ping' }),
      await arrive('m1', 'drop', { from: other }),
      await arrive('m1', 'drop'),
    ]
    expect(kindsOf(all)).toEqual(['appended', 'appended', 'appended', 'appended', 'dropped'])
  })

  it('CAP-6 let what proved nothing take no place: a forged message is neither a first nor a duplicate', async () => {
    const world = await open()
    const { arrive, findings } = await withSource(world)
    const forged = await arrive('m1', 'unproven', { verdict: FORGED })
    const genuine = await arrive('m1', 'drop', { verdict: VALID })
    const forgedAgain = await arrive('m1', 'unproven', { verdict: FORGED })
    const repeat = await arrive('m1', 'drop', { verdict: VALID })
    expect(kindsOf([forged, genuine, forgedAgain, repeat])).toEqual(['appended', 'appended', 'appended', 'dropped'])
    expect(await findings(genuine.event)).toMatchObject({ duplicateOf: null, repeats: 1 })
    for (const { event } of [forged, forgedAgain]) {
      expect(await findings(event)).toEqual({
        verdict: FORGED,
        messageId: 'm1',
        duplicateOf: null,
        repeats: 0,
        isRead: false,
      })
    }
  })
})

import { expect, it } from 'vitest'
import type { SightingQuery } from '#main/engine/ports.ts'
import { onEveryStore } from './implementations.ts'
import { newSource, NOW } from './records.ts'
import type { World } from './world.ts'

async function worldWithSources(open: () => Promise<World>) {
  const world = await open()
  const [shop, other] = [newSource(world.project.id), newSource(world.project.id, { slug: 'other' })]
  for (const source of [shop, other]) await world.store.sources.create(source)
  const query = (change: Partial<SightingQuery> = {}): SightingQuery => ({
    sourceId: shop.id,
    since: 0,
    until: NOW * 2,
    limit: 50,
    cursor: null,
    ...change,
  })
  return { ...world, shop, other, query }
}

onEveryStore('Sightings', (open) => {
  it('CAP-9 are those of one source, newest first, whole or not', async () => {
    const { store, addEvent, shop, other, query } = await worldWithSources(open)
    const { event: first } = await addEvent({ event: { sourceId: shop.id, receivedAt: NOW } })
    await addEvent({ event: { sourceId: other.id, receivedAt: NOW } })
    const { event: second } = await addEvent({
      event: { sourceId: shop.id, receivedAt: NOW + 5, capture: 'partial', captureNote: 'It ended early.' },
    })
    expect(await store.events.sightings(query())).toEqual({
      items: [
        { eventId: second.id, receivedAt: NOW + 5, capture: 'partial' },
        { eventId: first.id, receivedAt: NOW, capture: 'complete' },
      ],
      nextCursor: null,
    })
  })

  it('CAP-9 lie within their bounds, since inclusive, until exclusive, and come page by page', async () => {
    const { store, addEvent, shop, query } = await worldWithSources(open)
    for (let at = 0; at < 8; at++) await addEvent({ event: { sourceId: shop.id, receivedAt: NOW + (at >> 1) } })
    const seen: number[] = []
    let cursor: string | null = null
    do {
      const page = await store.events.sightings(query({ since: NOW + 1, until: NOW + 3, limit: 3, cursor }))
      seen.push(...page.items.map(({ receivedAt }) => receivedAt - NOW))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual([2, 2, 1, 1])
  })
})

onEveryStore('Runs', (open) => {
  it('CAP-9 begin, and last until they were last known alive', async () => {
    const { runs } = (await open()).store
    await runs.begin(100)
    await runs.alive(150)
    await runs.begin(300)
    await runs.alive(320)
    await runs.alive(400)
    expect(await runs.list({ since: 0, until: 1_000 })).toEqual([
      { startedAt: 100, aliveAt: 150 },
      { startedAt: 300, aliveAt: 400 },
    ])
  })

  it('CAP-9 are listed where they overlap a stretch, with the last one before it', async () => {
    const { runs } = (await open()).store
    for (const at of [100, 200, 300, 400]) {
      await runs.begin(at)
      await runs.alive(at + 50)
    }
    const startsOf = async (since: number, until: number) =>
      (await runs.list({ since, until })).map(({ startedAt }) => startedAt)
    expect(await startsOf(290, 390)).toEqual([200, 300])
    expect(await startsOf(310, 320)).toEqual([200, 300])
    expect(await startsOf(0, 100)).toEqual([])
    expect(await startsOf(1_000, 2_000)).toEqual([400])
  })

  it('CAP-9 that were never begun cannot be alive', async () => {
    const { runs } = (await open()).store
    await runs.alive(100)
    expect(await runs.list({ since: 0, until: 1_000 })).toEqual([])
  })
})

import { expect, it } from 'vitest'
import { EMPTY_TALLY } from '#shared/model/delivery.ts'
import type { PageRequest } from '#main/engine/ports.ts'
import { asks, type Asked } from './asks.ts'
import { onEveryStore } from './implementations.ts'
import { newSource, NOW } from './records.ts'
import type { World } from './world.ts'

type Query = Asked & Partial<PageRequest>

const text = (value: string) => new TextEncoder().encode(value)

function lister({ store, project }: World) {
  return ({ limit = 50, cursor = null, ...asked }: Query = {}) =>
    store.events.list({ projectId: project.id, filter: asks(asked), limit, cursor })
}

async function found(world: World, query: Query): Promise<string[]> {
  return (await lister(world)(query)).items.map(({ event }) => event.path)
}

onEveryStore('Event lists', (open) => {
  it('run newest first, the later of two that came in one millisecond before the other', async () => {
    const world = await open()
    for (const [path, receivedAt] of [
      ['/old', NOW - 5],
      ['/a', NOW],
      ['/b', NOW],
      ['/new', NOW + 5],
    ] as const) {
      await world.addEvent({ event: { path, receivedAt } })
    }
    expect(await found(world, {})).toEqual(['/new', '/b', '/a', '/old'])
  })

  it('give each event once when they are read page by page, also while new ones come', async () => {
    const world = await open()
    for (let index = 0; index < 7; index++)
      await world.addEvent({ event: { path: `/${index}`, receivedAt: NOW + (index >> 1) } })
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await lister(world)({ limit: 3, cursor })
      seen.push(...page.items.map(({ event }) => event.path))
      cursor = page.nextCursor
      await world.addEvent({ event: { path: '/late', receivedAt: NOW + 100 } })
    } while (cursor !== null)
    expect(seen).toEqual(['/6', '/5', '/4', '/3', '/2', '/1', '/0'])
  })

  it('have no next cursor where the last page is full', async () => {
    const world = await open()
    await world.addEvent()
    expect((await lister(world)({ limit: 1 })).nextCursor).toBeNull()
  })

  it.each(['nonsense', '', 'MTIz', 'LTEuNQ'])('refuse the cursor “%s” and name the field', async (cursor) => {
    const world = await open()
    await expect(lister(world)({ cursor })).rejects.toMatchObject({ code: 'invalid_request', field: 'cursor' })
  })

  it('hold one project alone', async () => {
    const world = await open()
    const other = await world.addProject()
    await world.addEvent({ event: { projectId: other.id } })
    expect(await found(world, {})).toEqual([])
    expect(await world.store.events.count(world.project.id)).toBe(0)
    expect(await world.store.events.count(other.id)).toBe(1)
  })

  it('narrow by source, page by page', async () => {
    const world = await open()
    const source = newSource(world.project.id)
    await world.store.sources.create(source)
    for (const path of ['/1', '/2', '/3']) {
      await world.addEvent({ event: { path, sourceId: source.id } })
      await world.addEvent({ event: { path: '/other' } })
    }
    const first = await lister(world)({ sourceId: source.id, limit: 2 })
    expect(first.items.map(({ event }) => event.path)).toEqual(['/3', '/2'])
    expect(await found(world, { sourceId: source.id, cursor: first.nextCursor })).toEqual(['/1'])
  })

  it('narrow by exact type and by prefix at any depth', async () => {
    const world = await open()
    for (const type of ['audit', 'audit.done', 'audit.page.done', 'audits.done', 'audit-x']) {
      await world.addEvent({ event: { type, path: `/${type}` } })
    }
    expect(await found(world, { type: 'audit.done' })).toEqual(['/audit.done'])
    expect(await found(world, { type: 'audit.*' })).toEqual(['/audit.page.done', '/audit.done'])
    expect(await found(world, { type: '*' })).toHaveLength(5)
  })

  it('narrow by capture', async () => {
    const world = await open()
    for (const capture of ['complete', 'partial', 'malformed'] as const)
      await world.addEvent({ event: { capture, path: `/${capture}` } })
    expect(await found(world, { capture: 'complete' })).toEqual(['/complete'])
    expect(await found(world, { capture: 'partial' })).toEqual(['/partial'])
    expect(await found(world, { capture: 'refused' })).toEqual([])
  })

  it('narrow by time, since inclusive and until exclusive', async () => {
    const world = await open()
    for (const at of [1, 2, 3]) await world.addEvent({ event: { receivedAt: NOW + at, path: `/${at}` } })
    expect(await found(world, { since: NOW + 2 })).toEqual(['/3', '/2'])
    expect(await found(world, { since: NOW + 1, until: NOW + 3 })).toEqual(['/2', '/1'])
  })

  it('find text in type, path, query, headers and body, without regard to case', async () => {
    const world = await open()
    await world.addEvent({ event: { path: '/type', type: 'Needle.found' } })
    await world.addEvent({ event: { path: '/a-needle' } })
    await world.addEvent({ event: { path: '/query', query: 'x=needle' } })
    await world.addEvent({ event: { path: '/header', headers: [['X-A', 'my "Needle"']] } })
    await world.addEvent({ event: { path: '/name', headers: [['X-Needle', '']] } })
    await world.addEvent({ event: { path: '/body' }, body: text('{"a":"NEEDLE"}') })
    await world.addEvent({ event: { path: '/none' }, body: text('hay') })
    expect(await found(world, { text: 'needle' })).toEqual([
      '/body',
      '/name',
      '/header',
      '/query',
      '/a-needle',
      '/type',
    ])
    expect(await found(world, { text: '"needle"' })).toEqual(['/body', '/header'])
  })

  it.each(['100%', 'a_b', 'a\\b', '%', '_'])('take “%s” as it is written', async (wanted) => {
    const world = await open()
    await world.addEvent({ event: { path: '/yes' }, body: text(`<${wanted}>`) })
    await world.addEvent({ event: { path: '/no', headers: [] }, body: text('<1000 axb>') })
    expect(await found(world, { text: wanted })).toEqual(['/yes'])
  })

  it('join several filters', async () => {
    const world = await open()
    await world.addEvent({ event: { path: '/yes', type: 'a.b', capture: 'partial' }, body: text('x') })
    await world.addEvent({ event: { path: '/type', type: 'c', capture: 'partial' }, body: text('x') })
    await world.addEvent({ event: { path: '/capture', type: 'a.b' }, body: text('x') })
    await world.addEvent({ event: { path: '/text', type: 'a.b', capture: 'partial' } })
    expect(await found(world, { type: 'a.*', capture: 'partial', text: '/yes', since: NOW })).toEqual(['/yes'])
  })

  it('show how the deliveries of each event stand', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    await world.addEvent({ to: [endpoint] })
    await world.addEvent()
    const { items } = await lister(world)()
    expect(items.map(({ tally }) => tally)).toEqual([EMPTY_TALLY, { ...EMPTY_TALLY, total: 1, pending: 1 }])
  })
})

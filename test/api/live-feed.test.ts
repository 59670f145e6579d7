import { getEventMeta } from '@orpc/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FeedItem } from '#shared/contract/feed.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import { createLiveFeed, type LiveFeed } from '#main/api/live-feed/live-feed.ts'
import type { Engine } from '#main/engine/engine.ts'
import { createTestEngine, type TestEngine } from '#test/support/engine.ts'
import { createFakeClock, type FakeClock, settle } from '#test/support/fake-clock.ts'
import { silentLog } from '#test/support/silent-log.ts'

type Items = ReturnType<LiveFeed['follow']>

describe('the live feed', () => {
  let test: TestEngine
  let engine: Engine
  let clock: FakeClock
  let live: LiveFeed
  let projectId: ProjectId
  let listeners = 0

  beforeEach(async () => {
    clock = createFakeClock()
    test = await createTestEngine()
    listeners = 0
    const { subscribe } = test.engine.changes
    vi.spyOn(test.engine.changes, 'subscribe').mockImplementation((listener) => {
      const end = subscribe(listener)
      listeners += 1
      return () => {
        listeners -= 1
        end()
      }
    })
    engine = test.engine
    projectId = engine.projects.resolve('default').id
    live = createLiveFeed({ engine, clock, log: silentLog })
  })
  afterEach(async () => {
    live.close()
    await test.stop()
  })

  async function take(items: Items, count: number): Promise<FeedItem[]> {
    const taken: FeedItem[] = []
    while (taken.length < count) {
      const { value, done } = await items.next()
      if (done || !value) break
      taken.push(value)
    }
    return taken
  }
  const types = (items: readonly FeedItem[]) => items.map(({ type }) => type)
  const changeSources = (count: number) => {
    for (let number = 1; number <= count; number += 1) {
      engine.changes.publish({ type: 'source.changed', projectId, sourceId: `src-${number}` })
    }
  }
  const compose = (type: string) =>
    engine.events.compose(projectId, {
      type,
      body: new Uint8Array(),
      contentType: 'text/plain',
      provider: null,
      idempotencyKey: null,
    })

  it('computes nothing while nobody listens, and stops a minute after the last listener left', async () => {
    expect(listeners).toBe(0)
    const items = live.follow(projectId)
    expect(listeners).toBe(1)
    await items.return()
    expect(listeners).toBe(1)
    await clock.advance(60_000)
    expect(listeners).toBe(0)
    expect(clock.pending()).toEqual([])
  })

  it('tells the changes of its own project only', async () => {
    const other = await engine.projects.create({ name: 'Other', slug: 'other' })
    const items = live.follow(projectId)
    engine.changes.publish({ type: 'source.changed', projectId: other.id, sourceId: 'elsewhere' })
    changeSources(1)
    expect(await take(items, 2)).toEqual([{ type: 'ready' }, { type: 'source.changed', sourceId: 'src-1' }])
  })

  it('gathers tallies for a moment and reads them at once', async () => {
    const tallies = vi.spyOn(engine.events, 'tallies')
    const actor = { name: 'test' }
    await engine.endpoints.create(projectId, { name: 'a', url: 'http://127.0.0.1:9/', eventTypes: ['*'] }, actor)
    const events = [await compose('a'), await compose('b')]
    const items = live.follow(projectId)
    for (const { event } of events) {
      const page = await engine.deliveries.list({
        projectId,
        eventId: event.id,
        endpointId: null,
        replayId: null,
        states: [],
        limit: 10,
        cursor: null,
      })
      await engine.deliveries.cancel(page.items[0]!)
    }
    await clock.advance(49)
    expect(tallies).not.toHaveBeenCalled()
    await clock.advance(1)
    expect(tallies).toHaveBeenCalledTimes(1)
    const seen = await take(items, 5)
    expect(types(seen)).toEqual(['ready', 'delivery.changed', 'delivery.changed', 'event.tally', 'event.tally'])
    expect(seen.at(-1)).toMatchObject({ deliveries: { total: 1, pending: 0, canceled: 1 } })
  })

  it('tells a gap where many deliveries changed at once, or tallies could not be read', async () => {
    const items = live.follow(projectId)
    engine.changes.publish({ type: 'deliveries.changed', projectId })
    expect(types(await take(items, 2))).toEqual(['ready', 'gap'])

    vi.spyOn(engine.events, 'tallies').mockRejectedValue(new Error('closed'))
    const { event } = await compose('a')
    const { replay } = await engine.replays.create(
      projectId,
      { selection: { eventIds: [event.id] }, ratePerSecond: null, url: 'http://127.0.0.1:9/', resign: true },
      { name: 'test' },
    )
    const page = await engine.deliveries.list({
      projectId,
      eventId: null,
      endpointId: null,
      replayId: replay.id,
      states: [],
      limit: 10,
      cursor: null,
    })
    await engine.deliveries.cancel(page.items[0]!)
    await clock.advance(50)
    const seen: string[] = []
    while (seen.at(-1) !== 'gap') seen.push(...types(await take(items, 1)))
    expect(seen).toContain('delivery.changed')
  })

  it('drops the queue of a listener that does not keep up, and says so once', async () => {
    const slow = live.follow(projectId)
    changeSources(1_005)
    const seen = await take(slow, 4)
    expect(seen).toEqual([
      { type: 'gap' },
      { type: 'source.changed', sourceId: 'src-1003' },
      { type: 'source.changed', sourceId: 'src-1004' },
      { type: 'source.changed', sourceId: 'src-1005' },
    ])
  })

  it('resumes after any id that it still knows, and tells a gap after one that it does not', async () => {
    const items = live.follow(projectId)
    changeSources(3)
    const ids = (await take(items, 4)).map((item) => getEventMeta(item)?.id)
    await items.return()

    const resumed = await take(live.follow(projectId, { lastEventId: ids[2] }), 2)
    expect(resumed).toEqual([{ type: 'ready' }, { type: 'source.changed', sourceId: 'src-3' }])
    changeSources(1_001)
    expect(types(await take(live.follow(projectId, { lastEventId: ids[2] }), 2))).toEqual(['ready', 'gap'])
    const [run] = ids[0]!.split('-')
    for (const id of ['', '-', 'x', `${run}-999999`, `${run}--1`, `${run}-1-1`, `other-1`]) {
      const expected = id === '' ? ['ready'] : ['ready', 'gap']
      const later = live.follow(projectId, { lastEventId: id })
      expect(types(await take(later, expected.length)), id).toEqual(expected)
    }
  })

  it('REL-4 tells a listener that asks for it, and no other, that the link stands', async () => {
    const quiet = live.follow(projectId)
    const watched = live.follow(projectId, { beatMs: 5_000 })
    await clock.advance(12_000)
    expect(types(await take(watched, 3))).toEqual(['ready', 'beat', 'beat'])
    changeSources(1)
    expect(types(await take(watched, 1))).toEqual(['source.changed'])
    expect(types(await take(quiet, 2))).toEqual(['ready', 'source.changed'])
    await Promise.all([watched.return(), quiet.return()])
    await clock.advance(60_000)
    expect(clock.pending()).toEqual([])
  })

  it('ends a listener that waits, by its own hand or by the close', async () => {
    const left = live.follow(projectId)
    await take(left, 1)
    const waiting = left.next()
    await left.return()
    expect(await waiting).toEqual({ done: true, value: undefined })

    const closed = live.follow(projectId)
    await take(closed, 1)
    const pending = closed.next()
    live.close()
    expect(await pending).toEqual({ done: true, value: undefined })
    await settle()
    expect(listeners).toBe(0)
    expect(clock.pending()).toEqual([])
  })
})

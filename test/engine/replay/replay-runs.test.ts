import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import type { WantedReplay } from '#main/engine/engine.ts'
import { headerValue } from '#shared/model/header.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'
import { answered } from '../delivery/dispatch-rig.ts'
import { createRunningEngine } from '../running-engine.ts'

const MINUTE = 60_000

describe('a replay of many events', () => {
  it('EN25 keeps to the rate while automatic retries run, and each click is a replay of its own', async () => {
    const rig = await createRunningEngine({
      answer: ({ headers }) => answered(headerValue(headers, 'Hookloop-Replay') === null ? 500 : 200),
    })
    await rig.addEndpoint({ policy: { preset: 'crawlux', ratePerSecond: 20 } })
    const eventIds: string[] = []
    for (let count = 0; count < 200; count++) eventIds.push((await rig.compose()).eventId)
    await rig.clock.advance(30_000)
    const before = rig.sent.length
    const click = () =>
      rig.engine.replays.create(
        rig.project.id,
        { selection: { eventIds }, ratePerSecond: null, resign: true },
        rig.actor,
      )
    const [first, second] = [await click(), await click()]
    expect(first.replay.id).not.toBe(second.replay.id)
    await rig.clock.advance(2 * MINUTE)
    const sent = rig.sent.slice(before)
    const perSecond = Map.groupBy(sent, ({ at }) => Math.floor(at / 1_000))
    for (const [, group] of perSecond) expect(group.length).toBeLessThanOrEqual(21)
    for (const { replay } of [first, second]) {
      const replayed = sent.filter(({ headers }) => headerValue(headers, 'Hookloop-Replay') === replay.id)
      expect(
        replayed.map(({ headers }) => headerValue(headers, 'webhook-id') ?? headerValue(headers, 'Hookloop-Event')),
      ).toEqual(eventIds)
      expect(await rig.engine.replays.get(rig.project.id, replay.id)).toMatchObject({
        progress: { total: 200, done: 200, failed: 0, state: 'finished' },
      })
    }
    expect(sent.some(({ headers }) => headerValue(headers, 'Hookloop-Replay') === null)).toBe(true)
  }, 60_000)

  it('EN25 is canceled on the way: what waits is not sent, and the deliveries before it stay', async () => {
    const rig = await createRunningEngine()
    await rig.addEndpoint({ policy: { preset: 'crawlux', ratePerSecond: 10 } })
    const eventIds: string[] = []
    for (let count = 0; count < 100; count++) eventIds.push((await rig.compose()).eventId)
    await rig.clock.advance(20_000)
    expect(rig.sent).toHaveLength(100)
    const { replay } = await rig.engine.replays.create(
      rig.project.id,
      { selection: { eventIds }, ratePerSecond: null, resign: true },
      rig.actor,
    )
    await rig.clock.advance(3_000)
    const { canceled, progress } = await rig.engine.replays.cancel(rig.project.id, replay.id)
    const replayed = rig.sent.length - 100
    expect(canceled).toBe(100 - replayed)
    expect(progress).toMatchObject({ total: 100, done: 100, succeeded: replayed, canceled, state: 'canceled' })
    await rig.clock.advance(10 * MINUTE)
    expect(rig.sent).toHaveLength(100 + replayed)
    expect(await rig.listed({ replayId: replay.id, states: ['canceled'] })).toHaveLength(canceled)
    expect(await rig.listed({ states: ['succeeded'] })).toHaveLength(100 + replayed)
    await expect(rig.engine.replays.cancel(rig.project.id, 'rpl_none')).rejects.toMatchObject({ code: 'not_found' })
  }, 60_000)
})

describe('a replay of what fits a filter', () => {
  const ALL = { selection: { filter: '' }, resign: true, ratePerSecond: null } as const

  async function createRig(events: number, parts: Parameters<typeof createRunningEngine>[0] = {}) {
    const rig = await createRunningEngine(parts)
    const eventIds: string[] = []
    for (let count = 0; count < events; count++) {
      eventIds.push((await rig.compose()).eventId)
      await rig.clock.advance(10)
    }
    const { replays } = rig.engine
    const id = rig.project.id
    return {
      ...rig,
      eventIds,
      replays,
      begin: (change: Partial<WantedReplay> = {}) => replays.create(id, { ...ALL, ...change }, rig.actor),
      show: async (replayId: string) => replays.get(id, replayId),
    }
  }

  it('RPL-1 is counted, then handed on in the order in which it came, without what comes meanwhile', async () => {
    const rig = await createRig(250)
    await rig.addEndpoint({ policy: { preset: 'standard', ordered: true } })
    const { replay, progress } = await rig.begin()
    expect({ ...replay, ...progress }).toMatchObject({ isCounted: false, total: 0, state: 'running' })
    await rig.clock.advance(1)
    await rig.compose()
    await rig.clock.advance(5_000)
    expect(await rig.show(replay.id)).toMatchObject({
      replay: { isCounted: true, total: 250, made: 250, leftOut: {} },
      progress: { done: 250, succeeded: 250, state: 'finished' },
    })
    const replayed = rig.sent.filter(({ headers }) => headerValue(headers, 'Hookloop-Replay') === replay.id)
    expect(replayed.map(({ headers }) => headerValue(headers, 'Hookloop-Event'))).toEqual(rig.eventIds)
  })

  it('RPL-1 keeps to its rate, is paused, goes on, and is canceled', async () => {
    const rig = await createRig(40)
    await rig.addEndpoint()
    const { replay } = await rig.begin({ ratePerSecond: 5 })
    await rig.clock.advance(1_900)
    expect(rig.sent).toHaveLength(10)
    await rig.replays.pause(rig.project.id, replay.id)
    await rig.clock.advance(MINUTE)
    expect(rig.sent).toHaveLength(10)
    expect(await rig.show(replay.id)).toMatchObject({ progress: { total: 40, done: 10, state: 'paused' } })
    await rig.replays.resume(rig.project.id, replay.id)
    await rig.clock.advance(1_900)
    expect(rig.sent).toHaveLength(20)
    expect(await rig.replays.cancel(rig.project.id, replay.id)).toMatchObject({
      canceled: 0,
      progress: { total: 40, done: 20, state: 'canceled' },
    })
    await rig.clock.advance(MINUTE)
    expect(rig.sent).toHaveLength(20)
    const again = rig.replays.resume(rig.project.id, replay.id)
    await expect(again).rejects.toMatchObject({ code: 'replay_over', message: 'This replay is canceled.' })
  })

  it('RPL-1 goes on where it was after a restart, and nothing is sent twice', async () => {
    const [clock, store] = [createFakeClock(), createMemoryStore()]
    const rig = await createRig(30, { clock, store })
    await rig.addEndpoint({ provider: 'none' })
    const { replay } = await rig.begin({ ratePerSecond: 2 })
    await rig.clock.advance(5_200)
    await rig.engine.stop(0)
    const next = await createRig(0, { clock, store })
    await clock.advance(MINUTE)
    const sent = [...rig.sent, ...next.sent].map(({ headers }) => headerValue(headers, 'Hookloop-Event'))
    expect(sent).toEqual(rig.eventIds)
    expect(await next.show(replay.id)).toMatchObject({ progress: { total: 30, done: 30, state: 'finished' } })
  })

  it('DL31 hands on no more while what it sent waits, so that what comes live is not behind all of it', async () => {
    const rig = await createRig(600)
    await rig.addEndpoint({ policy: { preset: 'standard', ratePerSecond: 50 } })
    const { replay } = await rig.begin()
    await rig.clock.advance(1_000)
    const { made } = (await rig.show(replay.id)).replay
    expect(made).toBeLessThanOrEqual(400)
    const live = await rig.compose()
    await rig.clock.advance(8_500)
    const sent = rig.sent.map(({ headers }) => headerValue(headers, 'Hookloop-Event'))
    expect(sent).toContain(live.eventId)
    expect(sent.length).toBeLessThan(500)
    await rig.clock.advance(20_000)
    expect(await rig.show(replay.id)).toMatchObject({ progress: { done: 600, state: 'finished' } })
  })

  it('RPL-1 sends to whoever takes an event when its turn comes, and counts what nobody does', async () => {
    const rig = await createRig(3)
    await rig.addEndpoint({ eventTypes: ['audit.*'], condition: { 'body.audit_id': { $eq: 'aud_1' } } })
    const other = await rig.addEndpoint({ eventTypes: ['call_started'] })
    await rig.compose('call_started')
    await rig.compose('nobody.takes.this')
    await rig.clock.advance(1_000)
    rig.sent.splice(0)
    const counted = await rig.replays.dryRun(rig.project.id, ALL)
    expect(counted).toMatchObject({
      events: 5,
      deliveries: 4,
      leftOut: { no_taker: 1 },
      byType: [
        { type: 'audit.completed', events: 3, deliveries: 3 },
        { type: 'call_started', events: 1, deliveries: 1 },
        { type: 'nobody.takes.this', events: 1, deliveries: 0 },
      ],
    })
    expect(counted.byTarget.map(({ deliveries }) => deliveries)).toEqual([3, 1])
    expect(rig.sent).toEqual([])
    const { replay } = await rig.begin({ ratePerSecond: 1 })
    await rig.clock.advance(0)
    await rig.engine.endpoints.delete(other)
    await rig.clock.advance(10_000)
    expect(await rig.show(replay.id)).toMatchObject({
      replay: { total: 3, made: 3, leftOut: { no_taker: 2 } },
      progress: { total: 3, done: 3, state: 'finished' },
    })
  })

  it('RPL-1 is about the time and the filter that were given, and refuses one that cannot be read', async () => {
    const rig = await createRig(5)
    const { receivedAt } = (await rig.engine.events.get(rig.project.id, rig.eventIds[2]!)).event
    const [since, until] = [receivedAt, receivedAt + 11].map((at) => new Date(at).toISOString())
    const count = (filter: string) =>
      rig.replays.dryRun(rig.project.id, { ...ALL, selection: { filter }, url: 'http://receiver.test/' })
    expect(await count(`since:${since} until:${until}`)).toMatchObject({
      events: 2,
      deliveries: 2,
      byTarget: [{ endpointId: null, deliveries: 2 }],
      firstAt: receivedAt,
      lastAt: receivedAt + 10,
    })
    expect(await count('type:call_started')).toMatchObject({ events: 0, deliveries: 0, firstAt: null })
    await expect(count('capture:nonsense')).rejects.toMatchObject({ code: 'invalid_filter' })
  })
})

import { expect, it } from 'vitest'
import { answerTimeAt, countAnswerTimes } from '#shared/model/answer-times.ts'
import type { Endpoint } from '#shared/model/endpoint.ts'
import { NO_TIMINGS } from '#shared/model/attempt.ts'
import { onEveryStore } from './implementations.ts'
import { ids, NOW } from './records.ts'
import type { World } from './world.ts'

const HOUR_MS = 3_600_000
const START = NOW - (NOW % HOUR_MS)
type Ending = { state: 'succeeded' | 'failed' | 'scheduled' | 'held' | 'simulated'; at?: number; tookMs?: number }

/** A delivery to `endpoint` with one attempt that ends so. */
async function deliver(world: World, endpoint: Endpoint, { state, at = NOW + 30, tookMs = 40 }: Ending) {
  await world.addEvent({ to: [endpoint] })
  const [claimed] = await world.claim(endpoint.id)
  const outcome = state === 'succeeded' || state === 'simulated' ? state : 'failed'
  await world.conclude(claimed!, {
    attempt: {
      outcome,
      finishedAt: at,
      timings: { ...NO_TIMINGS, totalMs: tookMs },
      nextAttemptAt: state === 'scheduled' ? at + HOUR_MS : null,
    },
    delivery: { state, dueAt: state === 'scheduled' ? at + HOUR_MS : null, updatedAt: at },
  })
  return { claimed: claimed! }
}

async function countAll({ store }: World): Promise<void> {
  const step = { limit: 2, minutesSince: START - HOUR_MS }
  for (let counted = 2; counted === 2;) counted = await store.figures.count(step)
}

function lastHour(world: World) {
  return { projectId: world.project.id, span: 'minute', since: START, until: START + HOUR_MS } as const
}

onEveryStore('the figures of a project', (open) => {
  it('say how attempts ended by step, each once, and leave out tests and what was interrupted', async () => {
    const world = await open()
    const [one, other] = [await world.addEndpoint(), await world.addEndpoint()]
    await deliver(world, one, { state: 'succeeded', at: START + 1_000, tookMs: 20 })
    await deliver(world, one, { state: 'succeeded', at: START + 2_000, tookMs: 900 })
    await deliver(world, one, { state: 'scheduled', at: START + 61_000, tookMs: 30_000 })
    await deliver(world, other, { state: 'failed', at: START + 62_000 })
    await deliver(world, other, { state: 'held', at: START + 121_000 })
    await deliver(world, other, { state: 'simulated', at: START + 122_000 })
    await world.addEvent({ to: [one], delivery: { nextTrigger: 'test' } })
    const [test] = await world.claim(one.id)
    const passed = { attempt: { outcome: 'succeeded', trigger: 'test' }, delivery: { state: 'succeeded', dueAt: null } }
    await world.conclude(test!, passed as Parameters<World['conclude']>[1])
    await countAll(world)
    await countAll(world)

    const minutes = (await world.store.figures.rows(lastHour(world))).rows
    const nothing = { succeeded: 0, failed: 0, retried: 0, simulated: 0, backlog: null }
    expect(minutes.map(({ answerTimes: _times, ...row }) => row)).toEqual([
      { ...nothing, at: START, succeeded: 2 },
      { ...nothing, at: START + 60_000, retried: 1, failed: 1 },
      { ...nothing, at: START + 120_000, retried: 1, simulated: 1 },
    ])
    const [hour] = (await world.store.figures.rows({ ...lastHour(world), span: 'hour' })).rows
    expect(hour).toMatchObject({ at: START, succeeded: 2, failed: 1, retried: 2, simulated: 1 })
    expect(countAnswerTimes(hour!.answerTimes)).toBe(6)
    expect(answerTimeAt(hour!.answerTimes, 1)).toBeGreaterThan(25_000)
    const endpoints = await world.store.figures.endpoints(lastHour(world))
    expect(endpoints.toSorted((a, b) => b.succeeded - a.succeeded)).toEqual([
      { endpointId: one.id, succeeded: 2, failed: 0 },
      { endpointId: other.id, succeeded: 0, failed: 1 },
    ])
    const elsewhere = { ...lastHour(world), projectId: (await world.addProject()).id }
    expect(await world.store.figures.rows(elsewhere)).toEqual({ rows: [], before: null })
    expect(await world.store.figures.endpoints(elsewhere)).toEqual([])
  })

  it('say how many waited at most and last, and what was seen before', async () => {
    const world = await open()
    const { store, project } = world
    const projectIds = [project.id]
    const endpoint = await world.addEndpoint()
    await store.figures.sample({ projectIds, now: START })
    await world.addEvent({ to: [endpoint] })
    await world.addEvent({ to: [endpoint], delivery: { state: 'held', dueAt: null } })
    await store.figures.sample({ projectIds, now: START + 120_000 })
    await deliver(world, endpoint, { state: 'succeeded' })
    await world.claim(endpoint.id)
    await store.figures.sample({ projectIds, now: START + 121_000 })
    const { rows, before } = await store.figures.rows(lastHour(world))
    expect(before).toBeNull()
    expect(rows.flatMap(({ at, backlog }) => (backlog === null ? [] : [{ at: at - START, ...backlog }]))).toEqual([
      { at: 0, most: { waiting: 0, held: 0 }, last: { waiting: 0, held: 0 } },
      { at: 120_000, most: { waiting: 1, held: 1 }, last: { waiting: 1, held: 1 } },
    ])
    const later = { ...lastHour(world), since: START + 180_000 }
    expect((await store.figures.rows(later)).before).toEqual({ waiting: 1, held: 1 })
    await store.figures.forget({ minutesBefore: START + HOUR_MS, hoursBefore: START + HOUR_MS })
    expect(await store.figures.rows(lastHour(world))).toMatchObject({ before: null })
  })

  it('count what ends after the newest was deleted', async () => {
    const world = await open()
    const endpoint = await world.addEndpoint()
    await deliver(world, endpoint, { state: 'succeeded', at: START + 1 })
    const { claimed } = await deliver(world, endpoint, { state: 'succeeded', at: START + 2 })
    await countAll(world)
    await world.store.retention.deleteEvent(claimed.delivery.eventId)
    await deliver(world, endpoint, { state: 'failed', at: START + 3 })
    await countAll(world)
    const { rows } = await world.store.figures.rows(lastHour(world))
    expect(rows).toMatchObject([{ failed: 1 }])
  })

  it('know how many events and deliveries there are, in each state, whatever becomes of them', async () => {
    const world = await open()
    const { store, project } = world
    const endpoint = await world.addEndpoint()
    const { claimed } = await deliver(world, endpoint, { state: 'succeeded' })
    await deliver(world, endpoint, { state: 'scheduled' })
    await world.addEvent({ to: [endpoint], delivery: { state: 'held', dueAt: null } })
    await world.addEvent({ event: { projectId: (await world.addProject()).id } })
    const counts = async () => ({
      events: await store.events.count(project.id),
      ...(await store.deliveries.countByState(project.id)),
    })
    expect(await counts()).toMatchObject({ events: 3, succeeded: 1, scheduled: 1, held: 1, delivering: 0, failed: 0 })
    await store.retention.deleteEvent(claimed.delivery.eventId)
    await store.retention.abandon({ projectId: project.id, now: NOW })
    expect(await counts()).toMatchObject({ events: 2, succeeded: 0, scheduled: 0, held: 0, canceled: 2 })
    await store.retention.deleteProject(project.id)
    expect(await counts()).toMatchObject({ events: 0, canceled: 0 })
    expect(await store.events.count(ids.next('prj'))).toBe(0)
  })
})

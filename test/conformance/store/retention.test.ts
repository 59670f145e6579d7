import { expect, it } from 'vitest'
import { NOTHING_SWEPT } from '#shared/model/retention.ts'
import type { EventPlace, SweepStep } from '#main/engine/ports.ts'
import { onEveryStore } from './implementations.ts'
import { newAlert, newRetry, newRule, newSource, NOW } from './records.ts'
import { newRun, newWorkflow } from './workflows/workflow-records.ts'
import type { World } from './world.ts'

const HOUR = 3_600_000
const END: EventPlace = { receivedAt: NOW + HOUR, key: 0 }

function step({ project }: World, change: Partial<SweepStep> = {}): SweepStep {
  return {
    projectId: project.id,
    after: null,
    before: END,
    limit: 100,
    maxBytes: Number.POSITIVE_INFINITY,
    undelivered: 'keep',
    seenUntil: NOW,
    now: NOW,
    dryRun: false,
    ...change,
  }
}

/** Events one second apart, each of so many bytes. */
async function addEvents({ addEvent }: World, sizes: readonly number[]) {
  const added = []
  for (const [index, size] of sizes.entries()) {
    const event = { receivedAt: NOW + index * 1_000, headers: [] }
    added.push((await addEvent({ event, body: new Uint8Array(size).fill(index) })).event)
  }
  return added
}

onEveryStore('Retention', (open) => {
  it('SEC-6 weighs the events of a project newest first, a page at a time', async () => {
    const world = await open()
    await addEvents(world, [10, 20, 30])
    const { retention } = world.store
    const projectId = world.project.id
    const first = await retention.weigh({ projectId, from: null, limit: 2 })
    const rest = await retention.weigh({ projectId, from: first[1]!.place, limit: 2 })
    expect([...first, ...rest].map(({ place, bytes }) => [place.receivedAt - NOW, bytes])).toEqual([
      [2_000, 32],
      [1_000, 22],
      [0, 12],
    ])
    expect(await retention.weigh({ projectId, from: rest[0]!.place, limit: 2 })).toEqual([])
  })

  it('SEC-6 sweeps the oldest first, so many at a time and no more bytes than told, up to a place', async () => {
    const world = await open()
    const events = await addEvents(world, [10, 20, 30, 40, 50])
    const { retention, events: stored } = world.store
    const other = await world.addProject()
    await world.addEvent({ event: { projectId: other.id } })
    const before = { receivedAt: events[4]!.receivedAt, key: 0 }

    const dry = await retention.sweep(step(world, { before, dryRun: true }))
    expect(dry).toEqual({ counts: { ...NOTHING_SWEPT, events: 4, bytes: 108 }, next: null })
    expect(await stored.count(world.project.id)).toBe(5)

    const one = await retention.sweep(step(world, { before, limit: 2 }))
    expect(one.counts).toEqual({ ...NOTHING_SWEPT, events: 2, bytes: 34 })
    const two = await retention.sweep(step(world, { before, after: one.next, maxBytes: 1 }))
    expect(two.counts).toEqual({ ...NOTHING_SWEPT, events: 1, bytes: 32 })
    const three = await retention.sweep(step(world, { before, after: two.next }))
    expect(three).toEqual({ counts: { ...NOTHING_SWEPT, events: 1, bytes: 42 }, next: null })
    expect(await stored.get(events[3]!.id)).toBeNull()
    expect(await stored.body(events[3]!.id)).toBeNull()
    expect(await stored.get(events[4]!.id)).not.toBeNull()
    expect(await stored.count(other.id)).toBe(1)
  })

  it('EN23 never takes an event with a delivery that is not final, unless told: then the delivery is canceled visibly', async () => {
    const world = await open()
    const [endpoint, paused] = [await world.addEndpoint(), await world.addEndpoint()]
    const { retention, deliveries, events } = world.store
    const underWay = await world.addEvent({ to: [endpoint] })
    await world.claim(endpoint.id)
    await world.store.endpoints.pause({ endpointId: paused.id, reason: 'manual', now: NOW })
    const waiting = await world.addEvent({ to: [endpoint, paused] })

    expect((await retention.sweep(step(world))).counts).toEqual({ ...NOTHING_SWEPT, kept: 2 })
    const told = { undelivered: 'expire', now: NOW + HOUR } as const
    expect((await retention.sweep(step(world, { ...told, dryRun: true }))).counts).toMatchObject({
      kept: 1,
      expired: 2,
    })
    expect((await retention.sweep(step(world, told))).counts).toEqual({ ...NOTHING_SWEPT, kept: 1, expired: 2 })
    for (const { id } of waiting.deliveries) {
      expect(await deliveries.get(id)).toMatchObject({ state: 'canceled', lastFailure: 'expired', dueAt: null })
    }
    expect((await retention.sweep(step(world, told))).counts).toEqual({ ...NOTHING_SWEPT, kept: 1 })
    const later = await retention.sweep(step(world, { ...told, seenUntil: NOW + HOUR }))
    expect(later.counts).toMatchObject({ events: 1, deliveries: 2, kept: 1 })
    expect(await events.get(waiting.event.id)).toBeNull()
    expect(await deliveries.get(waiting.deliveries[0]!.id)).toBeNull()
    expect(await deliveries.get(underWay.deliveries[0]!.id)).toMatchObject({ state: 'delivering' })
  })

  it('SEC-6 takes along attempts, keys and what was found, and lets go of what came again', async () => {
    const world = await open()
    const { retention, deliveries, events, sources } = world.store
    const source = newSource(world.project.id)
    await sources.create(source)
    const endpoint = await world.addEndpoint()
    const arrival = { verdict: null, message: { id: 'm-1', repeat: 'keep' } } as const
    const first = await world.addEvent({
      event: { sourceId: source.id, headers: [] },
      to: [endpoint],
      arrival,
      idempotency: { key: 'k', fingerprint: 'f', expiresAt: NOW + HOUR },
    })
    const [claimed] = await world.claim(endpoint.id)
    await world.conclude(claimed!, {
      delivery: { state: 'succeeded', dueAt: null },
      requestBody: Buffer.from('sent'),
    })
    const again = await world.addEvent({ event: { sourceId: source.id, receivedAt: NOW + 1 }, arrival })
    const swept = await retention.sweep(step(world, { before: { receivedAt: NOW + 1, key: 0 } }))
    expect(swept.counts).toMatchObject({ events: 1, deliveries: 1, attempts: 1, bytes: 2 + 3 })
    expect(await deliveries.attempts(first.deliveries[0]!.id)).toEqual([])
    expect((await events.get(again.event.id))!.findings).toMatchObject({ messageId: 'm-1', duplicateOf: null })
    const idempotency = { key: 'k', fingerprint: 'other', expiresAt: NOW + HOUR }
    expect((await world.append({ idempotency })).kind).toBe('appended')
  })

  it('CRL-2 CRL-3 SEC-6 forgets what ended long ago, oldest first and a few at a time, never what is open', async () => {
    const world = await open()
    const { workflows, alerts, deadLetters, retention } = world.store
    const workflow = newWorkflow(world.project.id)
    await workflows.put(workflow)
    const run = async (finishedAt: number | null) => {
      const made = newRun(workflow, { status: finishedAt === null ? 'running' : 'succeeded', finishedAt })
      await workflows.createRun({ run: made, steps: [], events: [], seenToAt: null })
      return made.id
    }
    const alert = async (resolvedAt: number | null) => {
      const made = newAlert(newRule(world), { resolvedAt })
      await alerts.saveAlert(made)
      return made.id
    }
    const retry = async (finishedAt: number | null) => {
      const made = newRetry(world, { createdAt: NOW, finishedAt, state: finishedAt === null ? 'paused' : 'finished' })
      await deadLetters.createRetry(made)
      return made.id
    }
    const runs = [await run(null), await run(NOW + 30), await run(NOW + 10), await run(NOW + 50)]
    const raised = [await alert(null), await alert(NOW + 10), await alert(NOW + 50)]
    const retries = [await retry(null), await retry(NOW + 10), await retry(NOW + 50)]

    const step = { projectId: world.project.id, endedBefore: NOW + 40, limit: 1 }
    expect(await retention.forgetHistory({ ...step, projectId: (await world.addProject()).id })).toBe(0)
    expect(await retention.forgetHistory(step)).toBe(1)
    expect(await workflows.run(runs[2]!)).toBeNull()
    expect(await workflows.run(runs[1]!)).not.toBeNull()
    expect(await retention.forgetHistory({ ...step, limit: 100 })).toBe(3)
    expect(await retention.forgetHistory(step)).toBe(0)
    const isLeft = (found: unknown) => found !== null
    const found = {
      runs: await Promise.all(runs.map(async (id) => isLeft(await workflows.run(id)))),
      alerts: await Promise.all(raised.map(async (id) => isLeft(await alerts.getAlert(id)))),
      retries: await Promise.all(retries.map(async (id) => isLeft(await deadLetters.getRetry(id)))),
    }
    expect(found).toEqual({
      runs: [true, false, false, true],
      alerts: [true, false, true],
      retries: [true, false, true],
    })
  })

  it('DA09 deletes one event with all of its own, but never one that is under way', async () => {
    const world = await open()
    const { retention, events } = world.store
    const endpoint = await world.addEndpoint()
    const underWay = await world.addEvent({ to: [endpoint] })
    await world.claim(endpoint.id)
    const waiting = await world.addEvent({ to: [endpoint] })
    expect(await retention.deleteEvent(underWay.event.id)).toBeNull()
    expect(await retention.deleteEvent(waiting.event.id)).toMatchObject({ events: 1, deliveries: 1 })
    expect(await events.get(waiting.event.id)).toBeNull()
    expect(await retention.deleteEvent(waiting.event.id)).toBeNull()
  })

  it('DA09 abandons a project at once and deletes it wholly, and no other', async () => {
    const world = await open()
    const { store } = world
    const other = await world.addProject()
    const kept = await world.addEvent({ event: { projectId: other.id } })
    const endpoint = await world.addEndpoint()
    await store.sources.create(newSource(world.project.id))
    const { deliveries } = await world.addEvent({ to: [endpoint] })
    await store.settings.put(world.project.id, 'anything', 1)

    await store.retention.abandon({ projectId: world.project.id, now: NOW })
    expect(await store.deliveries.get(deliveries[0]!.id)).toMatchObject({ state: 'canceled' })
    expect(await store.endpoints.list()).toEqual([])
    expect(await store.sources.list()).toEqual([])
    await store.retention.sweep(step(world))
    await store.retention.deleteProject(world.project.id)
    expect((await store.projects.list()).map(({ id }) => id)).toEqual([other.id])
    expect(await store.events.get(kept.event.id)).not.toBeNull()
  })
})

import { expect, it } from 'vitest'
import type { Change } from '#main/engine/engine.ts'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { createTestEngine } from '#test/support/engine.ts'
import { EVERY_ENTRY } from '#test/support/every-entry.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'

const DAY = 86_400_000
const HOUR = 3_600_000

async function open(parts: Parameters<typeof createTestEngine>[0] = {}) {
  const clock = createFakeClock()
  const test = await createTestEngine({ clock, ...parts })
  const { engine } = test
  const changes: Change[] = []
  engine.changes.subscribe((change) => changes.push(change))
  const compose = (projectId = engine.projects.resolve('default').id) =>
    engine.events.compose(projectId, {
      type: 'order.paid',
      provider: null,
      body: Buffer.from('{}'),
      contentType: 'application/json',
      idempotencyKey: null,
    })
  return { ...test, clock, changes, compose, project: engine.projects.resolve('default') }
}

it('SEC-6 SEC-5 sweeps by itself every hour while a rule is set, and never before, and puts on record what it took', async () => {
  const { engine, clock, compose, project, changes, store, stop } = await open()
  await engine.start()
  await compose()
  await clock.advance(3 * DAY)
  expect(engine.retention.lastSweep(project.id)).toBeNull()
  await engine.retention.change(project.id, { ageDays: 2 })
  await compose()
  await clock.advance(HOUR + 1_000)
  expect(engine.retention.lastSweep(project.id)).toMatchObject({ state: 'done', counts: { events: 1, kept: 0 } })
  expect(await store.events.count(project.id)).toBe(1)
  expect(changes).toContainEqual({ type: 'deliveries.changed', projectId: project.id })
  await clock.advance(2 * DAY)
  expect(await store.events.count(project.id)).toBe(0)
  const { items } = await engine.audit.list({ ...EVERY_ENTRY, action: 'retention.sweep' })
  expect(items.map(({ actorName, projectId, detail }) => [actorName, projectId, detail.facts['events']])).toEqual([
    ['hookloop', project.id, 1],
    ['hookloop', project.id, 1],
  ])
  await engine.retention.change(project.id, { ageDays: null })
  await stop()
})

it('SEC-6 remembers its rule, and keeps all where what is stored is none', async () => {
  const store = createMemoryStore()
  const first = await open({ store })
  await first.engine.retention.change(first.project.id, { events: 10, undelivered: 'expire' })
  const second = await open({ store })
  expect(second.engine.retention.rule(first.project.id)).toEqual({
    ageDays: null,
    events: 10,
    bytes: null,
    undelivered: 'expire',
  })
  await store.settings.put(first.project.id, 'retention', { events: 'all' })
  const third = await open({ store })
  expect(third.engine.retention.rule(first.project.id).events).toBeNull()
})

it('EN29 can be stopped: what was taken stays taken, the rest stays', async () => {
  const { engine, clock, compose, project, store } = await open()
  for (let index = 0; index < 250; index++) await compose()
  await clock.advance(2 * DAY)
  await engine.retention.change(project.id, { ageDays: 1 })
  engine.retention.sweepNow(project.id)
  expect(() => engine.retention.sweepNow(project.id)).toThrow('being swept already')
  await clock.advance(0)
  const canceling = engine.retention.cancelSweep(project.id)
  await clock.advance(1_000)
  expect(await canceling).toMatchObject({ state: 'canceled', counts: { events: 100 } })
  expect(await store.events.count(project.id)).toBe(150)
})

it('DA09 deletes a project at once for whoever looks, and goes on at the next start where one ended', async () => {
  const store = createMemoryStore()
  const first = await open({ store })
  const shop = await first.engine.projects.create({ name: 'Shop', slug: 'shop' })
  const source = await first.engine.sources.create(shop.id, { name: 'Till', slug: 'till' })
  for (let index = 0; index < 150; index++) await first.compose(shop.id)
  await expect(first.engine.projects.delete(shop, 'other')).rejects.toMatchObject({ field: 'confirm' })
  await expect(first.engine.projects.delete(first.project, 'default')).rejects.toMatchObject({ field: 'id' })
  await first.engine.projects.delete(shop, 'shop')
  expect(() => first.engine.projects.resolve('shop')).toThrow('no project')
  expect(first.engine.capture.sourceOf(source.slug)).toBeNull()
  expect((await store.projects.list()).map(({ slug }) => slug)).toContain('shop')

  const second = await open({ store })
  expect(second.engine.projects.list().map(({ slug }) => slug)).toEqual(['default'])
  await second.engine.start()
  await second.clock.advance(2_000)
  expect((await store.projects.list()).map(({ slug }) => slug)).toEqual(['default'])
  expect(await store.events.count(shop.id)).toBe(0)
  expect(await store.settings.get(shop.id, 'deleting')).toBeNull()
})

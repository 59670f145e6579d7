import { expect, it } from 'vitest'
import type { Alert, AlertRule } from '#shared/model/alert.ts'
import type { Change } from '#main/engine/engine.ts'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { newAlert, newRule } from '#test/conformance/store/records.ts'
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

it('SEC-6 CRL-3 takes alerts, bulk retries and runs along that ended before, and gives their space back with the rest', async () => {
  const store = createMemoryStore()
  const steps: string[] = []
  const { retention } = store
  const noted = {
    ...store,
    retention: {
      ...retention,
      sweep: (step: Parameters<typeof retention.sweep>[0]) => (steps.push('sweep'), retention.sweep(step)),
      forgetHistory: (step: Parameters<typeof retention.forgetHistory>[0]) => {
        steps.push('forget')
        return retention.forgetHistory(step)
      },
      giveBack: (pages: number) => (steps.push('give back'), retention.giveBack(pages)),
    },
  }
  const { engine, clock, project, stop } = await open({ store: noted })
  await engine.start()
  const rule = newRule({ project }, { id: 'alr_1' as AlertRule['id'] })
  const alert = newAlert(rule, { raisedAt: clock.now(), resolvedAt: clock.now() + 1 })
  await store.alerts.saveAlert(alert)
  await store.alerts.saveAlert({ ...alert, id: 'alt_1' as Alert['id'], resolvedAt: null })
  await engine.retention.change(project.id, { ageDays: 2 })
  await clock.advance(DAY)
  expect(await store.alerts.getAlert(alert.id)).not.toBeNull()
  expect(steps).not.toContain('give back')
  steps.length = 0
  await clock.advance(DAY + HOUR)
  expect(await store.alerts.getAlert(alert.id)).toBeNull()
  expect(await store.alerts.getAlert('alt_1' as Alert['id'])).toMatchObject({ resolvedAt: null })
  expect(steps.slice(steps.indexOf('give back') - 2)).toEqual(expect.arrayContaining(['sweep', 'forget', 'give back']))
  expect(steps.filter((step) => step === 'give back')).toHaveLength(1)
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

it('DA09 EN23 deletes a project at once also where deliveries of it were lately canceled as expired', async () => {
  const { engine, clock, store, compose } = await open()
  const shop = await engine.projects.create({ name: 'Shop', slug: 'shop' })
  const { id } = (
    await engine.endpoints.create(
      shop.id,
      { name: 'App', url: 'http://receiver.test/', eventTypes: ['*'], enabled: false },
      { name: 'tests' },
    )
  ).endpoint
  await compose(shop.id)
  await clock.advance(2 * DAY)
  await engine.retention.change(shop.id, { ageDays: 1, undelivered: 'expire' })
  engine.retention.sweepNow(shop.id)
  await clock.advance(1_000)
  expect(engine.retention.lastSweep(shop.id)).toMatchObject({ state: 'done', counts: { events: 0, expired: 1 } })
  expect(await store.deliveries.countWaiting(id)).toBe(0)
  await engine.projects.delete(shop, 'shop')
  await clock.advance(2_000)
  expect((await store.projects.list()).map(({ slug }) => slug)).toEqual(['default'])
  expect(await store.events.count(shop.id)).toBe(0)
})

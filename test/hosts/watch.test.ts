import { expect, it, onTestFinished } from 'vitest'
import { type ProjectNotice, watchEngine } from '#main/compose/watch/watch.ts'
import { createTestEngine } from '#test/support/engine.ts'

const ACTOR = { name: 'a test' }

async function watched({ isLookedAt = false } = {}) {
  const { engine, stop } = await createTestEngine()
  onTestFinished(stop)
  const notices: ProjectNotice[] = []
  const [project] = engine.projects.list()
  const create = (name: string) =>
    engine.endpoints.create(project!.id, { name, url: 'http://127.0.0.1:9/', eventTypes: ['*'] }, ACTOR)
  const { endpoint } = await create('Before')
  await engine.endpoints.pause(endpoint)
  let changes = 0
  const watch = watchEngine(engine, {
    isLookedAt: () => isLookedAt,
    onChange: () => void changes++,
    onNotice: (notice) => notices.push(notice),
  })
  const compose = () =>
    engine.events.compose(project!.id, {
      type: 'order.paid',
      body: new Uint8Array(2),
      contentType: 'application/json',
      provider: null,
      idempotencyKey: null,
    })
  return { engine, watch, notices, create, compose, project: project!, changes: () => changes }
}

it('DSK-1 counts what came while nobody looked, until somebody does', async () => {
  const { watch, compose, changes } = await watched()
  await compose()
  await compose()
  expect(watch.standing()).toEqual({ unseen: 2, paused: ['Before'] })
  expect(changes()).toBeGreaterThan(0)
  watch.seen()
  expect(watch.standing().unseen).toBe(0)
})

it('DSK-1 counts nothing that somebody sees come', async () => {
  const { watch, compose } = await watched({ isLookedAt: true })
  await compose()
  expect(watch.standing().unseen).toBe(0)
})

it('DSK-1 knows which endpoints are paused, and tells nobody of those that a person paused', async () => {
  const { engine, watch, notices, create } = await watched()
  const { endpoint } = await create('Shop')
  await engine.endpoints.pause(endpoint)
  expect(watch.standing().paused).toEqual(['Before', 'Shop'])
  await engine.endpoints.resume(engine.endpoints.resolve(endpoint.projectId, endpoint.id), 'release')
  expect(watch.standing().paused).toEqual(['Before'])
  expect(notices).toEqual([])
})

it('DSK-1 tells of alerts with the project and the place where they stand', async () => {
  const { engine, notices, project } = await watched()
  const alert = {
    id: 'alt_01JD8Z5K3WQ7M0X2T9B4C6E8FA',
    ruleId: 'alr_01JD8Z5K3WQ7M0X2T9B4C6E8FA',
    projectId: project.id,
    name: 'Shop fails',
    kind: 'success_rate',
    threshold: 90,
    windowMinutes: 15,
    minSample: 10,
    endpointId: null,
    value: 62.5,
    sampleSize: 48,
    raisedAt: 0,
    resolvedAt: null,
    resolvedBy: { value: 97, sampleSize: 60 },
    acknowledgedAt: null,
    acknowledgedBy: null,
  } as never
  engine.changes.publish({ type: 'alert.raised', projectId: project.id, alert })
  engine.changes.publish({ type: 'alert.resolved', projectId: project.id, alert })
  const place = '/alerts/alr_01JD8Z5K3WQ7M0X2T9B4C6E8FA'
  expect(notices).toEqual([
    { title: 'Alert raised: Shop fails', body: 'Success rate: 62.5 %', place, project: 'default' },
    { title: 'Alert resolved: Shop fails', body: 'Success rate: 97 %', place, project: 'default' },
  ])
})

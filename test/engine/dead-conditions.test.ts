import { expect, it, onTestFinished } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { createTestEngine } from '#test/support/engine.ts'
import { createFakeLog } from '#test/support/fake-log.ts'

it('ENG-1 says at the start which endpoint has a condition that this release does not understand', async () => {
  const store = createMemoryStore()
  const before = await createTestEngine({ store })
  const project = before.engine.projects.resolve('default')
  const input = { name: 'app', url: 'http://127.0.0.1:9/', eventTypes: ['*'] }
  const { endpoint } = await before.engine.endpoints.create(project.id, input, { name: 'test' })
  const config = { ...endpoint.version.config, condition: { 'body.total': { $later: 1 } } as never }
  const version = { ...endpoint.version, id: `${endpoint.version.id.slice(0, -1)}Z` as never, number: 2, config }
  await store.endpoints.addVersion(version)

  const log = createFakeLog()
  const { engine, stop } = await createTestEngine({ store, log })
  onTestFinished(stop)
  expect(JSON.stringify(log.lines)).toContain(endpoint.id)
  expect(engine.endpoints.resolve(project.id, endpoint.id).version.number).toBe(2)
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takesType } from '#shared/model/event-type-filter.ts'
import type { ReceivedRequest } from '#main/engine/engine.ts'
import { createIdleEngine, type IdleEngine } from './idle-engine.ts'

let idle: IdleEngine
beforeEach(async () => {
  idle = await createIdleEngine()
})
afterEach(() => idle.stop())

function received(overrides: Partial<ReceivedRequest> = {}): ReceivedRequest {
  return {
    capture: 'complete',
    captureNote: null,
    receivedAt: 1_700_000_000_000,
    method: 'POST',
    path: '/in/inbox',
    query: null,
    httpVersion: '1.1',
    headers: [['Content-Type', 'application/json']],
    body: new TextEncoder().encode('{"hello":1}'),
    trailers: [],
    declaredSizeBytes: null,
    remoteAddress: '127.0.0.1',
    ...overrides,
  }
}

describe('fan-out', () => {
  it.each([
    ['audit.completed', 'audit.completed', true],
    ['audit.*', 'audit.completed', true],
    ['audit.*', 'audit.page.failed', true],
    ['audit.*', 'audit', false],
    ['audit.*', 'auditor.completed', false],
    ['audit', 'audit.completed', false],
    ['*', 'request', true],
  ])('ENG-1 the filter %s on type %s is %s', (filter, type, expected) => {
    expect(takesType(filter, type)).toBe(expected)
  })

  it('ENG-1 delivers an event to every endpoint whose filter takes it, and to no other', async () => {
    const { create, compose, deliveriesOf } = idle
    const all = await create('all', ['*'])
    const audits = await create('audits', ['audit.*'])
    await create('calls', ['call_started'])
    const { event } = await compose('audit.completed')
    const endpoints = (await deliveriesOf(event.id)).map(({ endpointId }) => endpointId)
    expect(endpoints.toSorted()).toEqual([all.endpoint.id, audits.endpoint.id].toSorted())
  })

  it('ENG-1 a new endpoint selects no event types', async () => {
    const { engine, project, actor, compose, deliveriesOf } = idle
    const { endpoint } = await engine.endpoints.create(project.id, { name: 'new', url: 'http://localhost:9' }, actor)
    expect(endpoint.version.config.eventTypes).toEqual([])
    expect(await deliveriesOf((await compose('audit.completed')).event.id)).toEqual([])
  })

  it('ENG-6b holds what newly matches a paused endpoint, and keeps it visible', async () => {
    const { create, compose, deliveriesOf } = idle
    await create('paused', ['*'], { enabled: false })
    const [delivery] = await deliveriesOf((await compose('audit.completed')).event.id)
    expect(delivery).toMatchObject({ state: 'held', dueAt: null })
  })

  it('ENG-6b resuming releases what is held, due at once with its tries kept', async () => {
    const { engine, create, compose, deliveriesOf } = idle
    const { endpoint } = await create('paused', ['*'], { enabled: false })
    const { event } = await compose('audit.completed')
    const { endpoint: active, count } = await engine.endpoints.resume(endpoint, 'release')
    expect({ count, state: active.state }).toEqual({ count: 1, state: 'active' })
    expect((await deliveriesOf(event.id))[0]).toMatchObject({ state: 'scheduled', tries: 0 })
  })

  it('ENG-6b only deleting the endpoint cancels, and its deliveries stay visible', async () => {
    const { engine, create, compose, deliveriesOf } = idle
    const { endpoint } = await create('gone', ['*'])
    const { event } = await compose('audit.completed')
    expect(await engine.endpoints.delete(endpoint)).toEqual({ canceled: 1 })
    expect((await deliveriesOf(event.id))[0]).toMatchObject({ state: 'canceled' })
  })

  it('CAP-1 stores an incomplete capture and never delivers it', async () => {
    const { engine, create, deliveriesOf } = idle
    await create('all', ['*'])
    const source = engine.capture.sourceOf('inbox')!
    const { event: partial } = await engine.capture.record(
      source,
      received({ capture: 'partial', captureNote: 'cut after 3 of 9 bytes' }),
    )
    expect(await deliveriesOf(partial.id)).toEqual([])
    const { event: whole } = await engine.capture.record(source, received())
    expect(await deliveriesOf(whole.id)).toHaveLength(1)
    expect(whole).toMatchObject({ type: 'request', origin: 'captured', bodySizeBytes: 11 })
  })

  it('CAP-1 reads the hop count and never trusts it beyond reason', async () => {
    const { engine } = idle
    const source = engine.capture.sourceOf('inbox')!
    const hops = async (value: string) =>
      (await engine.capture.record(source, received({ headers: [['hookloop-hops', value]] }))).event.hops
    expect(await hops('3')).toBe(3)
    expect(await hops('999999999')).toBe(1_000)
    expect(await hops('-1')).toBe(0)
    expect(await hops('1e9')).toBe(0)
  })
})

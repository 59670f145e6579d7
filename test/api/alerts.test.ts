import { describe, expect, it } from 'vitest'
import { startConfigurationRig, type Fields } from './configuration-rig.ts'

type Rig = Awaited<ReturnType<typeof startConfigurationRig>>

const answer = { status: 500 }
const start = () => startConfigurationRig(() => ({ status: answer.status }))
const RULE = { name: 'Dead letters', kind: 'dead_letters', threshold: 1, windowMinutes: 5 }

async function finished(rig: Rig, id: unknown): Promise<Fields> {
  for (;;) {
    const changed = Promise.withResolvers<void>()
    const end = rig.engine.changes.subscribe(({ type }) => type === 'retry.changed' && changed.resolve())
    const { body } = await rig.json('GET', `/retries/${String(id)}`)
    if (body['state'] === 'finished') return body
    await changed.promise
    end()
  }
}

describe('alerts over the API', () => {
  it('CRL-3 are set, told, acknowledged and removed', async () => {
    answer.status = 500
    const rig = await start()
    const { id: endpointId } = await rig.create()
    await rig.send({ total: 1 })
    const { status, body: rule } = await rig.json('POST', '/alerts', { ...RULE, endpointId })
    expect(status).toBe(201)
    expect(rule).toMatchObject({ ...RULE, state: 'raised', minSample: 10, enabled: true, notifyEndpointId: null })
    const history = await rig.json('GET', '/alerts/history?state=open')
    const [alert] = history.body['items'] as Fields[]
    expect(alert).toMatchObject({ ruleId: rule['id'], endpointName: 'App', value: 1, sampleSize: 1, resolvedAt: null })
    const acknowledged = await rig.json('POST', `/alerts/history/${String(alert!['id'])}/acknowledge`, {})
    expect(acknowledged.body['acknowledgedBy']).toEqual(expect.any(String))
    expect(await rig.json('PATCH', `/alerts/${String(rule['id'])}`, { threshold: 2 })).toMatchObject({
      status: 200,
      body: { threshold: 2, state: 'ok' },
    })
    expect((await rig.json('GET', '/alerts')).body['items']).toHaveLength(1)
    expect(await rig.json('DELETE', `/alerts/${String(rule['id'])}`)).toMatchObject({ status: 200 })
    expect(await rig.json('GET', `/alerts/${String(rule['id'])}`)).toMatchObject({ status: 404 })
    expect((await rig.json('GET', '/alerts/history')).body['items']).toHaveLength(1)
  })

  it('CRL-3 can be turned off and renamed once the endpoint is gone', async () => {
    const rig = await start()
    const { id: endpointId } = await rig.create()
    const { body: rule } = await rig.json('POST', '/alerts', { ...RULE, endpointId, notifyEndpointId: endpointId })
    await rig.json('DELETE', `/endpoints/${String(endpointId)}`)
    expect(await rig.json('PATCH', `/alerts/${String(rule['id'])}`, { enabled: false, name: 'Off' })).toMatchObject({
      status: 200,
      body: { enabled: false, name: 'Off' },
    })
  })

  it('CRL-3 refuse what cannot be meant, and name the field', async () => {
    const rig = await start()
    const refused = async (change: Fields, field: string) =>
      expect(await rig.json('POST', '/alerts', { ...RULE, ...change })).toMatchObject({
        status: 400,
        body: { error: { code: 'invalid_request', field } },
      })
    await refused({ threshold: 0 }, 'threshold')
    await refused({ kind: 'success_rate', threshold: 101 }, 'threshold')
    await refused({ windowMinutes: 0 }, 'windowMinutes')
    await refused({ kind: 'weather' }, 'kind')
    await refused({ endpointId: 'end_none' }, 'endpointId')
    await refused({ notifyEndpointId: 'end_none' }, 'notifyEndpointId')
    await refused({ colour: 'red' }, 'colour')
    const preview = { kind: 'timeouts', threshold: 5, minSample: 1 }
    expect(await rig.json('POST', '/alerts/preview', preview)).toMatchObject({
      status: 200,
      body: { value: null, sampleSize: 0, verdict: 'insufficient_data' },
    })
  })
})

describe('the gate of a workflow', () => {
  it('PRV-6 CRL-3 is pointed out while no alert watches its endpoint', async () => {
    const rig = await start()
    const { id: endpointId } = await rig.create()
    const { id: other } = await rig.create({ name: 'Other' })
    const definition = { targets: [{ endpointId }], events: [{ type: 'order.paid', data: {} }], gate: { endpointId } }
    expect(await rig.json('PUT', '/workflows/release', definition)).toMatchObject({ body: { name: 'release' } })
    const warned = async (id: unknown) => {
      const { body } = await rig.json('GET', `/endpoints/${String(id)}/warnings`)
      return (body['items'] as Fields[]).filter(({ code }) => code === 'gate_unwatched')
    }
    expect(await warned(endpointId)).toMatchObject([{ message: expect.stringContaining('“release”') }])
    expect(await warned(other)).toEqual([])
    const { body: elsewhere } = await rig.json('POST', '/alerts', { ...RULE, endpointId: other })
    expect(await warned(endpointId)).toHaveLength(1)
    const { body: rule } = await rig.json('POST', '/alerts', { ...RULE, endpointId })
    expect(await warned(endpointId)).toEqual([])
    await rig.json('PATCH', `/alerts/${String(rule['id'])}`, { enabled: false })
    expect(await warned(endpointId)).toHaveLength(1)
    await rig.json('PATCH', `/alerts/${String(elsewhere['id'])}`, { endpointId: null })
    expect(await warned(endpointId)).toEqual([])
  })
})

describe('dead letters over the API', () => {
  it('ENG-12 are grouped, retried by filter or ids, and counted in the day of their endpoint', async () => {
    answer.status = 500
    const rig = await start()
    const { id: endpointId } = await rig.create()
    for (let count = 0; count < 5; count += 1) await rig.send({ count })
    const { body: groups } = await rig.json('GET', '/dead-letters/groups')
    expect(groups).toMatchObject({
      total: 5,
      items: [{ endpointId, endpointName: 'App', reason: 'server_error', count: 5 }],
    })
    const rate = (await rig.json('GET', `/endpoints/${String(endpointId)}`)).body['successRate']
    expect(rate).toEqual({ percent: 0, sampleSize: 5, verdict: 'measured' })
    answer.status = 200
    const [first] = (await rig.json('GET', `/dead-letters?reason=server_error&limit=1`)).body['items'] as Fields[]
    const chosen = await rig.json('POST', '/deliveries/retry', { ids: [first!['id']] })
    expect(chosen).toMatchObject({ status: 202, body: { state: 'running', total: 1 } })
    expect(await finished(rig, chosen.body['id'])).toMatchObject({ retried: 1, done: 1, refused: {} })
    const rest = await rig.json('POST', '/deliveries/retry', { filter: { endpointId }, ratePerSecond: 100 })
    expect(await finished(rig, rest.body['id'])).toMatchObject({ total: 4, retried: 4 })
    expect((await rig.json('GET', '/retries')).body['items']).toHaveLength(2)
    for (const delivery of (await rig.json('GET', '/deliveries')).body['items'] as Fields[])
      await rig.settled(delivery['eventId'])
    expect((await rig.json('GET', '/dead-letters/groups')).body).toEqual({ items: [], total: 0 })
    expect((await rig.json('GET', `/endpoints/${String(endpointId)}/stats`)).body).toMatchObject({
      successRate: { percent: 100, sampleSize: 5, verdict: 'measured' },
      attempts: 10,
      failed: 0,
      retries: 0,
      timeouts: 0,
      waiting: 0,
      answerTime: { sampleSize: 10, p50Ms: expect.any(Number), p95Ms: expect.any(Number) },
    })
  })

  it('ENG-12 refuse a retry of neither or both, of an unknown one, and of one that ended', async () => {
    const rig = await start()
    const both = { status: 400, body: { error: { field: 'filter' } } }
    expect(await rig.json('POST', '/deliveries/retry', {})).toMatchObject(both)
    expect(await rig.json('POST', '/deliveries/retry', { ids: ['dlv_x'], filter: {} })).toMatchObject(both)
    expect(await rig.json('POST', '/deliveries/retry', { ids: ['dlv_x'] })).toMatchObject({ status: 404 })
    const { body } = await rig.json('POST', '/deliveries/retry', { filter: {} })
    await finished(rig, body['id'])
    expect(await rig.json('POST', `/retries/${String(body['id'])}/pause`, {})).toMatchObject({
      status: 409,
      body: { error: { code: 'retry_ended' } },
    })
  })
})

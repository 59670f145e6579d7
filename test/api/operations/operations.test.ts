import { describe, expect, it } from 'vitest'
import { type Fields, startConfigurationRig } from '../configuration-rig.ts'

const errorOf = ({ body }: { body: Fields }) => body['error'] as Fields

type Rig = Awaited<ReturnType<typeof startConfigurationRig>>

const snapshotsOf = async (rig: Rig, id: unknown) =>
  (await rig.json('GET', `/endpoints/${String(id)}/snapshots`)).body['items'] as Fields[]

describe('snapshots', () => {
  it('OPS-3 keeps what each change did, by whom and when, compares any two and brings one back', async () => {
    const rig = await startConfigurationRig()
    const { id } = await rig.create({ name: 'First', transformation: 'body.a' })
    const place = `/endpoints/${String(id)}`
    await rig.json('PATCH', place, { name: 'Second', policy: { preset: 'once', timeoutMs: 2_000 } })
    await rig.json('PATCH', place, { owner: 'Ana' })
    const [third, second, first] = await snapshotsOf(rig, id)
    expect(first).toMatchObject({ number: 1, before: null, actor: expect.any(String), createdAt: expect.any(String) })
    expect(second!['changes']).toEqual([
      { field: 'name', before: 'First', after: 'Second' },
      { field: 'policy.timeoutMs', before: expect.any(Number), after: 2_000 },
    ])
    expect(third).toMatchObject({ isCurrent: true, before: { owner: null }, after: { owner: 'Ana' } })
    const compared = await rig.json(
      'GET',
      `${place}/snapshots/compare?from=${String(third!['id'])}&to=${String(first!['id'])}`,
    )
    expect((compared.body['changes'] as Fields[]).map(({ field }) => field)).toEqual([
      'name',
      'policy.timeoutMs',
      'owner',
    ])
    const back = await rig.json('POST', `${place}/rollback`, { snapshotId: first!['id'] })
    expect(back.body).toMatchObject({ name: 'First', owner: null, version: 4, notRestored: [] })
    expect((await snapshotsOf(rig, id))[0]).toMatchObject({ number: 4, sameAs: 1 })
    const page = await rig.json('GET', `${place}/snapshots?limit=1&cursor=4`)
    expect(page.body).toMatchObject({ items: [{ number: 3 }], nextCursor: '3' })
    const unknown = await rig.json('POST', `${place}/rollback`, { snapshotId: 'ver_x' })
    expect([unknown.status, errorOf(unknown)['field']]).toEqual([404, 'snapshotId'])
  })

  it('OPS-3 says what a rollback cannot bring back, and sends nothing without it', async () => {
    const rig = await startConfigurationRig()
    const { id } = await rig.create({ headers: [['X-Key', '{secret.key}']], secrets: { key: 'once-there' } })
    const place = `/endpoints/${String(id)}`
    await rig.json('PATCH', place, { headers: [], secrets: { key: null } })
    const [, first] = await snapshotsOf(rig, id)
    const back = await rig.json('POST', `${place}/rollback`, { snapshotId: first!['id'] })
    expect(back.body).toMatchObject({
      headers: [['X-Key', '{secret.key}']],
      notRestored: [{ field: 'secrets.key', message: expect.stringContaining('give it again') }],
    })
    expect((await rig.send({}))[0]).toMatchObject({ state: 'failed', lastFailure: 'secret_missing' })
    expect(rig.receiver.requests).toEqual([])
    await rig.json('PATCH', place, { secrets: { key: 'again' } })
    expect((await rig.send({}))[0]).toMatchObject({ state: 'succeeded' })
  })

  it.each<[string, Fields, Fields, string]>([
    ['a mapping', { transformation: 'body' }, { transformation: null }, 'the transformation'],
    ['a condition', { condition: { 'body.a': { $exist: true } } }, { condition: null }, 'the condition'],
    ['an event type', { eventTypes: ['a.b', 'c'] }, { eventTypes: ['c'] }, 'the event type a.b'],
    ['a prefix', { eventTypes: ['a.*'] }, { eventTypes: ['a.b', 'a'] }, 'the event type a.*'],
    ['all types', { eventTypes: ['*'] }, { eventTypes: [] }, 'the event type *'],
  ])('OPS-3 asks before a change drops %s, by PATCH and by rollback', async (_what, before, change, words) => {
    const rig = await startConfigurationRig()
    const { id } = await rig.create({ ...change, name: 'Small' })
    const place = `/endpoints/${String(id)}`
    await rig.json('PATCH', place, { ...before, confirm: true })
    const [, small] = await snapshotsOf(rig, id)
    const ways: [string, string, Fields][] = [
      ['PATCH', place, change],
      ['POST', `${place}/rollback`, { snapshotId: small!['id'] }],
    ]
    for (const [method, path, body] of ways) {
      const refused = await rig.json(method, path, body)
      expect(refused.status).toBe(409)
      expect(errorOf(refused)).toMatchObject({ code: 'would_drop', field: Object.keys(change)[0] })
      expect(errorOf(refused)['message']).toContain(words)
      expect((await rig.json('GET', place)).body).toMatchObject(before)
      expect((await rig.json(method, path, { ...body, confirm: true })).body).toMatchObject(change)
      await rig.json('PATCH', place, { ...before, confirm: true })
    }
  })

  it.each<[string, Fields, Fields]>([
    ['by a wider filter', { eventTypes: ['a.b', 'a.c.*'] }, { eventTypes: ['a.*'] }],
    ['by another mapping', { transformation: 'body' }, { transformation: 'body.a' }],
  ])('OPS-3 does not ask where nothing is dropped: %s', async (_how, before, change) => {
    const rig = await startConfigurationRig()
    const { id } = await rig.create(before)
    expect((await rig.json('PATCH', `/endpoints/${String(id)}`, change)).body).toMatchObject(change)
  })

  it('OPS-3 asks before a PUT drops the mapping of an integration', async () => {
    const rig = await startConfigurationRig()
    const { body } = await rig.json('GET', '/projects')
    const place = `/sites/${String((body['items'] as Fields[])[0]!['siteId'])}/integrations/meta`
    await rig.json('PUT', place, { mapping: '{"data": []}', eventTypes: ['lead'] })
    const refused = await rig.json('PUT', place, { mapping: null, eventTypes: null })
    expect(refused.status).toBe(409)
    expect(errorOf(refused)['field']).toBe('mapping')
    expect(errorOf(refused)['message']).toBe('This change would drop the mapping and the event type lead.')
    expect((await rig.json('GET', place)).body).toMatchObject({ mappingIsPreset: false, eventTypes: ['lead'] })
    const confirmed = await rig.json('PUT', place, { mapping: null, confirm: true })
    expect(confirmed.body).toMatchObject({ mappingIsPreset: true, eventTypes: ['lead'] })
  })
})

describe('health and watch', () => {
  it('OPS-2 tells configuration, connectivity, suppression and success rate apart', async () => {
    const rig = await startConfigurationRig([{ status: 200 }, { status: 500 }])
    const { id } = await rig.create({ eventTypes: ['order.paid'], condition: { 'body.n': { $gt: 0 } } })
    const health = async () => (await rig.json('GET', `/endpoints/${String(id)}/health`)).body
    expect(await health()).toMatchObject({
      configuration: { state: 'complete' },
      connectivity: { state: 'unknown', last: null },
      filterSuppression: { state: 'insufficient_data', seen: 0 },
      successRate: { verdict: 'insufficient_data', percent: null, sampleSize: 0 },
    })
    await rig.send({ n: 1 })
    await rig.send({ n: 0 })
    await rig.json('POST', '/events', { type: 'order.canceled', data: { n: 1 } })
    for (let count = 0; count < 4; count++) await rig.send({ n: 1 })
    const told = await health()
    expect(told).toMatchObject({
      connectivity: { state: 'reached', last: { status: 500 } },
      filterSuppression: {
        state: 'some',
        seen: 7,
        suppressed: 2,
        types: [
          { type: 'order.canceled', count: 1 },
          { type: 'order.paid', count: 1 },
        ],
      },
      successRate: { verdict: 'measured', percent: 20, sampleSize: 5 },
    })
    await rig.json('PATCH', `/endpoints/${String(id)}`, { url: 'http://127.0.0.1:9/', eventTypes: [], confirm: true })
    const tested = await rig.json('POST', `/endpoints/${String(id)}/test`, { type: 'order.paid', data: { n: 1 } })
    expect(tested.body).toMatchObject({ passed: false, target: 'endpoint' })
    expect(await health()).toMatchObject({
      configuration: { state: 'incomplete', problems: [{ field: 'eventTypes' }] },
      connectivity: { state: 'unreached' },
      successRate: { sampleSize: 5 },
    })
  })

  it('OPS-2 ENG-15 obeys enabled and testMode at once, also for what is already scheduled', async () => {
    const rig = await startConfigurationRig([{ status: 500 }, { status: 200 }])
    const { id } = await rig.create({ policy: 'standard' })
    const place = `/endpoints/${String(id)}`
    const retrying = async () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const end = rig.engine.changes.subscribe(
        (change) => change.type === 'delivery.changed' && change.delivery.tries === 1 && resolve(),
      )
      const { body } = await rig.json('POST', '/events', { type: 'order.paid', data: {} })
      await promise
      end()
      return body['id']
    }
    const eventId = await retrying()
    const stateOf = async () =>
      ((await rig.json('GET', `/deliveries?eventId=${String(eventId)}`)).body['items'] as Fields[])[0]!
    await rig.json('PATCH', place, { enabled: false })
    expect(await stateOf()).toMatchObject({ state: 'held' })
    await rig.json('PATCH', place, { testMode: true })
    await rig.json('PATCH', place, { enabled: true })
    await rig.settled(eventId)
    expect(await stateOf()).toMatchObject({ state: 'simulated' })
    expect(rig.receiver.requests).toHaveLength(1)
  })

  it('OPS-5 OPS-6 shows whether the last change was tested, and flags what follows a change until it is reviewed', async () => {
    const rig = await startConfigurationRig()
    const { id } = await rig.create({ owner: 'Ana', escalation: 'Page the on-call' })
    const place = `/endpoints/${String(id)}`
    const shown = async () => (await rig.json('GET', place)).body
    expect(await shown()).toMatchObject({
      owner: 'Ana',
      escalation: 'Page the on-call',
      watchHours: 24,
      lastChangeTested: false,
      lastTest: null,
      watch: { isOpen: true, review: null },
    })
    await rig.json('POST', `${place}/test`, {})
    expect(await shown()).toMatchObject({ lastChangeTested: true, lastTest: { passed: true } })
    await rig.send({})
    const projects = (await rig.json('GET', '/projects')).body['items'] as Fields[]
    const flags = async () => {
      const log = await rig.json(
        'GET',
        `/sites/${String(projects[0]!['siteId'])}/integrations/webhooks/${String(id)}/logs`,
      )
      return (log.body['items'] as Fields[]).map(({ trigger, flagged }) => [trigger, flagged])
    }
    expect(await flags()).toEqual([
      ['automatic', true],
      ['test', true],
    ])
    expect((await rig.json('GET', `${place}/health`)).body).toMatchObject({ flagged: 2 })
    const reviewed = await rig.json('POST', `${place}/review`, {})
    expect(reviewed.body).toMatchObject({ reviewed: 1, endpoint: { watch: { isOpen: false } } })
    expect(await flags()).toEqual([
      ['automatic', false],
      ['test', false],
    ])
    await rig.json('PATCH', place, { name: 'Changed', watchHours: 0 })
    expect(await shown()).toMatchObject({ lastChangeTested: false, watch: { isOpen: false, review: null } })
    await rig.send({})
    expect((await flags())[0]).toEqual(['automatic', false])
  })

  it('OPS-5 counts no test against an endpoint, and makes it once', async () => {
    const rig = await startConfigurationRig(() => ({ status: 500 }))
    const breaker = { consecutiveFailures: 1, probeAfterMs: null }
    const { id } = await rig.create({ policy: { preset: 'standard', breaker }, eventTypes: ['audit.*'] })
    const tested = await rig.json('POST', `/endpoints/${String(id)}/test`, {})
    expect(tested.body).toMatchObject({ passed: false, status: 500, eventType: expect.stringMatching(/^audit\./) })
    expect((await rig.json('GET', `/endpoints/${String(id)}`)).body).toMatchObject({
      state: 'active',
      consecutiveFailures: 0,
      lastTest: { passed: false },
      waiting: 0,
    })
    expect(rig.receiver.requests).toHaveLength(1)
  })
})

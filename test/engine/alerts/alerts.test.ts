import { describe, expect, it } from 'vitest'
import type { AlertRuleInput } from '#main/engine/alerts/alerts.ts'
import type { Change } from '#main/engine/engine.ts'
import { answered } from '../delivery/dispatch-rig.ts'
import { createRunningEngine } from '../running-engine.ts'

const MINUTE = 60_000
const DEAD_LETTER: AlertRuleInput = {
  name: 'Dead letters',
  kind: 'dead_letters',
  threshold: 1,
  windowMinutes: 5,
  minSample: 1,
  endpointId: null,
  enabled: true,
  notifyEndpointId: null,
}

type Rig = Awaited<ReturnType<typeof createRunningEngine>>

/** A running engine whose receiver answers what `status` says, and the alerts that it told of. */
async function createRig(parts: Parameters<typeof createRunningEngine>[0] = {}) {
  const answer = { status: 200 }
  const rig = await createRunningEngine({ answer: () => answered(answer.status), ...parts })
  const told: string[] = []
  rig.engine.changes.subscribe((change: Change) => {
    if (change.type === 'alert.raised' || change.type === 'alert.resolved') told.push(change.type)
  })
  const rule = (change: Partial<AlertRuleInput> = {}) =>
    rig.engine.alerts.create(rig.project.id, { ...DEAD_LETTER, ...change })
  return { ...rig, answer, told, rule, history: () => historyOf(rig) }
}

async function historyOf({ engine, project }: Rig) {
  const query = { projectId: project.id, ruleId: null, openOnly: false, limit: 50, cursor: null }
  return (await engine.alerts.alerts(query)).items
}

describe('an alert rule', () => {
  it('CRL-3 is raised once within seconds, and resolved once its window is past', async () => {
    const rig = await createRig()
    const { id } = await rig.addEndpoint({ policy: 'once' })
    await rig.rule()
    rig.answer.status = 500
    await rig.compose()
    await rig.compose()
    await rig.clock.advance(6_000)
    expect(rig.told).toEqual(['alert.raised'])
    expect(await rig.history()).toMatchObject([{ value: 2, sampleSize: 2, resolvedAt: null, name: 'Dead letters' }])
    await rig.clock.advance(6 * MINUTE)
    expect(rig.told).toEqual(['alert.raised', 'alert.resolved'])
    expect(await rig.history()).toMatchObject([{ resolvedBy: { value: 0, sampleSize: 0 } }])
    expect(rig.engine.endpoints.find(rig.project.id, id)).not.toBeNull()
  })

  it('CRL-3 stays raised over a restart, and is not raised for a second time', async () => {
    const rig = await createRig()
    await rig.addEndpoint({ policy: 'once' })
    await rig.rule()
    rig.answer.status = 500
    await rig.compose()
    await rig.clock.advance(6_000)
    await rig.engine.stop(0)
    const next = await createRig({ clock: rig.clock, store: rig.store })
    await next.clock.advance(MINUTE)
    expect(next.told).toEqual([])
    expect(next.engine.alerts.list(next.project.id)).toMatchObject([{ state: 'raised' }])
    expect(await next.history()).toHaveLength(1)
    await next.clock.advance(6 * MINUTE)
    expect(next.told).toEqual(['alert.resolved'])
  })

  it('CRL-3 says insufficient_data where a rate has too small a sample', async () => {
    const rig = await createRig()
    await rig.addEndpoint({ policy: 'once' })
    const { id } = await rig.rule({ kind: 'success_rate', threshold: 90, minSample: 3 })
    rig.answer.status = 500
    await rig.compose()
    await rig.compose()
    await rig.clock.advance(6_000)
    const stands = () => rig.engine.alerts.resolve(rig.project.id, id).state
    expect(stands()).toBe('insufficient_data')
    const condition = { ...DEAD_LETTER, kind: 'success_rate', threshold: 90, minSample: 3 } as const
    expect(await rig.engine.alerts.preview(rig.project.id, condition)).toEqual({
      value: 0,
      sampleSize: 2,
      verdict: 'insufficient_data',
    })
    await rig.compose()
    await rig.clock.advance(6_000)
    expect(stands()).toBe('raised')
  })

  it('CRL-3 tells a chosen endpoint through the delivery engine, and never of itself', async () => {
    const rig = await createRig({
      answer: ({ url }) => answered(url.includes('ops') || url.includes('receiver') ? 500 : 200),
    })
    await rig.addEndpoint({ policy: 'once', eventTypes: ['audit.*'] })
    const ops = await rig.addEndpoint({ url: 'http://ops.test/alerts', policy: 'once', eventTypes: [] })
    await rig.rule({ notifyEndpointId: ops.id })
    await rig.compose()
    for (let minutes = 0; minutes < 60; minutes += 1) await rig.clock.advance(MINUTE)
    const told = rig.sent.filter(({ url }) => url.includes('ops'))
    const bodies = told.map(({ body }) => JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>)
    expect(bodies).toMatchObject([
      { type: 'alert.raised', value: 1, sample_size: 1, condition: { kind: 'dead_letters', unit: 'deliveries' } },
      { type: 'alert.resolved', value: 0 },
    ])
    expect((await rig.listed({ states: ['failed'] })).map(({ eventType }) => eventType).toSorted()).toEqual([
      'alert.raised',
      'alert.resolved',
      'audit.completed',
    ])
  })

  it('CRL-3 looks at one endpoint alone where it names one, and is resolved when that is deleted', async () => {
    const rig = await createRig()
    const bad = await rig.addEndpoint({ policy: 'once', url: 'http://bad.test/' })
    const good = await rig.addEndpoint({ policy: 'once', eventTypes: [] })
    const ofGood = await rig.rule({ endpointId: good.id })
    const ofBad = await rig.rule({ endpointId: bad.id })
    rig.answer.status = 500
    await rig.compose()
    await rig.clock.advance(6_000)
    const states = () => [ofGood, ofBad].map(({ id }) => rig.engine.alerts.resolve(rig.project.id, id).state)
    expect(states()).toEqual(['ok', 'raised'])
    await rig.engine.endpoints.delete(bad)
    await rig.clock.advance(MINUTE)
    expect(states()).toEqual(['ok', 'insufficient_data'])
    expect(rig.told).toEqual(['alert.raised', 'alert.resolved'])
  })

  it('CRL-3 counts once for all rules of a window, and only the endpoints that they name', async () => {
    const rig = await createRig()
    const [one, other] = [await rig.addEndpoint({ policy: 'once' }), await rig.addEndpoint({ policy: 'once' })]
    const asked: (readonly string[])[] = []
    const { counts } = rig.store.stats
    rig.store.stats.counts = (query) => {
      asked.push(query.endpointIds)
      return counts(query)
    }
    await rig.rule({ endpointId: one.id })
    await rig.rule({ endpointId: one.id, kind: 'backlog', threshold: 9 })
    asked.length = 0
    await rig.clock.advance(6_000)
    expect(asked).toEqual([[one.id]])
    await rig.rule({ kind: 'backlog', threshold: 9 })
    asked.length = 0
    await rig.clock.advance(30_000)
    expect(asked[0]).toEqual([one.id, other.id])
  })

  it('CRL-3 looks at nothing while it is disabled, and not again for each attempt', async () => {
    const rig = await createRig()
    await rig.addEndpoint({ policy: 'once' })
    const { id } = await rig.rule({ enabled: false })
    // What starts with the engine has had its turn by then.
    await rig.clock.advance(0)
    expect(rig.clock.pending()).toEqual([])
    rig.answer.status = 500
    for (let count = 0; count < 20; count += 1) await rig.compose()
    await rig.clock.advance(MINUTE)
    expect(rig.told).toEqual([])
    const rule = rig.engine.alerts.resolve(rig.project.id, id)
    let looks = 0
    const { counts } = rig.store.stats
    rig.store.stats.counts = (query) => {
      looks += 1
      return counts(query)
    }
    await rig.engine.alerts.update(rule, { enabled: true })
    expect(rig.told).toEqual(['alert.raised'])
    looks = 0
    for (let count = 0; count < 50; count += 1) await rig.compose()
    await rig.clock.advance(9_000)
    expect(looks).toBeLessThanOrEqual(2)
    await rig.engine.alerts.update(rig.engine.alerts.resolve(rig.project.id, id), { enabled: false })
    expect(await rig.history()).toMatchObject([{ resolvedBy: null }])
    expect((await rig.history())[0]?.resolvedAt).not.toBeNull()
  })
})

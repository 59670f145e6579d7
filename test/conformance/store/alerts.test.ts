import { expect, it } from 'vitest'
import type { Alert, AlertRule } from '#shared/model/alert.ts'
import { onEveryStore } from './implementations.ts'
import { ids, newDelivery, newEvent, NOW } from './records.ts'
import type { World } from './world.ts'

function newRule({ project }: World, change: Partial<AlertRule> = {}): AlertRule {
  return {
    id: ids.next('alr'),
    projectId: project.id,
    name: 'Orders',
    kind: 'success_rate',
    threshold: 95,
    windowMinutes: 15,
    minSample: 10,
    endpointId: null,
    enabled: true,
    notifyEndpointId: null,
    state: 'ok',
    stateSince: NOW,
    createdAt: NOW,
    updatedAt: NOW,
    ...change,
  }
}

function newAlert(rule: AlertRule, change: Partial<Alert> = {}): Alert {
  const { projectId, name, kind, threshold, windowMinutes, minSample, endpointId } = rule
  return {
    id: ids.next('alt'),
    projectId,
    ruleId: rule.id,
    name,
    kind,
    threshold,
    windowMinutes,
    minSample,
    endpointId,
    value: 80,
    sampleSize: 20,
    raisedAt: NOW,
    resolvedAt: null,
    resolvedBy: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    ...change,
  }
}

onEveryStore('alerts', (open) => {
  it('CRL-3 are kept with their rule and the event that tells of them, all or none', async () => {
    const world = await open()
    const { alerts, events } = world.store
    const endpoint = await world.addEndpoint()
    const rule = newRule(world)
    await alerts.createRule(rule)
    const event = newEvent(world.project.id, new Uint8Array(), { type: 'alert.raised' })
    const telling = { event, body: new Uint8Array(), idempotency: null }
    const raised = { ...rule, state: 'raised' } as const
    const alert = newAlert(rule)
    const deliveries = [newDelivery(event, { endpointId: endpoint.id })]
    const stored = await alerts.saveRule({ rule: raised, alert, event: { ...telling, deliveries } })
    expect(stored).toMatchObject([{ endpointId: endpoint.id, state: 'scheduled' }])
    expect(await alerts.rules()).toEqual([raised])
    expect(await alerts.openAlert(rule.id)).toEqual(alert)
    expect(await events.get(event.id)).toMatchObject({ event: { type: 'alert.raised' } })
    const gone = newEvent(world.project.id, new Uint8Array())
    const lost = newRule(world)
    const saved = await alerts.saveRule({
      rule: lost,
      alert: newAlert(lost),
      event: { ...telling, event: gone, deliveries: [] },
    })
    expect(saved).toEqual([])
    expect(await events.get(gone.id)).toBeNull()
    expect(await alerts.openAlert(lost.id)).toBeNull()
  })

  it('CRL-3 are listed newest first, by project, rule and whether they are open, and outlive their rule', async () => {
    const world = await open()
    const { alerts } = world.store
    const [one, other] = [newRule(world), newRule(world)]
    for (const rule of [one, other]) await alerts.createRule(rule)
    const over = newAlert(one, { resolvedAt: NOW + 5 })
    const open1 = newAlert(one, { raisedAt: NOW + 10 })
    const open2 = newAlert(other, { raisedAt: NOW + 20 })
    for (const alert of [over, open1, open2]) await alerts.saveAlert(alert)
    const query = { projectId: world.project.id, ruleId: null, openOnly: false, limit: 2, cursor: null }
    const first = await alerts.alerts(query)
    expect(first.items).toEqual([open2, open1])
    expect((await alerts.alerts({ ...query, cursor: first.nextCursor })).items).toEqual([over])
    expect((await alerts.alerts({ ...query, openOnly: true })).items).toEqual([open2, open1])
    expect((await alerts.alerts({ ...query, ruleId: one.id })).items).toEqual([open1, over])
    await alerts.deleteRule({ ruleId: one.id, alert: { ...open1, resolvedAt: NOW + 30 } })
    expect(await alerts.rules()).toEqual([other])
    expect((await alerts.alerts({ ...query, ruleId: one.id })).items[0]).toMatchObject({ resolvedAt: NOW + 30 })
    expect(await alerts.getAlert(over.id)).toEqual(over)
    expect(await alerts.getAlert(ids.next('alt'))).toBeNull()
  })
})

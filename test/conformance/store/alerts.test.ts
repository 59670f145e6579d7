import { expect, it } from 'vitest'
import { onEveryStore } from './implementations.ts'
import { ids, newAlert, newDelivery, newEvent, newRule, NOW } from './records.ts'

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

import { describe, expect, it } from 'vitest'
import { OutageReason } from '#shared/model/replay.ts'
import { headerValue } from '#shared/model/header.ts'
import { answered } from '../delivery/dispatch-rig.ts'
import { createRunningEngine } from '../running-engine.ts'

const HOUR = 3_600_000

/** An endpoint that was in every kind of trouble, one event for each. */
async function createOutage() {
  const answer = { status: 200 }
  const rig = await createRunningEngine({ answer: () => answered(answer.status) })
  const { engine, project, clock } = rig
  const since = clock.now()
  const early = await rig.compose()
  await clock.advance(HOUR)
  const endpoint = await rig.addEndpoint({ policy: 'once', eventTypes: ['audit.*'] })
  const events: Record<string, string> = { missed: early.eventId }
  const current = () => engine.endpoints.resolve(project.id, endpoint.id)
  const next = async (name: string) => {
    events[name] = (await rig.compose()).eventId
    await clock.advance(1_000)
  }
  await next('delivered')
  answer.status = 500
  await next('failed')
  await engine.endpoints.update(current(), { testMode: true }, rig.actor)
  await next('simulated')
  await engine.endpoints.update(current(), { testMode: false }, rig.actor)
  await engine.endpoints.pause(current())
  await next('canceled')
  await engine.endpoints.resume(current(), 'discard')
  await engine.endpoints.pause(current())
  await next('held')
  await rig.compose('call_started')
  answer.status = 200
  rig.sent.splice(0)
  const outage = { endpointId: endpoint.id, since, until: null, reasons: OutageReason.options }
  const wanted = { selection: { outage }, resign: true, ratePerSecond: null }
  return { ...rig, answer, endpoint, current, events, outage, wanted }
}

describe('the recovery of an outage', () => {
  it('RPL-6 counts what failed and what was missed by reason, and what arrived or is not meant for it is left out', async () => {
    const rig = await createOutage()
    const counted = await rig.engine.replays.dryRun(rig.project.id, rig.wanted)
    expect(counted).toMatchObject({
      events: 6,
      deliveries: 5,
      byReason: { failed: 1, held: 1, canceled: 1, simulated: 1, missed: 1 },
      leftOut: { delivered: 1 },
      byType: [{ type: 'audit.completed', events: 6, deliveries: 5 }],
      byTarget: [{ endpointId: rig.endpoint.id, deliveries: 5 }],
    })
    const selection = { outage: { ...rig.outage, reasons: ['failed', 'held'] as const } }
    expect(await rig.engine.replays.dryRun(rig.project.id, { ...rig.wanted, selection })).toMatchObject({
      deliveries: 2,
      byReason: { failed: 1, held: 1, canceled: 1, simulated: 1, missed: 1 },
      leftOut: { delivered: 1, other_reason: 3 },
    })
    expect(rig.sent).toEqual([])
  })

  it('RPL-6 sends each of them once, the held one too, in the order in which they came', async () => {
    const rig = await createOutage()
    await rig.engine.replays.create(rig.project.id, rig.wanted, rig.actor)
    await rig.clock.advance(1_000)
    expect(rig.sent).toEqual([])
    await rig.engine.endpoints.resume(rig.current(), 'release')
    await rig.clock.advance(1_000)
    const { missed, failed, simulated, canceled, held } = rig.events
    expect(rig.sent.map(({ headers }) => headerValue(headers, 'Hookloop-Event')).toSorted()).toEqual(
      [missed, failed, simulated, canceled, held].toSorted(),
    )
    expect(await rig.engine.replays.dryRun(rig.project.id, rig.wanted)).toMatchObject({
      deliveries: 0,
      byReason: {},
      leftOut: { delivered: 6 },
    })
  })

  it('RPL-6 leaves what is held where it is when it goes elsewhere', async () => {
    const rig = await createOutage()
    const url = 'http://elsewhere.test/'
    await rig.engine.replays.create(rig.project.id, { ...rig.wanted, url }, rig.actor)
    await rig.clock.advance(1_000)
    expect(rig.sent.map((request) => request.url)).toEqual(Array.from({ length: 5 }, () => url))
    const [held] = await rig.listed({ states: ['held'] })
    expect(held).toMatchObject({ eventId: rig.events['held'], replayId: null })
  })

  it('RPL-6 leaves out what is on its way, and asks for a time that begins before it ends', async () => {
    const rig = await createOutage()
    await rig.engine.endpoints.resume(rig.current(), 'release')
    const counted = await rig.engine.replays.dryRun(rig.project.id, rig.wanted)
    expect(counted.leftOut).toEqual({ delivered: 1, on_its_way: 1 })
    const selection = { outage: { ...rig.outage, until: rig.outage.since } }
    const backwards = rig.engine.replays.create(rig.project.id, { ...rig.wanted, selection }, rig.actor)
    await expect(backwards).rejects.toMatchObject({ field: 'outage.until' })
    const nowhere = { outage: { ...rig.outage, endpointId: 'end_none' } }
    const unknown = rig.engine.replays.create(rig.project.id, { ...rig.wanted, selection: nowhere }, rig.actor)
    await expect(unknown).rejects.toMatchObject({ code: 'not_found' })
  })
})

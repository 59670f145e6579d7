import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '#main/adapters/memory/memory-store.ts'
import { dueStarts, nextStart } from '#main/engine/workflows/schedule/cron.ts'
import { createFakeClock } from '#test/support/fake-clock.ts'
import { answered } from '../delivery/dispatch-rig.ts'
import { createWorkflowRig, targets } from './workflow-rig.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** The fake clock begins at noon UTC on a Friday. */
const NOON = Date.UTC(2026, 0, 2, 12)

function startsAfter(cron: string, timeZone: string, from: string, count: number): string[] {
  const starts: string[] = []
  for (let at = nextStart({ cron, timeZone }, Date.parse(from)); starts.length < count && at !== null;) {
    starts.push(new Date(at).toISOString())
    at = nextStart({ cron, timeZone }, at)
  }
  return starts
}

describe('a schedule', () => {
  it('CRL-2 DL25 comes due once on the day that the clocks go forward over it, and once when they go back', () => {
    expect(startsAfter('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ])
    expect(startsAfter('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ])
  })

  it('CRL-2 DL25 of every hour keeps coming every hour through both changes of the clocks', () => {
    for (const from of ['2026-03-28T22:30:00Z', '2026-10-24T21:30:00Z']) {
      const starts = startsAfter('0 * * * *', 'Europe/Berlin', from, 6).map(Date.parse)
      expect(starts.map((at, index) => at - starts[0]! - index * HOUR)).toEqual([0, 0, 0, 0, 0, 0])
    }
  })

  it('CRL-2 counts what came due since, the start of this very moment among it and no more than a hundred', () => {
    const hourly = { cron: '0 * * * *', timeZone: 'UTC' }
    expect(dueStarts(hourly, { since: NOON, now: NOON + HOUR - 1 })).toBeNull()
    expect(dueStarts(hourly, { since: NOON, now: NOON + HOUR })).toEqual({ latest: NOON + HOUR, count: 1 })
    expect(dueStarts(hourly, { since: NOON, now: NOON + 3 * HOUR + 5 })).toEqual({ latest: NOON + 3 * HOUR, count: 3 })
    expect(dueStarts(hourly, { since: NOON, now: NOON + 30 * DAY })).toEqual({ latest: NOON + 30 * DAY, count: 100 })
  })
})

describe('a workflow with a schedule', () => {
  it('CRL-2 starts when it comes due, with the tags of its schedule', async () => {
    const rig = await createWorkflowRig()
    await rig.define({
      targets: [...targets('a', ['eu']), ...targets('b', ['us'])],
      schedule: { cron: '30 12 * * *', tags: ['us'] },
    })
    expect(rig.workflows.nextStartAt(rig.named())).toBe(NOON + 30 * MINUTE)
    await rig.clock.advance(30 * MINUTE - 1)
    expect(rig.sent).toHaveLength(0)
    await rig.clock.advance(1)
    expect(rig.hosts()).toEqual(['b'])
    const [run] = await rig.runs()
    expect(run).toMatchObject({
      status: 'succeeded',
      actor: 'schedule',
      order: { trigger: 'schedule', scheduledFor: NOON + 30 * MINUTE, missedStarts: 0 },
    })
    await rig.clock.advance(2 * DAY)
    expect(rig.hosts()).toEqual(['b', 'b', 'b'])
    await rig.define({ targets: targets('b') })
    await rig.clock.advance(2 * DAY)
    expect(rig.sent).toHaveLength(3)
  })

  it('CRL-2 leaves out a start that falls into a run, and says so', async () => {
    const later = Promise.withResolvers<void>()
    const rig = await createWorkflowRig({ answer: () => later.promise.then(() => answered(200)) })
    await rig.define({ schedule: { cron: '* * * * *' }, options: { timeoutMs: HOUR } })
    await rig.clock.advance(3 * MINUTE)
    expect(await rig.runs()).toHaveLength(1)
    expect(rig.named().skipped).toMatchObject({ at: NOON + 3 * MINUTE, count: 1, reason: 'run_in_progress' })
    await expect(rig.start()).rejects.toMatchObject({ code: 'run_in_progress' })
    later.resolve()
    await rig.clock.advance(MINUTE)
    expect(await rig.runs()).toHaveLength(2)
  })

  it('CRL-2 starts beside a run, or in its place, where the workflow says so', async () => {
    const rig = await createWorkflowRig({ answer: () => answered(503) })
    const slow = { options: { policy: 'standard', timeoutMs: DAY } }
    await rig.define({ ...slow, options: { ...slow.options, overlap: 'parallel' } })
    await Promise.all([rig.start(), rig.start()])
    expect((await rig.runs()).map(({ status }) => status)).toEqual(['running', 'running'])
    await rig.define({ ...slow, options: { ...slow.options, overlap: 'replace' } })
    await rig.settle()
    await rig.start()
    expect((await rig.runs()).map(({ status, stop }) => [status, stop])).toEqual([
      ['running', null],
      ['failed', 'canceled'],
      ['failed', 'canceled'],
    ])
  })

  it('CRL-2 lets two starts at the same moment replace one another: one run goes on', async () => {
    const rig = await createWorkflowRig({ answer: () => answered(503) })
    await rig.define({ options: { policy: 'standard', timeoutMs: DAY, overlap: 'replace' } })
    const both = await Promise.all([rig.start(), rig.start()])
    await rig.settle()
    expect((await rig.runs()).map(({ id, status, stop }) => [id, status, stop])).toEqual([
      [both[1].id, 'running', null],
      [both[0].id, 'failed', 'canceled'],
    ])
  })

  it('CRL-2 is defined once by two definitions at the same moment, and starts nothing once it is deleted', async () => {
    const rig = await createWorkflowRig()
    const [one, other] = await Promise.all([rig.define(), rig.define()])
    expect(other.id).toBe(one.id)
    const gone = await Promise.allSettled([rig.workflows.delete(rig.project.id, 'smoke'), rig.start()])
    expect(gone).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { code: 'not_found' } }])
    expect(await rig.store.workflows.openRuns()).toEqual([])
  })

  it('CRL-2 lets one of two starts at the same moment through', async () => {
    const rig = await createWorkflowRig()
    await rig.define()
    const both = await Promise.allSettled([rig.start(), rig.start()])
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  })

  it.each([
    ['skip', [], { at: NOON + 5 * HOUR, count: 5, reason: 'not_running', detail: null }],
    ['run_once', [{ scheduledFor: NOON + 5 * HOUR, missedStarts: 5 }], null],
  ] as const)('CRL-2 REL-4 that was missed while the machine slept: %s', async (missed, made, skipped) => {
    const rig = await createWorkflowRig()
    await rig.define({ schedule: { cron: '0 * * * *', missed } })
    rig.clock.sleep(5 * HOUR + 30 * MINUTE)
    rig.engine.resume()
    await rig.clock.advance(10_000)
    expect((await rig.runs()).map(({ order }) => order)).toMatchObject(made)
    expect(rig.named()).toMatchObject({ seenToAt: NOON + 5 * HOUR, skipped })
    await rig.clock.advance(30 * MINUTE)
    expect(await rig.runs(), 'the next start is on time').toHaveLength(made.length + 1)
  })

  it('CRL-2 that was missed while the program was stopped is made up for once, and a start is never made twice', async () => {
    const store = { ...createMemoryStore(), close: async () => {} }
    const clock = createFakeClock()
    const first = await createWorkflowRig({ store, clock })
    await first.define({ schedule: { cron: '0 * * * *', missed: 'run_once' } })
    await first.clock.advance(HOUR)
    expect(await first.runs()).toHaveLength(1)
    await first.stop()
    const again = await createWorkflowRig({ store, clock })
    expect(await again.runs(), 'the start of this very moment was seen to').toHaveLength(1)
    await again.stop()
    await clock.advance(3 * HOUR + 10 * MINUTE)
    const third = await createWorkflowRig({ store, clock })
    await third.settle()
    expect((await third.runs()).map(({ order }) => [order.scheduledFor, order.missedStarts])).toEqual([
      [NOON + 4 * HOUR, 3],
      [NOON + HOUR, 0],
    ])
  })

  it('CRL-2 makes no start twice where the clock is set back, and goes on after it', async () => {
    const rig = await createWorkflowRig()
    await rig.define({ schedule: { cron: '0 * * * *' } })
    await rig.clock.advance(HOUR)
    rig.clock.setWall(NOON + 30 * MINUTE)
    await rig.clock.advance(31 * MINUTE)
    expect(await rig.runs()).toHaveLength(1)
    await rig.clock.advance(HOUR)
    expect(await rig.runs()).toHaveLength(2)

    rig.clock.setWall(NOON - 30 * DAY)
    await rig.clock.advance(HOUR)
    expect(await rig.runs(), 'a clock that was far ahead keeps nothing from starting').toHaveLength(3)
  })

  it('CRL-2 that can start no more says why', async () => {
    const rig = await createWorkflowRig()
    const type = { provider: 'crawlux', name: 'audit.late', description: '', schema: null, sample: { id: 1 } }
    const { id } = await rig.engine.catalog.eventTypes.create(rig.project.id, type)
    await rig.define({ events: [{ type: 'audit.late', provider: 'crawlux' }], schedule: { cron: '0 * * * *' } })
    await rig.engine.catalog.eventTypes.delete(rig.project.id, id)
    await rig.clock.advance(HOUR)
    expect(rig.named().skipped).toMatchObject({ reason: 'refused', detail: expect.stringContaining('audit.late') })
  })
})

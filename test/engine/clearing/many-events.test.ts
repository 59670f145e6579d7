import { describe, expect, it } from 'vitest'
import type { Change } from '#main/engine/engine.ts'
import { createRunningEngine } from '../running-engine.ts'

async function createRig(events: number) {
  const rig = await createRunningEngine()
  const ids: string[] = []
  for (let count = 0; count < events; count++) {
    ids.push((await rig.compose(count % 2 === 0 ? 'audit.completed' : 'call_started')).eventId)
    await rig.clock.advance(10)
  }
  const { id } = rig.project
  const left = async () =>
    (await rig.engine.events.list({ projectId: id, filter: [], limit: 500, cursor: null })).items.map(
      ({ event }) => event.id as string,
    )
  return { ...rig, ids, left, fits: (filter: string) => rig.engine.events.readFilter(id, filter) }
}

describe('a clear', () => {
  it('deletes what fits its filter and no more, and nothing that came after it was asked for', async () => {
    const rig = await createRig(120)
    const begun = await rig.engine.clears.begin(rig.project.id, {
      filter: 'type:call_started',
      fits: rig.fits('type:call_started'),
      until: null,
    })
    expect(begun).toMatchObject({ state: 'running', total: 60 })
    await rig.clock.advance(1)
    const late = (await rig.compose('call_started')).eventId
    await rig.clock.advance(5_000)
    expect(rig.engine.clears.last(rig.project.id)).toMatchObject({ state: 'done', deleted: 60, kept: 0 })
    expect(await rig.left()).toEqual([late, ...rig.ids.filter((_, index) => index % 2 === 0).toReversed()])
  })

  it('is one at a time, and is stopped: what it deleted stays deleted', async () => {
    const rig = await createRig(120)
    const order = { filter: '', fits: rig.fits(''), until: null }
    await rig.engine.clears.begin(rig.project.id, order)
    await expect(rig.engine.clears.begin(rig.project.id, order)).rejects.toMatchObject({ code: 'clear_running' })
    const stopping = rig.engine.clears.cancel(rig.project.id)
    await rig.clock.advance(1_000)
    const stopped = await stopping
    expect(stopped!.state).toBe('canceled')
    expect(await rig.left()).toHaveLength(120 - stopped!.deleted)
  })

  it('of named events deletes just those, and passes over what is not there', async () => {
    const rig = await createRig(3)
    const named = rig.engine.clears.deleteNamed(rig.project.id, [rig.ids[0]!, 'evt_none', rig.ids[2]!])
    await rig.clock.advance(1_000)
    expect(await named).toEqual({ deleted: 2, kept: 0 })
    expect(await rig.left()).toEqual([rig.ids[1]])
  })
})

describe('marks', () => {
  it('are set by name or by filter, counted, and told to whoever watches', async () => {
    const rig = await createRig(6)
    const { readMarks, changes } = rig.engine
    const { id } = rig.project
    const told: Change[] = []
    changes.subscribe((change) => void (change.type === 'events.marked' && told.push(change)))
    expect(await readMarks.countUnread(id)).toBe(6)
    expect(await readMarks.mark(id, [rig.ids[0]!], true)).toBe(1)
    expect(await readMarks.mark(id, [rig.ids[0]!], true)).toBe(0)
    expect(await readMarks.markFitting(id, rig.fits('type:call_started'), true)).toBe(3)
    expect(await readMarks.countUnread(id)).toBe(2)
    expect(await readMarks.markFitting(id, [], true)).toBe(2)
    expect(await readMarks.countUnread(id)).toBe(0)
    expect(told).toMatchObject([
      { eventIds: [rig.ids[0]], isRead: true },
      { eventIds: [rig.ids[5], rig.ids[3], rig.ids[1]] },
      { eventIds: null },
    ])
  })
})

describe('the takers of a draft', () => {
  it('are those whose types and condition take it now', async () => {
    const rig = await createRig(0)
    await rig.addEndpoint({ name: 'large only', eventTypes: ['order.*'], condition: { 'body.total': { $gt: 100 } } })
    await rig.addEndpoint({ name: 'all', eventTypes: ['*'], enabled: false })
    const takers = (json: string) => {
      const { events } = rig.engine
      const body = new TextEncoder().encode(json)
      const input = { type: 'order.paid', body, contentType: 'application/json', provider: null }
      return events.takers(events.draft(rig.project.id, input), body).map(({ version }) => version.config.name)
    }
    expect(takers('{"total":500}')).toEqual(['large only', 'all'])
    expect(takers('{"total":5}')).toEqual(['all'])
  })
})

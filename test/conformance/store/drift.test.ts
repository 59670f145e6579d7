import { expect, it } from 'vitest'
import { onEveryStore } from './implementations.ts'

onEveryStore('Drift', (open) => {
  it('RPL-8 follows events in the order in which they were stored, from where it was', async () => {
    const { store, addEvent, project } = await open()
    await addEvent()
    const { position: start, events: none } = await store.drift.next({ after: null, limit: 10 })
    expect(none).toEqual([])
    expect(await store.drift.position()).toBeNull()
    const [first, second] = [await addEvent(), await addEvent()]
    const page = await store.drift.next({ after: start, limit: 1 })
    expect(page.events).toMatchObject([{ id: first.event.id, projectId: project.id, type: first.event.type }])
    const rest = await store.drift.next({ after: page.position, limit: 10 })
    expect(rest.events.map(({ id }) => id)).toEqual([second.event.id])
    expect(await store.drift.next({ after: rest.position, limit: 10 })).toEqual({ events: [], position: rest.position })
    await store.drift.keep({ judgements: [], position: rest.position })
    expect(await store.drift.position()).toBe(rest.position)
  })

  it('RPL-8 keeps marks beside events, takes them away, and forgets them with their event', async () => {
    const { store, addEvent, project } = await open()
    const [one, two] = [(await addEvent()).event, (await addEvent()).event]
    const ids = [one.id, two.id]
    await store.drift.keep({
      judgements: [
        { eventId: one.id, breaks: 2 },
        { eventId: two.id, breaks: 1 },
      ],
      position: null,
    })
    expect(await store.drift.marksOf(ids)).toEqual(
      new Map([
        [one.id, 2],
        [two.id, 1],
      ]),
    )
    expect(await store.drift.position()).toBeNull()
    const query = { projectId: project.id, type: one.type, limit: 10 }
    expect((await store.drift.ofType(query)).map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    await store.drift.keep({ judgements: [{ eventId: one.id, breaks: 0 }], position: null })
    expect(await store.drift.marksOf(ids)).toEqual(new Map([[two.id, 1]]))
    await store.retention.deleteEvent(two.id)
    expect(await store.drift.marksOf(ids)).toEqual(new Map())
    await store.drift.keep({ judgements: [{ eventId: two.id, breaks: 3 }], position: null })
    expect(await store.drift.marksOf(ids)).toEqual(new Map())
  })
})

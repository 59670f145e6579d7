import { expect, it } from 'vitest'
import { onEveryStore } from './implementations.ts'

onEveryStore('Read marks', (open) => {
  it('say of each event whether it was read, and tell which ones a mark changed', async () => {
    const { store, project, addEvent, addProject } = await open()
    const [one, two] = [(await addEvent()).event.id, (await addEvent()).event.id]
    const isRead = async (id: typeof one) => (await store.events.get(id))!.findings.isRead
    const step = { projectId: project.id, eventIds: [one, two] }
    expect(await isRead(one)).toBe(false)
    expect(await store.readMarks.mark({ ...step, eventIds: [one], isRead: true })).toEqual([one])
    expect(await store.readMarks.mark({ ...step, isRead: true })).toEqual([two])
    expect(await store.readMarks.mark({ ...step, eventIds: [two], isRead: false })).toEqual([two])
    expect([await isRead(one), await isRead(two)]).toEqual([true, false])
    const other = { ...step, projectId: (await addProject()).id, isRead: false }
    expect(await store.readMarks.mark(other)).toEqual([])
    expect(await isRead(one)).toBe(true)
  })

  it('take all that is there at once, and nothing that comes later, also under the key of one that was deleted', async () => {
    const { store, project, addEvent } = await open()
    const first = (await addEvent()).event.id
    await addEvent()
    const last = (await addEvent()).event.id
    const query = { projectId: project.id, among: 100, most: 100 }
    expect(await store.readMarks.countUnread(query)).toBe(3)
    expect(await store.readMarks.countUnread({ ...query, most: 2 })).toBe(2)
    expect(await store.readMarks.countUnread({ ...query, among: 1 })).toBe(1)
    await store.readMarks.markAll(project.id)
    expect(await store.readMarks.countUnread(query)).toBe(0)
    await store.readMarks.mark({ projectId: project.id, eventIds: [first], isRead: false })
    expect(await store.readMarks.countUnread(query)).toBe(1)
    await store.retention.deleteEvent(last)
    const next = (await addEvent()).event.id
    expect((await store.events.get(next))!.findings.isRead).toBe(false)
    expect(await store.readMarks.countUnread(query)).toBe(2)
  })
})

import { expect, it } from 'vitest'
import type { AuditHead, AuditQuery, AuditRow, Store } from '#main/engine/ports.ts'
import { EVERY_ENTRY } from '#test/support/every-entry.ts'
import { onEveryStore } from './implementations.ts'
import { NOW } from './records.ts'

const newRow = (change: Partial<AuditRow> = {}) => ({
  at: NOW,
  actorName: 'token',
  actorKind: 'owner' as const,
  keyId: null,
  address: '127.0.0.1',
  projectId: null,
  action: 'endpoint.create',
  targetId: 'end_1',
  targetName: 'Orders',
  outcome: 'done' as const,
  code: null,
  detail: '{"changes":[],"facts":{"note":"\u2028 ü 𝄞"}}',
  ...change,
})

/** Links by number alone: a store knows no hashes. */
function link(change?: Partial<AuditRow>) {
  return (head: AuditHead | null): AuditRow => {
    const number = (head?.number ?? 0) + 1
    return { ...newRow(change), number, previousHash: head?.hash ?? 'none', hash: `h${number}` }
  }
}

const append = (store: Store, change?: Partial<AuditRow>, settles: number | null = null) =>
  store.audit.append({ link: link(change), settles })

onEveryStore('The audit log', (open) => {
  it('SEC-5 keeps each entry as it was linked to the one before', async () => {
    const { store } = await open()
    expect(await store.audit.head()).toBeNull()
    const first = await append(store)
    const second = await append(store, { keyId: 'key_1', code: 'forbidden', outcome: 'refused', targetId: null })
    expect(first).toEqual({ ...newRow(), number: 1, previousHash: 'none', hash: 'h1' })
    expect(second).toMatchObject({ number: 2, previousHash: 'h1', hash: 'h2' })
    expect(await store.audit.head()).toEqual({ number: 2, hash: 'h2' })
    expect(await store.audit.counted()).toBe(2)
    expect(await store.audit.after(0, 50)).toEqual([first, second])
    expect(await store.audit.after(0, 1)).toEqual([first])
    expect(await store.audit.after(1, 50)).toEqual([second])
  })

  it('SEC-5 links entries that come at once one after the other, with no head shared', async () => {
    const { store } = await open()
    await Promise.all(Array.from({ length: 300 }, () => append(store)))
    const rows = await store.audit.after(0, 1_000)
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 300 }, (_, index) => index + 1))
    expect(rows.map(({ previousHash }) => previousHash)).toEqual(['none', ...rows.slice(0, -1).map(({ hash }) => hash)])
  })

  it('SEC-5 keeps an intent until an entry settles it, in one step with that entry', async () => {
    const { store } = await open()
    const [one, two, three] = [
      await store.audit.intend('{"n":1}'),
      await store.audit.intend('{"n":2}'),
      await store.audit.intend('{"n":3}'),
    ]
    await append(store, {}, two)
    await store.audit.forget(three)
    expect(await store.audit.intents()).toEqual([{ key: one, draft: '{"n":1}' }])
    const broken = () => {
      throw new Error('no link')
    }
    await expect(store.audit.append({ link: broken, settles: one })).rejects.toThrow('no link')
    expect(await store.audit.intents()).toHaveLength(1)
    expect(await store.audit.head()).toMatchObject({ number: 1 })
  })

  it('SEC-5 pages through entries newest first, by their number and never by a clock that was set back', async () => {
    const { store } = await open()
    for (const at of [NOW, NOW + 10, NOW - 500, NOW + 20, NOW + 20]) await append(store, { at })
    const first = await store.audit.list({ ...EVERY_ENTRY, limit: 2 })
    expect(first.items.map(({ number }) => number)).toEqual([5, 4])
    const rest = await store.audit.list({ ...EVERY_ENTRY, cursor: first.nextCursor })
    expect(rest.items.map(({ number }) => number)).toEqual([3, 2, 1])
    expect(rest.nextCursor).toBeNull()
  })

  it('SEC-5 narrows by project, action, actor, target, outcome and time', async () => {
    const { store, project } = await open()
    await append(store, { projectId: project.id, action: 'endpoint.delete', at: NOW + 5 })
    await append(store, { actorName: 'ci', keyId: 'key_1', action: 'endpoints.x' })
    await append(store, { targetId: 'src_1', targetName: 'Inbox', outcome: 'refused', action: 'source.delete' })
    const numbers = async (query: Partial<AuditQuery>) =>
      (await store.audit.list({ ...EVERY_ENTRY, ...query })).items.map(({ number }) => number)
    expect(await numbers({ projectId: project.id })).toEqual([1])
    expect(await numbers({ action: 'endpoint.*' })).toEqual([1])
    expect(await numbers({ action: 'source.delete' })).toEqual([3])
    expect(await numbers({ actor: 'ci' })).toEqual([2])
    expect(await numbers({ actor: 'key_1' })).toEqual([2])
    expect(await numbers({ target: 'end_1' })).toEqual([2, 1])
    expect(await numbers({ target: 'Inbox' })).toEqual([3])
    expect(await numbers({ outcome: 'refused' })).toEqual([3])
    expect(await numbers({ since: NOW + 1, until: NOW + 6 })).toEqual([1])
    expect(await numbers({ until: NOW + 5 })).toEqual([3, 2])
  })
})

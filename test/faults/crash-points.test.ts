import { describe, expect, it, vi } from 'vitest'
import { createCrashRig, NOTHING_WRONG } from './crash-rig.ts'
import { postTo } from './load.ts'

// Several relays start and end in each test, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const OK = { do: 'answer', status: 200 } as const
const inbox = (relay: { ready: { capture: string } }) => `${relay.ready.capture}/inbox`

describe('A relay that is killed at a point of its work', () => {
  it('EN01 acknowledges nothing and keeps nothing when it dies before the commit of a capture', async () => {
    const rig = await createCrashRig({ script: [OK] })
    const dying = await rig.start('in-capture')
    expect(await postTo(inbox(dying), 'first')).toBeNull()
    expect(await rig.crashed(dying)).toEqual({ events: [], deliveries: [], attempts: [] })

    const relay = await rig.start()
    const again = await postTo(inbox(relay), 'first')
    const found = await rig.finish(relay, [again!])
    expect(found).toMatchObject({ ...NOTHING_WRONG, received: 1 })
  })

  it('EN02 keeps an event once when it dies between its commit and the answer', async () => {
    const rig = await createCrashRig({ script: [OK] })
    const dying = await rig.start('after-capture')
    expect(await postTo(inbox(dying), 'first')).toBeNull()
    const left = await rig.crashed(dying)
    expect(left.events).toHaveLength(1)
    expect(left.deliveries).toHaveLength(1)

    const relay = await rig.start()
    const resent = await postTo(inbox(relay), 'first')
    const { books, ...found } = await rig.finish(relay, [resent!])
    expect(found).toMatchObject({ ...NOTHING_WRONG, received: 2 })
    expect(books.events.map(({ id }) => id)).toEqual([left.events[0]!.id, resent!.eventId])
    expect(new Set(rig.receipts().map(({ eventId }) => eventId)).size).toBe(2)
  })

  it('EN02 CAP-6 marks what the sender sends again as the resend of what it had kept, by the sender’s own id', async () => {
    const rig = await createCrashRig({ script: [OK] })
    const message = { headers: { 'X-GitHub-Event': 'push', 'X-GitHub-Delivery': 'd-1' } }
    const dying = await rig.start('after-capture')
    await dying.call('PATCH', '/sources/inbox', { provider: 'github' })
    expect(await postTo(inbox(dying), '{"ref":"main"}', message)).toBeNull()
    const [kept] = (await rig.crashed(dying)).events

    const relay = await rig.start()
    const resent = await postTo(inbox(relay), '{"ref":"main"}', message)
    const shown = (id: string) => relay.call('GET', `/events/${id}`)
    expect(await shown(resent!.eventId)).toMatchObject({ type: 'push', messageId: 'd-1', duplicateOf: kept!.id })
    expect(await shown(kept!.id)).toMatchObject({ messageId: 'd-1', duplicateOf: null, repeats: 1 })
    expect(await rig.finish(relay, [resent!])).toMatchObject({ ...NOTHING_WRONG, received: 2 })
  })

  it('EN02 CAP-6 answers what the sender sends again with what it had kept, where repeats are dropped', async () => {
    const rig = await createCrashRig({ script: [OK] })
    const message = { headers: { 'X-GitHub-Delivery': 'd-1' } }
    const dying = await rig.start('after-capture')
    await dying.call('PATCH', '/sources/inbox', { provider: 'github', duplicates: 'drop' })
    expect(await postTo(inbox(dying), 'first', message)).toBeNull()
    const [kept] = (await rig.crashed(dying)).events

    const relay = await rig.start()
    const resent = await postTo(inbox(relay), 'first', message)
    expect(resent!.eventId).toBe(kept!.id)
    expect(await rig.finish(relay, [resent!])).toMatchObject({ ...NOTHING_WRONG, received: 1 })
  })

  it('EN03 delivers exactly once what it had claimed and not sent', async () => {
    const rig = await createCrashRig({ script: [OK] })
    const dying = await rig.start('after-claim')
    const sent = await postTo(inbox(dying), 'first')
    const left = await rig.crashed(dying)
    expect(left.deliveries).toMatchObject([{ state: 'delivering', attempts: 1 }])
    expect(rig.receipts()).toEqual([])

    const relay = await rig.start()
    const { books, ...found } = await rig.finish(relay, sent ? [sent] : [])
    expect(found).toMatchObject({ ...NOTHING_WRONG, received: 1 })
    expect(books.attempts).toMatchObject([
      { number: 1, outcome: 'interrupted' },
      { number: 2, outcome: 'succeeded' },
    ])
  })

  it('EN04 sends again, with the same ids, what it was sending when it died', async () => {
    const rig = await createCrashRig({ script: [{ do: 'stall', afterBytes: 1 }, OK] })
    const dying = await rig.start('during-send')
    const body = 'x'.repeat(16 * 1_048_576)
    const sent = await postTo(inbox(dying), body)
    await rig.crashed(dying)

    const relay = await rig.start()
    const { books, ...found } = await rig.finish(relay, [sent!])
    expect(found).toMatchObject({ ...NOTHING_WRONG, received: 1 })
    expect(books.attempts).toMatchObject([{ outcome: 'interrupted' }, { outcome: 'succeeded' }])
    const [cut, whole] = rig.receipts()
    expect(cut).toMatchObject({ whole: false, attempt: 1 })
    expect(cut!.bodyBytes).toBeLessThan(body.length)
    expect(whole).toMatchObject({ whole: true, attempt: 2, bodyBytes: body.length })
    expect([whole!.eventId, whole!.deliveryId]).toEqual([cut!.eventId, cut!.deliveryId])
  })

  it('EN05 repeats, and labels as a possible duplicate, what was answered and not yet on record', async () => {
    const rig = await createCrashRig({ script: [OK] })
    const dying = await rig.start('after-answer')
    const sent = await postTo(inbox(dying), 'first')
    await rig.crashed(dying)
    expect(rig.receipts()).toMatchObject([{ status: 200, attempt: 1 }])

    const relay = await rig.start()
    const { id } = (await relay.call<{ items: { id: string }[] }>('GET', '/deliveries')).items[0]!
    const { books, ...found } = await rig.finish(relay, sent ? [sent] : [])
    expect(found).toMatchObject({ ...NOTHING_WRONG, received: 2, duplicates: { interrupted: 1 } })
    expect(books.attempts).toMatchObject([{ outcome: 'interrupted' }, { outcome: 'succeeded' }])
    expect(rig.receipts().map(({ deliveryId }) => deliveryId)).toEqual([id, id])

    const shown = await rig.start()
    const { items } = await shown.call<{ items: { failure: { processed: string } | null }[] }>(
      'GET',
      `/deliveries/${id}/attempts`,
    )
    expect(items.map(({ failure }) => failure?.processed ?? null)).toEqual(['maybe', null])
  })
})

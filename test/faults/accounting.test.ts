import { describe, expect, it } from 'vitest'
import type { Receipt } from '#test/support/misbehaving-receiver/receipts.ts'
import { account, type AccountingInput, type StoredAttempt, type StoredDelivery } from './accounting.ts'

const ENDPOINT = 'end_1' as StoredDelivery['endpointId']

const receipt = (changes: Partial<Receipt> = {}): Receipt => ({
  at: 0,
  eventId: 'evt_1',
  deliveryId: 'dlv_1',
  attempt: 1,
  bodySha256: 'aa',
  bodyBytes: 1,
  whole: true,
  did: 'answer',
  status: 200,
  ...changes,
})
const delivery = (changes: object = {}) =>
  ({
    id: 'dlv_1',
    eventId: 'evt_1',
    endpointId: ENDPOINT,
    replayId: null,
    state: 'succeeded',
    attempts: 1,
    ...changes,
  }) as StoredDelivery
const attempt = (changes: object = {}) =>
  ({
    deliveryId: 'dlv_1',
    number: 1,
    trigger: 'automatic',
    outcome: 'succeeded',
    status: 200,
    failureCode: null,
    ...changes,
  }) as StoredAttempt

/** One event that was captured, delivered and received once; `changes` plant a fault. */
function faulty(changes: Partial<Omit<AccountingInput, 'books'>> & { books?: Partial<AccountingInput['books']> } = {}) {
  const { books, ...rest } = changes
  return account({
    acknowledged: [{ eventId: 'evt_1', bodySha256: 'aa' }],
    endpointIds: ['end_1'],
    receipts: [receipt()],
    ...rest,
    books: { events: [{ id: 'evt_1', bodySha256: 'aa' }], deliveries: [delivery()], attempts: [attempt()], ...books },
  })
}

/** The first attempt ended so, and the receiver got a second one. */
const twice = (first: object, second: object = {}) =>
  faulty({
    books: { deliveries: [delivery({ attempts: 2 })], attempts: [attempt(first), attempt({ number: 2, ...second })] },
    receipts: [receipt({ status: (first as StoredAttempt).status ?? null }), receipt({ attempt: 2 })],
  })

describe('The accounting', () => {
  it('finds nothing where all is well', () => {
    expect(faulty()).toMatchObject({ lost: [], phantom: [], unexpected: [], unexplained: [], received: 1, pending: 0 })
  })

  it.each([
    ['is gone from the store', { events: [], deliveries: [], attempts: [] }, 'not in the store'],
    ['has other bytes', { events: [{ id: 'evt_1', bodySha256: 'bb' }] }, 'other bytes'],
    ['has no delivery', { deliveries: [], attempts: [] }, 'no delivery to end_1'],
  ])('finds an acknowledged event lost that %s', (_what, books, found) => {
    expect(faulty({ books, receipts: [] }).lost).toEqual([expect.stringContaining(found)])
  })

  it('does not call lost what still waits', () => {
    const waiting = { deliveries: [delivery({ state: 'scheduled', attempts: 0 })], attempts: [] }
    expect(faulty({ books: waiting, receipts: [] })).toMatchObject({ lost: [], phantom: [], pending: 1 })
  })

  it.each([
    ['the receiver never saw', {}, []],
    ['the receiver refused', {}, [receipt({ status: 500 })]],
    ['the receiver read in part', {}, [receipt({ whole: false })]],
    ['has no attempt', { attempts: [] }, []],
  ])('finds a phantom success that %s', (_what, books, receipts) => {
    expect(faulty({ books, receipts }).phantom).toHaveLength(1)
  })

  it.each([
    ['an event that was never captured', receipt({ eventId: 'evt_9' })],
    ['a delivery that is not there', receipt({ deliveryId: 'dlv_9' })],
    ['other bytes', receipt({ bodySha256: 'bb' })],
    ['an attempt on no record', receipt({ attempt: 7 })],
  ])('finds %s unexpected', (_what, stray) => {
    expect(faulty({ receipts: [receipt(), stray] }).unexpected).toHaveLength(1)
  })

  it('takes an attempt under way for granted', () => {
    const books = { deliveries: [delivery({ state: 'delivering' })], attempts: [] }
    expect(faulty({ books }).unexpected).toEqual([])
  })

  it.each([
    ['interrupted', { outcome: 'interrupted', status: null }, {}],
    ['answer lost', { outcome: 'failed', status: null, failureCode: 'timed_out' }, {}],
    ['answer lost', { outcome: 'failed', status: 200, failureCode: 'answer_cut' }, {}],
    ['stale connection', { outcome: 'failed', status: null, failureCode: 'stale_connection' }, {}],
    ['answered with a failure', { outcome: 'failed', status: 503, failureCode: 'server_error' }, {}],
    ['by hand', {}, { trigger: 'manual' }],
  ])('explains a second copy by its cause: %s', (cause, first, second) => {
    const found = twice(first, second)
    expect(found.unexplained).toEqual([])
    expect(found.duplicates).toMatchObject({ [cause]: 1 })
  })

  it('explains the copy of a replay', () => {
    const again = { id: 'dlv_2', replayId: 'rpl_1' }
    const books = { deliveries: [delivery(), delivery(again)], attempts: [attempt(), attempt({ deliveryId: 'dlv_2' })] }
    const found = faulty({ books, receipts: [receipt(), receipt({ deliveryId: 'dlv_2' })] })
    expect(found).toMatchObject({ unexplained: [], duplicates: { replay: 1 } })
  })

  it.each([
    ['one after a success', twice({})],
    ['one after a failure of our own', twice({ outcome: 'failed', status: null, failureCode: 'internal_error' })],
    ['one attempt sent twice', faulty({ receipts: [receipt(), receipt()] })],
    [
      'a second delivery that is no replay',
      faulty({
        books: {
          deliveries: [delivery(), delivery({ id: 'dlv_2' })],
          attempts: [attempt(), attempt({ deliveryId: 'dlv_2' })],
        },
        receipts: [receipt(), receipt({ deliveryId: 'dlv_2' })],
      }),
    ],
  ])('finds a second copy unexplained: %s', (_what, found) => {
    expect(found.unexplained).toHaveLength(1)
  })
})

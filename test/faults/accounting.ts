import type { Attempt } from '#shared/model/attempt.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { FailureCode } from '#shared/model/failure.ts'
import type { Receipt } from '#test/support/misbehaving-receiver/receipts.ts'

/** An event that its sender was told is safe. */
export interface Acknowledged {
  eventId: string
  bodySha256: string
}

export type StoredDelivery = Pick<Delivery, 'id' | 'eventId' | 'endpointId' | 'replayId' | 'state' | 'attempts'>

export interface StoredAttempt extends Pick<Attempt, 'deliveryId' | 'number' | 'trigger' | 'outcome'> {
  status: number | null
  failureCode: FailureCode | null
}

/** What the store holds: events with the hash of the bytes that are really there. */
export interface Books {
  events: readonly { id: string; bodySha256: string }[]
  deliveries: readonly StoredDelivery[]
  attempts: readonly StoredAttempt[]
}

/** Why a receiver may rightly get an event more than once. */
export type Cause =
  | 'interrupted'
  | 'answer lost'
  | 'stale connection'
  | 'answered with a failure'
  | 'by hand'
  | 'replay'

export interface Account {
  acknowledged: number
  received: number
  /** Deliveries that are not at their end. */
  pending: number
  /** Acknowledged, and not whole in the store or without the delivery that was due. */
  lost: string[]
  /** On record as delivered, and never received. */
  phantom: string[]
  /** Received, and never captured, or other bytes, or by no attempt on record. */
  unexpected: string[]
  /** Received once more for no recorded cause. */
  unexplained: string[]
  /** Received once more for a recorded cause. */
  duplicates: Record<Cause, number>
}

export interface AccountingInput {
  acknowledged: readonly Acknowledged[]
  /** Whom every acknowledged event is due to. */
  endpointIds: readonly string[]
  books: Books
  receipts: readonly Receipt[]
}

/** Compares what senders were told, what the store says and what the receiver wrote down. */
export function account({ acknowledged, endpointIds, books, receipts }: AccountingInput): Account {
  const whole = receipts.filter((receipt) => receipt.whole)
  const { unexplained, duplicates } = explainDuplicates(books, whole)
  return {
    acknowledged: acknowledged.length,
    received: whole.length,
    pending: books.deliveries.filter(({ state }) => ['scheduled', 'delivering', 'held'].includes(state)).length,
    lost: findLost(acknowledged, endpointIds, books),
    phantom: findPhantoms(books, whole),
    unexpected: findUnexpected(books, receipts),
    unexplained,
    duplicates,
  }
}

function findLost(acknowledged: readonly Acknowledged[], endpointIds: readonly string[], books: Books): string[] {
  const stored = new Map(books.events.map(({ id, bodySha256 }) => [id, bodySha256]))
  const due = new Set(books.deliveries.map(({ eventId, endpointId }) => `${eventId} ${endpointId}`))
  return acknowledged.flatMap(({ eventId, bodySha256 }) => {
    if (!stored.has(eventId)) return [`${eventId} is not in the store`]
    if (stored.get(eventId) !== bodySha256) return [`${eventId} is stored with other bytes`]
    return endpointIds
      .filter((endpointId) => !due.has(`${eventId} ${endpointId}`))
      .map((endpointId) => `${eventId} has no delivery to ${endpointId}`)
  })
}

function findPhantoms({ deliveries, attempts }: Books, receipts: readonly Receipt[]): string[] {
  const answered = new Map(receipts.map((receipt) => [keyOf(receipt.deliveryId, receipt.attempt), receipt.status]))
  const succeeded = attempts.filter(({ outcome }) => outcome === 'succeeded')
  const proven = new Set(succeeded.map(({ deliveryId }) => deliveryId))
  return [
    ...succeeded
      .filter(({ deliveryId, number, status }) => (answered.get(keyOf(deliveryId, number)) ?? null) !== status)
      .map(({ deliveryId, number }) => `${deliveryId} try ${number} was never answered so`),
    ...deliveries
      .filter(({ id, state }) => state === 'succeeded' && !proven.has(id))
      .map(({ id }) => `${id} succeeded without an attempt that did`),
  ]
}

function findUnexpected({ events, deliveries, attempts }: Books, receipts: readonly Receipt[]): string[] {
  const bytes = new Map(events.map(({ id, bodySha256 }) => [id, bodySha256]))
  const known = new Map(deliveries.map((delivery) => [delivery.id as string, delivery]))
  const recorded = new Set(attempts.map(({ deliveryId, number }) => keyOf(deliveryId, number)))
  return receipts.flatMap(({ eventId, deliveryId, attempt, bodySha256, whole }) => {
    const delivery = known.get(deliveryId)
    const what = `${deliveryId} try ${attempt}`
    if (!bytes.has(eventId)) return [`${what} carried ${eventId}, which was never captured`]
    if (delivery?.eventId !== eventId) return [`${what} is no delivery of ${eventId}`]
    if (whole && bytes.get(eventId) !== bodySha256) return [`${what} carried other bytes than ${eventId} has`]
    const underWay = delivery.state === 'delivering' && delivery.attempts === attempt
    return underWay || recorded.has(keyOf(deliveryId, attempt)) ? [] : [`${what} is on no record`]
  })
}

function explainDuplicates(books: Books, receipts: readonly Receipt[]): Pick<Account, 'unexplained' | 'duplicates'> {
  const deliveries = new Map(books.deliveries.map((delivery) => [delivery.id as string, delivery]))
  const attempts = new Map(books.attempts.map((attempt) => [keyOf(attempt.deliveryId, attempt.number), attempt]))
  const duplicates = noDuplicates()
  const unexplained: string[] = []
  const ways = Map.groupBy(receipts, ({ eventId, deliveryId }) => `${eventId} ${targetOf(deliveries.get(deliveryId))}`)
  for (const way of ways.values()) {
    const inOrder = way.toSorted((a, b) => a.deliveryId.localeCompare(b.deliveryId) || a.attempt - b.attempt)
    for (const [index, receipt] of inOrder.entries()) {
      const before = inOrder[index - 1]
      if (!before) continue
      const cause =
        before.deliveryId === receipt.deliveryId
          ? causeOfRetry(before, receipt, attempts)
          : deliveries.get(receipt.deliveryId)?.replayId != null && ('replay' as const)
      if (cause) duplicates[cause] += 1
      else unexplained.push(`${receipt.deliveryId} try ${receipt.attempt} after try ${before.attempt}`)
    }
  }
  return { unexplained, duplicates }
}

function causeOfRetry(before: Receipt, after: Receipt, attempts: ReadonlyMap<string, StoredAttempt>): Cause | null {
  // The same number twice is one attempt that was sent twice in secret.
  if (before.attempt === after.attempt) return null
  if (attempts.get(keyOf(after.deliveryId, after.attempt))?.trigger === 'manual') return 'by hand'
  const record = attempts.get(keyOf(before.deliveryId, before.attempt))
  if (record?.outcome === 'interrupted') return 'interrupted'
  if (record?.outcome !== 'failed') return null
  if (record.failureCode === 'stale_connection') return 'stale connection'
  if (record.failureCode && LOST_ANSWERS.has(record.failureCode)) return 'answer lost'
  return record.status === before.status && record.status !== null ? 'answered with a failure' : null
}

const LOST_ANSWERS: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'timed_out',
  'connection_reset',
  'answer_cut',
  'invalid_answer',
])

function noDuplicates(): Record<Cause, number> {
  return {
    interrupted: 0,
    'answer lost': 0,
    'stale connection': 0,
    'answered with a failure': 0,
    'by hand': 0,
    replay: 0,
  }
}

function targetOf(delivery: StoredDelivery | undefined): string {
  return delivery?.endpointId ?? 'a target of its own'
}

function keyOf(deliveryId: string, attempt: number): string {
  return `${deliveryId} ${attempt}`
}

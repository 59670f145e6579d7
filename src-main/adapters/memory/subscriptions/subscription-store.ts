import type { EventRecord } from '#shared/model/event.ts'
import { NO_FINDINGS } from '#shared/model/findings.ts'
import type { EventId, SubscriptionId } from '#shared/model/ids.ts'
import type { RepeatCause, Subscription, SubscriptionStart } from '#shared/model/link/subscription.ts'
import type { KnownOutcome, SubscriptionStore, TakenEvent, TakeOrder } from '#main/engine/ports.ts'
import type { MemoryState } from '../state.ts'

interface Loan {
  holder: string | null
  sends: number
  cause: RepeatCause | null
  takenAt: number
}

/** A subscription with its place: how many of the events that ever came were looked at. */
export interface HeldSubscription {
  subscription: Subscription
  position: number
  loans: Map<EventId, Loan>
  repeats: Map<RepeatCause, number>
  missed: number
}

export function createSubscriptionStore(state: MemoryState): SubscriptionStore {
  const { subscriptions } = state
  const loansOf = (id: SubscriptionId) => subscriptions.get(id)?.loans ?? new Map<EventId, Loan>()

  return {
    list: async () => [...subscriptions.values()].map(({ subscription }) => subscription),

    async create(subscription, start) {
      const { sourceId, name, isGroup } = subscription
      const known = [...subscriptions.values()].find(
        ({ subscription: it }) => it.sourceId === sourceId && it.name === name && it.isGroup === isGroup,
      )
      if (known) return known.subscription
      const position = positionAt(state, subscription, start)
      const held = { subscription, position, loans: new Map(), repeats: new Map(), missed: 0 }
      subscriptions.set(subscription.id, held)
      return subscription
    },

    async update(subscription) {
      const held = subscriptions.get(subscription.id)
      if (held) held.subscription = subscription
    },

    delete: async (id) => void subscriptions.delete(id),
    take: async (order) => take(state, order),

    acknowledge: async ({ subscriptionId, holder, eventIds }) => {
      const loans = loansOf(subscriptionId)
      return eventIds.filter((id) => loans.get(id)?.holder === holder && loans.delete(id))
    },

    async letGo({ subscriptionId, holder, cause, before = Number.MAX_SAFE_INTEGER }) {
      const mine = [...loansOf(subscriptionId)].filter(([, loan]) => loan.holder === holder && loan.takenAt < before)
      for (const [, loan] of mine) Object.assign(loan, { holder: null, cause })
      return mine.map(([eventId]) => eventId)
    },

    async letGoOfAll(cause) {
      for (const { loans } of subscriptions.values()) {
        for (const loan of loans.values()) if (loan.holder !== null) Object.assign(loan, { holder: null, cause })
      }
    },

    holds: async ({ subscriptionId, holder, eventId }) => loansOf(subscriptionId).get(eventId)?.holder === holder,

    async noteOutcomes(told) {
      for (const outcome of told) {
        const { subscription } = subscriptions.get(outcome.subscriptionId) ?? {}
        if (!subscription || state.events.get(outcome.eventId)?.sourceId !== subscription.sourceId) continue
        state.outcomes = [...state.outcomes.filter((known) => !isSameTarget(known, outcome)), outcome]
      }
    },

    outcomes: async (eventId) =>
      state.outcomes
        .filter((outcome) => outcome.eventId === eventId && subscriptions.has(outcome.subscriptionId))
        .toSorted((a, b) => a.at - b.at || compare(a.subscriber, b.subscriber) || compare(a.target, b.target)),

    async standing(subscriptionId, most) {
      const held = subscriptions.get(subscriptionId)
      if (!held) return { lag: { events: 0, isMore: false, oldestAt: null, lastEventAt: null, missed: 0 }, repeats: {} }
      const events = ofSource(state, held.subscription)
      const ahead = events.filter((event) => orderOf(state, event) > held.position)
      const lent = events.filter(({ id }) => held.loans.has(id))
      return {
        lag: {
          events: lent.length + Math.min(ahead.length, most),
          isMore: ahead.length > most,
          oldestAt: (lent[0] ?? ahead[0])?.receivedAt ?? null,
          lastEventAt: events.at(-1)?.receivedAt ?? null,
          missed: held.missed,
        },
        repeats: Object.fromEntries(held.repeats),
      }
    },
  }
}

function ofSource({ events }: MemoryState, { sourceId }: Subscription): EventRecord[] {
  return [...events.values()].filter((event) => event.sourceId === sourceId)
}

const orderOf = ({ arrivalOrder }: MemoryState, { id }: Pick<EventRecord, 'id'>) => arrivalOrder.get(id) ?? 0

function positionAt(state: MemoryState, subscription: Subscription, start: SubscriptionStart): number {
  if (start.kind === 'beginning') return 0
  if (start.kind === 'now') return state.arrivalOrder.size
  const earlier = ofSource(state, subscription).filter(({ receivedAt }) => receivedAt < start.at)
  return Math.max(0, ...earlier.map((event) => orderOf(state, event)))
}

function take(state: MemoryState, { subscriptionId, holder, now, limit, scan, takes }: TakeOrder) {
  const held = state.subscriptions.get(subscriptionId)
  if (!held) return { items: [], isMore: false }
  const items: TakenEvent[] = []
  const events = ofSource(state, held.subscription)
  const content = (event: EventRecord) => ({ event, findings: state.findings.get(event.id) ?? NO_FINDINGS })

  for (const event of events) {
    const loan = held.loans.get(event.id)
    if (loan?.holder !== null || items.length === limit) continue
    Object.assign(loan, { holder, sends: loan.sends + 1, takenAt: now })
    if (loan.cause) held.repeats.set(loan.cause, (held.repeats.get(loan.cause) ?? 0) + 1)
    items.push({ ...content(event), sends: loan.sends, cause: loan.cause })
  }
  let looked = 0
  for (const event of events.filter((it) => orderOf(state, it) > held.position).slice(0, scan)) {
    if (items.length === limit) break
    looked += 1
    held.position = orderOf(state, event)
    const isHandedOn = event.capture === 'complete' && event.type !== 'handshake'
    const body = () => state.bodies.get(event.id)!
    if (!isHandedOn || !takes({ ...content(event), body })) continue
    held.loans.set(event.id, { holder, sends: 1, cause: null, takenAt: now })
    items.push({ ...content(event), sends: 1, cause: null })
  }
  return { items, isMore: looked === scan || items.length === limit }
}

const compare = (one: string, other: string) => (one === other ? 0 : one < other ? -1 : 1)

function isSameTarget(one: KnownOutcome, other: KnownOutcome): boolean {
  return (['eventId', 'subscriptionId', 'subscriber', 'target'] as const).every((key) => one[key] === other[key])
}

import type { EventRecord } from '#shared/model/event.ts'
import type { Findings } from '#shared/model/findings.ts'
import type { EventId, SubscriptionId } from '#shared/model/ids.ts'
import type { Outcome } from '#shared/model/link/outcome.ts'
import type { Lag, RepeatCause, Repeats, Subscription, SubscriptionStart } from '#shared/model/link/subscription.ts'

/** What of a source a subscription may be given: `body` is read at its first use. */
export interface Candidate {
  event: EventRecord
  findings: Findings
  body(): Uint8Array
}

export interface TakeOrder {
  subscriptionId: SubscriptionId
  /** Who gets them, by connection. */
  holder: string
  now: number
  /** At most so many are taken. */
  limit: number
  /** At most so many events are looked at. */
  scan: number
  /** Pure and quick: it runs inside the step. */
  takes(candidate: Candidate): boolean
}

/** An event that is lent to one holder until it is acknowledged or let go. */
export interface TakenEvent {
  event: EventRecord
  findings: Findings
  /** How often it was taken, this time among them. */
  sends: number
  /** Why it is taken once more; null for the first time. */
  cause: RepeatCause | null
}

export interface Taken {
  /** In the order in which they came. */
  items: readonly TakenEvent[]
  /** There may be more to take at once. */
  isMore: boolean
}

export interface SubscriptionStanding {
  lag: Lag
  repeats: Repeats
}

/** What became of an event at the machine of one subscriber. */
export interface KnownOutcome extends Outcome {
  subscriptionId: SubscriptionId
  /** Who told it: a subscriber, or a member of a group. */
  subscriber: string
  /** When it was told, in unix ms. */
  at: number
}

/** Only whole events are handed on, and none that merely asked whether the address is meant. */
export interface SubscriptionStore {
  /** Of every project, oldest first. */
  list(): Promise<readonly Subscription[]>
  /** Keeps it unless its source has one of that name and kind; resolves to the one that is kept. */
  create(subscription: Subscription, start: SubscriptionStart): Promise<Subscription>
  /** Replaces its filter, its key, and when who was last there. */
  update(subscription: Subscription): Promise<void>
  delete(subscriptionId: SubscriptionId): Promise<void>
  /** First what was let go, then what comes next in its source; moves on past what it does not take. */
  take(order: TakeOrder): Promise<Taken>
  /** Ends the loans of these events to the holder; resolves to those that it held. */
  acknowledge(step: {
    subscriptionId: SubscriptionId
    holder: string
    eventIds: readonly EventId[]
  }): Promise<readonly EventId[]>
  /** Lets go of what the holder has, where `before` is given what it took before that; resolves to what that was. */
  letGo(step: {
    subscriptionId: SubscriptionId
    holder: string
    cause: RepeatCause
    before?: number
  }): Promise<readonly EventId[]>
  /** As a program starts: nobody holds anything any more. */
  letGoOfAll(cause: RepeatCause): Promise<void>
  /** Whether the event is lent to this holder. */
  holds(step: { subscriptionId: SubscriptionId; holder: string; eventId: EventId }): Promise<boolean>
  /** Each in place of what was known of the same event, subscriber and target; those of unknown events are left out. */
  noteOutcomes(outcomes: readonly KnownOutcome[]): Promise<void>
  /** Of one event, by the time at which they were told. */
  outcomes(eventId: EventId): Promise<readonly KnownOutcome[]>
  /** Counts at most `most` events of its source. */
  standing(subscriptionId: SubscriptionId, most: number): Promise<SubscriptionStanding>
}

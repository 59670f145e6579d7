import type { EventRecord } from '#shared/model/event.ts'
import type { ProjectId } from '#shared/model/ids.ts'
import type { EndReason } from '#shared/model/link/frames.ts'
import type { Outcome } from '#shared/model/link/outcome.ts'
import type { Lag, RepeatCause, Subscription, SubscriptionStart } from '#shared/model/link/subscription.ts'
import type { Source } from '#shared/model/source.ts'
import type { Caller } from '../access/caller.ts'
import type { KnownOutcome, SubscriptionStanding, TakenEvent } from '../ports.ts'
import type { LinkTimings } from './timings.ts'

/** What a relay tells a subscriber, in order. */
export type Told =
  | {
      kind: 'hello'
      connection: string
      window: number
      timings: LinkTimings
      subscription: Subscription
      source: Source
      subscriber: string
      lag: Lag
    }
  /** `body` is null where it is too large to come along: it is asked for by itself. */
  | { kind: 'event'; taken: TakenEvent; body: Uint8Array | null }
  | { kind: 'alive'; at: number; lag: Lag }
  | { kind: 'end'; reason: EndReason; message: string }

/** What one subscriber is told; read by one reader at its own pace, and nothing is queued for it. */
export interface Stream {
  /** The next of it once there is any; null after its end. */
  next(): Promise<Told | null>
  /** Its reader is gone. */
  leave(): Promise<void>
}

/** A subscriber that is there, or was. */
export interface Subscriber {
  name: string
  version: string
  /** From where; null where nobody knows. */
  address: string | null
  connectedAt: number
  lastHeardAt: number
  /** Events that are under way to it. */
  underWay: number
}

export interface StandingSubscription extends SubscriptionStanding {
  subscription: Subscription
  source: Source
  /** Those that are there; a group may have several. */
  subscribers: readonly Subscriber[]
  /** Why the last connection ended; null while one is there, and before the first. */
  lastEnd: { cause: RepeatCause; at: number } | null
}

export interface NewSubscription {
  source: Source
  name: string
  isGroup: boolean
  /** Undefined leaves the one that is there. */
  filter: string | null | undefined
  start: SubscriptionStart
  version: string
  protocol: number
}

/** Places in the sources of this relay from which others take events. */
export interface SubscriptionsApi {
  list(projectId: ProjectId): Promise<readonly StandingSubscription[]>
  /** Throws `AppError` `not_found`. */
  get(projectId: ProjectId, id: string): Promise<StandingSubscription>
  /**
   * Makes one, or finds the one of that name; of one that is there a given filter is replaced. Throws `AppError`
   * `invalid_request`, `version_mismatch`, or `forbidden` where it is another key's.
   */
  ensure(caller: Caller, projectId: ProjectId, input: NewSubscription): Promise<StandingSubscription>
  /** Connects a subscriber, ending a connection that it had before. Throws `AppError`. */
  follow(
    caller: Caller,
    projectId: ProjectId,
    id: string,
    input: { subscriber: string | null; window: number; version: string; protocol: number },
  ): Promise<Stream>
  /**
   * Ends loans, and shows that the subscriber is there. Resolves to how many counted: what was lent to it no more does not.
   * Throws `AppError` `connection_over`.
   */
  acknowledge(
    caller: Caller,
    projectId: ProjectId,
    id: string,
    input: { connection: string; eventIds: readonly string[] },
  ): Promise<{ acknowledged: number }>
  /** The body of an event that is lent to a connection. Throws `AppError` `not_found`, `connection_over`. */
  body(
    caller: Caller,
    projectId: ProjectId,
    id: string,
    input: { connection: string; eventId: string },
  ): Promise<Uint8Array>
  /** What became of events at a subscriber. Throws `AppError`. */
  report(
    caller: Caller,
    projectId: ProjectId,
    id: string,
    input: { subscriber: string | null; outcomes: readonly Outcome[] },
  ): Promise<void>
  outcomes(event: EventRecord): Promise<readonly KnownOutcome[]>
  /** Ends it, and whoever follows it. */
  delete(projectId: ProjectId, id: string): Promise<Subscription>
  /**
   * Ends every connection, as the program stops, and takes no new one. Resolves once all is let go: call it while the server
   * that carries them still runs, so that subscribers are told.
   */
  stop(): Promise<void>
}

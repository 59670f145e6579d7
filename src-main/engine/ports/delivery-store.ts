import type { Attempt } from '#shared/model/attempt.ts'
import type { Delivery, DeliveryState, Trigger } from '#shared/model/delivery.ts'
import type { PausedReason } from '#shared/model/endpoint.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { DeliveryFilter } from '#shared/model/filter/meaning/delivery-filter.ts'
import type { AttemptId, DeliveryId, EndpointId, EventId, ProjectId, ReplayId } from '#shared/model/ids.ts'
import type { AppendEvent } from './event-store.ts'
import type { Page, PageRequest } from './store.ts'

/** What is delivered independently of everything else: an endpoint's id, or a delivery's own where it has no endpoint. */
export type Lane = EndpointId | DeliveryId

export interface LaneDue {
  lane: Lane
  /** When its earliest scheduled delivery is due; null where it has none. */
  dueAt: number | null
}

export interface LaneClaim {
  lane: Lane
  limit: number
  /**
   * Strict order: only the delivery that came first of those scheduled may be taken, once it is due and while none of the
   * lane is under way; the lane's due time is then this delivery's.
   */
  ordered?: boolean
}

export interface ClaimStep {
  now: number
  /** This run's id: what another run claimed and never concluded is recovered at start. */
  owner: string
  /** At most `limit` of each lane, earliest due first. */
  lanes: readonly LaneClaim[]
  nextAttemptId: () => AttemptId
}

/** A delivery that this run now holds, moved to `delivering`; its begun attempt is marked by the same commit. */
export interface ClaimedDelivery {
  delivery: Delivery
  event: EventRecord
  /** The event's, as it is stored; null where the store is to be asked for it, since it is large. */
  body: Uint8Array | null
  attemptId: AttemptId
  /** The attempt's number, counting interrupted ones. */
  number: number
  trigger: Trigger
}

export interface Claim {
  claimed: readonly ClaimedDelivery[]
  /** The asked lanes as they stand after the claim. */
  lanes: readonly LaneDue[]
}

/** The end of one attempt: all of it lasts, or none. */
export interface Conclusion {
  /** Its `nextAttemptAt` is stored as the delivery's own `dueAt` in the end. */
  attempt: Attempt
  /** The bytes that it sent, or that these were the event's as they are stored; null where none were built. */
  requestBody: Uint8Array | 'of event' | null
  /** The answer as it came, sealed, where secrets are masked in the attempt's. */
  rawAnswer: Uint8Array | null
  /** The delivery's next state and fields. Where the endpoint is paused by then, `scheduled` becomes `held`; where it is deleted, `canceled`. */
  delivery: Pick<
    Delivery,
    'id' | 'state' | 'dueAt' | 'nextTrigger' | 'tries' | 'lastStatus' | 'lastFailure' | 'updatedAt'
  >
  /** What it does to the endpoint; null for a delivery without one, or where nothing changes. */
  endpoint: EndpointEffect | null
  /** An event that tells of this end, kept with its deliveries by the same commit. */
  notification: AppendEvent | null
}

export interface EndpointEffect {
  consecutiveFailures: number
  /** Pauses an active endpoint. */
  pause: PausedReason | null
  /**
   * What a probe of an endpoint found that its breaker paused: `passed` makes it active, with every held delivery `scheduled`
   * and due at once; `failed` begins the pause again. Nothing where the pause has another reason by then.
   */
  probe: 'passed' | 'failed' | null
}

/** The delivery as it was stored, how many others a pause put on hold or a probe released, and the notification's. */
export interface Concluded {
  delivery: Delivery
  heldOthers: number
  releasedOthers: number
  notified: readonly Delivery[]
}

export interface ProbeStep {
  endpointId: EndpointId
  now: number
  owner: string
  nextAttemptId: () => AttemptId
}

export interface DeliveryQuery extends PageRequest {
  projectId: ProjectId
  eventId: EventId | null
  endpointId: EndpointId | null
  replayId: ReplayId | null
  /** Empty for every state. */
  states: readonly DeliveryState[]
  /** What must hold beside it. */
  filter?: DeliveryFilter | undefined
  /** Ends a search that nobody waits for any more; it then rejects with the signal's reason. */
  signal?: AbortSignal | undefined
}

export type StateCounts = Readonly<Record<DeliveryState, number>>

export interface DeliveryStore {
  /** Every lane that has scheduled work. */
  lanes(): Promise<readonly LaneDue[]>
  claimDue(step: ClaimStep): Promise<Claim>
  /** Takes the oldest held delivery of an endpoint that its breaker paused, triggered by `probe`; null where there is none. */
  claimProbe(step: ProbeStep): Promise<ClaimedDelivery | null>
  /** Moves what is scheduled by `byMs`, as far as it was changed up to `until`: the wall clock was set, waits stay as long. */
  shiftDue(step: { byMs: number; until: number }): Promise<void>
  /** Rejects, changing nothing, where the attempt no longer holds the delivery. */
  conclude(step: Conclusion): Promise<Concluded>
  /** Gives a claim back untouched: scheduled and due at `now` (`held` or `canceled` as above), its attempt's number not used. */
  release(step: { deliveryId: DeliveryId; now: number }): Promise<void>
  /**
   * Ends what runs other than `owner` left in flight: each gets an `interrupted` attempt, uses up no try, and is
   * `scheduled` and due at once (`held` where its endpoint is paused, `canceled` where deleted).
   * Where the clock was set back meanwhile (a scheduled delivery was changed after `now`), what it still had to wait counts
   * from `now`. Answers what was left in flight.
   */
  recover(step: { owner: string; now: number }): Promise<readonly Delivery[]>
  get(deliveryId: DeliveryId): Promise<Delivery | null>
  list(query: DeliveryQuery): Promise<Page<Delivery>>
  /** Oldest first. */
  attempts(deliveryId: DeliveryId): Promise<readonly Attempt[]>
  /** The bytes that an attempt sent; null where they were never built. */
  requestBody(attemptId: AttemptId): Promise<Uint8Array | null>
  /**
   * Makes it due at once (`held` where its endpoint is paused). Resolves to null, changing nothing, unless its state
   * is one of `from` and its endpoint is there.
   */
  bringForward(step: {
    deliveryId: DeliveryId
    from: readonly DeliveryState[]
    trigger: Trigger
    now: number
  }): Promise<Delivery | null>
  /** `scheduled` or `held` becomes `canceled`; otherwise null and nothing changes. */
  cancel(step: { deliveryId: DeliveryId; now: number }): Promise<Delivery | null>
  /** How many deliveries of an endpoint are scheduled, held or under way. */
  countWaiting(endpointId: EndpointId): Promise<number>
  countByState(projectId: ProjectId): Promise<StateCounts>
}

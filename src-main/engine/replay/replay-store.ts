import type { Counts } from '#shared/model/counts.ts'
import type { Delivery, DeliveryPurpose } from '#shared/model/delivery.ts'
import type { EventRecord } from '#shared/model/event.ts'
import type { EndpointId, ProjectId, ReplayId } from '#shared/model/ids.ts'
import type {
  LeftOut,
  Replay,
  ReplayProgress,
  ReplaySelection,
  ReplayState,
  ReplayTarget,
} from '#shared/model/replay.ts'
import type { AppendEvent } from '../ports/event-store.ts'
import type { Page, PageRequest } from '../ports/store.ts'
import type { EventPlace } from '../retention/retention-store.ts'

export interface ReplayWithProgress {
  replay: Replay
  progress: ReplayProgress
}

/** An event that a replay may be about, and where it stands in the replay's order. */
export interface ReplayCandidate {
  event: Pick<EventRecord, 'id' | 'projectId' | 'sourceId' | 'type' | 'capture' | 'origin' | 'receivedAt'>
  place: EventPlace
  /** Of an outage: its deliveries to the endpoint, oldest first. */
  deliveries: readonly { id: Delivery['id']; state: Delivery['state']; purpose: DeliveryPurpose }[]
}

export interface CandidateQuery {
  projectId: ProjectId
  selection: Exclude<ReplaySelection, { filter: string }> | CollectedEvents
  /** Goes on behind this one; null begins with the first. */
  after: EventPlace | null
  /** What came later is not meant, unless it is named by its id. */
  until: number
  limit: number
}

/** What a replay’s filter found, as it was kept step by step. */
export interface CollectedEvents {
  collectedBy: ReplayId
}

/** How far a replay is: in the order of its events, or in the search of its filter. */
export type ReplayPlace = EventPlace | { cursor: string }

export interface Candidates {
  /** Those named by id that are not there any more are left out. */
  items: readonly ReplayCandidate[]
  /** Where to go on; null where there is no more. */
  next: EventPlace | null
}

/** A delivery to be made, and the held one to the same endpoint that is canceled for it. */
export interface ReplayedDelivery {
  delivery: Delivery
  insteadOf: Delivery['id'] | null
}

/** A running replay's next step: all of it lasts, or none. */
export interface ReplayStep {
  replayId: ReplayId
  /** How far it is by then; of the counting first, then of the sending. */
  place: ReplayPlace | null
  /** What its filter found, newest first, behind what it found before. */
  collected: readonly EventRecord['id'][]
  /** Found by counting, beside what was found before. */
  counted: number
  /** Whether the counting ends with this step, so that the sending begins with the first event. */
  isCounted: boolean
  deliveries: readonly ReplayedDelivery[]
  leftOut: Counts<LeftOut>
  now: number
}

export interface Advanced {
  replay: Replay
  deliveries: readonly Delivery[]
  /** Held deliveries that were canceled. */
  canceled: readonly Delivery[]
}

/** Where a lane of a replay is full: to an endpoint, or null for its bare URL. */
export interface CrowdQuery {
  replayId: ReplayId
  lanes: readonly (EndpointId | null)[]
  most: number
}

/** An event that an endpoint did not get: when it came, in unix ms, and how its delivery stands. */
export interface Trouble {
  at: number
  state: 'failed' | 'held'
}

export interface ReplayStore {
  /** Where a replay sends; null where there is none. */
  target(replayId: ReplayId): Promise<ReplayTarget | null>
  /**
   * Keeps the replay with what it sends at once, as `EventStore.append` does with deliveries of a paused or deleted endpoint,
   * and before them the event that holds what was edited.
   */
  create(replay: Replay, first: readonly Delivery[], edited: AppendEvent | null): Promise<readonly Delivery[]>
  /** In the order in which they came; those named by id in the order in which they were named. */
  candidates(query: CandidateQuery): Promise<Candidates>
  /** The latest of each state, up to `limit`, but for those that arrived by another delivery; tests and replays aside. */
  troubles(query: { endpointId: EndpointId; limit: number }): Promise<readonly Trouble[]>
  /** How far a replay is; null at its beginning. */
  placeOf(replayId: ReplayId): Promise<ReplayPlace | null>
  /** Resolves to null, changing nothing, unless it runs. */
  advance(step: ReplayStep): Promise<Advanced | null>
  /** Whether at least `most` deliveries of it wait in each of these lanes for their first attempt. */
  isCrowded(query: CrowdQuery): Promise<boolean>
  /** Resolves to null, changing nothing, unless its state is one of `from`. `finished` sets its total to what was made. */
  move(step: {
    replayId: ReplayId
    from: readonly ReplayState[]
    to: ReplayState
    now: number
  }): Promise<ReplayWithProgress | null>
  /** Forgets up to `limit` of what its filter found; resolves to how many. */
  forgetCollected(step: { replayId: ReplayId; limit: number }): Promise<number>
  /** Up to `limit` `scheduled` or `held` deliveries of it become `canceled`; resolves to how many. */
  cancelWaiting(step: { replayId: ReplayId; now: number; limit: number }): Promise<number>
  get(replayId: ReplayId): Promise<ReplayWithProgress | null>
  list(query: PageRequest & { projectId: ProjectId }): Promise<Page<ReplayWithProgress>>
  /** Every one that runs, of any project. */
  running(): Promise<readonly Replay[]>
}

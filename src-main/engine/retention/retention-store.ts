import type { EventId, ProjectId } from '#shared/model/ids.ts'
import type { SweepCounts } from '#shared/model/retention.ts'

/** Where an event stands among those of its project, by its arrival. */
export interface EventPlace {
  receivedAt: number
  /** Tells apart what came in the same ms, in order. */
  key: number
}

export interface WeighedEvent {
  place: EventPlace
  /** What its body, its headers and the answers to its deliveries take. */
  bytes: number
}

export interface SweepStep {
  projectId: ProjectId
  /** Goes on behind this one; null begins with the oldest. */
  after: EventPlace | null
  /** Looks only at those that came before this one. */
  before: EventPlace
  /** Looks at so many, and at fewer once what it deleted takes `maxBytes`. */
  limit: number
  maxBytes: number
  undelivered: 'keep' | 'expire'
  /** An event stays while a delivery of it was canceled as expired later than this. */
  seenUntil: number
  now: number
  /** Counts, and changes nothing. */
  dryRun: boolean
}

export interface Swept {
  counts: SweepCounts
  /** Where to go on; null where there is no more. */
  next: EventPlace | null
}

export interface RetentionStore {
  /** Newest first, those that came before `from`; null begins with the newest. */
  weigh(query: { projectId: ProjectId; from: EventPlace | null; limit: number }): Promise<readonly WeighedEvent[]>
  /**
   * Deletes events with all that hangs on them. One with a delivery under way always stays; one with a delivery that is
   * scheduled or held stays with `keep`, while `expire` cancels that delivery with the failure `expired`.
   */
  sweep(step: SweepStep): Promise<Swept>
  /**
   * Forgets at most `limit` of what only tells of the past: runs of workflows, bulk retries and resolved alerts of a project
   * that ended before `endedBefore`, the oldest of each first; resolves to how many.
   */
  forgetHistory(step: { projectId: ProjectId; endedBefore: number; limit: number }): Promise<number>
  /** Deletes one event as above, whatever waits; answers null where there is none, or one is under way. */
  deleteEvent(eventId: EventId): Promise<SweepCounts | null>
  /** Cancels all that waits in a project, and deletes its sources, endpoints, workflows and secrets; its events stay to be swept. */
  abandon(step: { projectId: ProjectId; now: number }): Promise<void>
  /** Deletes a project with all that is still there of it. To be called once its events are swept. */
  deleteProject(projectId: ProjectId): Promise<void>
  /** Gives up to `pages` free pages back to the disk; answers how many are left. */
  giveBack(pages: number): Promise<number>
  /** Moves the write-ahead log into the database and empties it, so that nothing deleted is left in it. */
  emptyLog(): Promise<void>
}

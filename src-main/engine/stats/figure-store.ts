import type { AnswerTimes } from '#shared/model/answer-times.ts'
import type { EndpointId, ProjectId } from '#shared/model/ids.ts'

/** How attempts of a while ended. Tests and interrupted ones are none. */
export interface OutcomeFigures {
  succeeded: number
  /** No further attempt comes. */
  failed: number
  /** Failed, and made again later. */
  retried: number
  simulated: number
}

/** How many deliveries were scheduled or under way, and how many held. */
export interface Backlog {
  waiting: number
  held: number
}

/** One row: a minute or an hour. */
export interface FigureRow extends OutcomeFigures {
  /** Its beginning, unix ms. */
  at: number
  /** Of the attempts that were answered. */
  answerTimes: AnswerTimes
  /** The most that were seen in it, and what was seen last; null where nothing was looked at, since nothing changed. */
  backlog: { most: Backlog; last: Backlog } | null
}

export interface EndpointFigures {
  /** Null for those without an endpoint. */
  endpointId: EndpointId | null
  succeeded: number
  failed: number
}

export interface FigureWindow {
  projectId: ProjectId
  /** Which of the two rows that each attempt is counted in: minutes are kept for a shorter time. */
  span: 'minute' | 'hour'
  /** Inclusive. */
  since: number
  /** Exclusive. */
  until: number
}

/** Counts that are added up as attempts end, so that a look back of weeks reads hundreds of rows and not millions. */
export interface FigureStore {
  /**
   * Counts up to `limit` attempts that were not counted yet, each exactly once, the oldest first; resolves to how many.
   * What ended before `minutesSince` is counted by the hour only.
   */
  count(step: { limit: number; minutesSince: number }): Promise<number>
  /** Notes how many deliveries of these projects wait now. */
  sample(step: { projectIds: readonly ProjectId[]; now: number }): Promise<void>
  forget(step: { minutesBefore: number; hoursBefore: number }): Promise<void>
  /** The oldest first; one without anything is left out. `before` is what was seen last before the window. */
  rows(window: FigureWindow): Promise<{ rows: readonly FigureRow[]; before: Backlog | null }>
  /** In no particular order. */
  endpoints(window: FigureWindow): Promise<readonly EndpointFigures[]>
}

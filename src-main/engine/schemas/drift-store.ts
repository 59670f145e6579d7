import type { EventRecord } from '#shared/model/event.ts'
import type { EventId, ProjectId } from '#shared/model/ids.ts'

/** What is needed of an event to judge it. */
export type JudgedEvent = Pick<
  EventRecord,
  'id' | 'projectId' | 'type' | 'provider' | 'contentType' | 'capture' | 'bodySizeBytes'
>

/** How many places of an event’s body do not fit its type’s schema; 0 takes a mark away. */
export interface Judgement {
  eventId: EventId
  breaks: number
}

/** Which events no longer fit the schema of their type, kept beside them. */
export interface DriftStore {
  /** Events in the order in which they were stored, those behind `after`; with null it begins with what comes from now on. */
  next(query: { after: string | null; limit: number }): Promise<{ events: readonly JudgedEvent[]; position: string }>
  /** Where an earlier run was; null where none was. */
  position(): Promise<string | null>
  /** Keeps judgements, and how far they go; null leaves that as it is. */
  keep(step: { judgements: readonly Judgement[]; position: string | null }): Promise<void>
  /** Those of these events that are marked. */
  marksOf(eventIds: readonly EventId[]): Promise<ReadonlyMap<EventId, number>>
  /** The newest events of a type that are marked, and the newest of all of them, to be judged again. */
  ofType(query: { projectId: ProjectId; type: string; limit: number }): Promise<readonly JudgedEvent[]>
}

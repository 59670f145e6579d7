import type { EventId, ProjectId } from '#shared/model/ids.ts'

/** What was read of the events of a project: by whoever looks after it, not by each one apart. */
export interface ReadMarkStore {
  /** Marks events of the project; resolves to those that were marked otherwise before. */
  mark(step: { projectId: ProjectId; eventIds: readonly EventId[]; isRead: boolean }): Promise<readonly EventId[]>
  /** Marks all that is there as read. */
  markAll(projectId: ProjectId): Promise<void>
  /** How many of the latest events are unread: of `among`, and no more than `most` are counted. */
  countUnread(query: { projectId: ProjectId; among: number; most: number }): Promise<number>
}

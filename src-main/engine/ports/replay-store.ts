import type { Delivery } from '#shared/model/delivery.ts'
import type { ProjectId, ReplayId } from '#shared/model/ids.ts'
import type { Replay, ReplayProgress } from '#shared/model/replay.ts'
import type { Page, PageRequest } from './store.ts'

export interface ReplayWithProgress {
  replay: Replay
  progress: ReplayProgress
}

export interface ReplayStore {
  /** Keeps the replay and its deliveries, as `EventStore.append` does with those of a paused or deleted endpoint. */
  create(replay: Replay, deliveries: readonly Delivery[]): Promise<readonly Delivery[]>
  /** Every `scheduled` or `held` delivery of it becomes `canceled`; resolves to how many. */
  cancel(step: { replayId: ReplayId; now: number }): Promise<number>
  get(replayId: ReplayId): Promise<ReplayWithProgress | null>
  list(query: PageRequest & { projectId: ProjectId }): Promise<Page<ReplayWithProgress>>
}

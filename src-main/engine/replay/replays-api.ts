import type { Counts } from '#shared/model/counts.ts'
import type { EndpointId, ProjectId } from '#shared/model/ids.ts'
import type { FoundOutage, LeftOut, OutageReason } from '#shared/model/replay.ts'
import type { Page, PageRequest } from '../ports/store.ts'
import type { Edit } from './edit/edited-event.ts'
import type { ReplayWithProgress } from './replay-store.ts'

/** Which events: named ones, those that fit a filter, or those that an endpoint did not get. Unix ms; an outage’s null is now. */
export type WantedSelection =
  | { eventIds: readonly string[] }
  | { filter: string }
  | { outage: { endpointId: string; since: number; until: number | null; reasons: readonly OutageReason[] } }

export interface WantedReplay {
  selection: WantedSelection
  /** Without both: every endpoint that takes an event, or the endpoint of the outage. */
  endpointIds?: readonly string[] | undefined
  url?: string | undefined
  resign: boolean
  /** Who signs what goes to `url`; where it is left out, the sender that each event’s source names. */
  signAs?: 'source' | 'nobody' | { endpointId: string } | undefined
  ratePerSecond: number | null
  /** What is sent in place of the one event that is named. */
  edit?: Edit | undefined
}

/** What a replay would do, counted; nothing is sent and nothing kept. */
export interface DryRun {
  /** What the selection finds. */
  events: number
  deliveries: number
  /** The most first. */
  byType: readonly { type: string; events: number; deliveries: number }[]
  /** Where they would go; null for the URL. */
  byTarget: readonly { endpointId: EndpointId | null; deliveries: number }[]
  /** Of an outage: how the events stand at its endpoint, those of reasons that were not asked for among them. */
  byReason: Counts<OutageReason>
  leftOut: Counts<LeftOut>
  /** Of `deliveries`: those to a URL that nobody signs anew, though that was not asked for. */
  unsigned: number
  /** When the first and the last event came; null where there is none. */
  firstAt: number | null
  lastAt: number | null
}

export interface ReplaysApi {
  list(query: PageRequest & { projectId: ProjectId }): Promise<Page<ReplayWithProgress>>
  /** Throws `AppError` `not_found`. */
  get(projectId: ProjectId, id: string): Promise<ReplayWithProgress>
  /** When an endpoint did not get what was meant for it, the latest first. Throws `AppError` `not_found`. */
  outages(projectId: ProjectId, endpointId: string): Promise<readonly FoundOutage[]>
  /** Throws `AppError` that names the field at fault. Ends early, with its reason, where `signal` is aborted. */
  dryRun(projectId: ProjectId, wanted: WantedReplay, signal?: AbortSignal): Promise<DryRun>
  /** A few events are sent at once; many in the background, in the order in which they came. Throws as `dryRun` does. */
  create(projectId: ProjectId, wanted: WantedReplay, actor: { name: string }): Promise<ReplayWithProgress>
  /** Hands on nothing more; what is handed on goes on. Throws `AppError` `replay_over`. */
  pause(projectId: ProjectId, id: string): Promise<ReplayWithProgress>
  resume(projectId: ProjectId, id: string): Promise<ReplayWithProgress>
  /** Ends it and cancels what is scheduled or held of it; resolves to how many, and how it stands then. */
  cancel(projectId: ProjectId, id: string): Promise<ReplayWithProgress & { canceled: number }>
}

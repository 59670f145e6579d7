import type { Attempt } from '#shared/model/attempt.ts'
import type { EndpointId, EndpointVersionId, ProjectId } from '#shared/model/ids.ts'

/** What was done about one version of an endpoint. */
export interface VersionMark {
  versionId: EndpointVersionId
  test: { at: number; passed: boolean; actor: string } | null
  review: { at: number; actor: string } | null
}

/** One attempt as a line of a log: without bodies. */
export interface LogEntry extends Omit<Attempt, 'response'> {
  eventType: string
  status: number | null
  /** It fell into the watch period of its version, which nobody has reviewed. */
  flagged: boolean
}

export interface LogPage {
  items: readonly LogEntry[]
  /** All that there are. */
  total: number
}

/** How the latest events of a project fared at one endpoint's filter. */
export interface Suppression {
  /** Events that were looked at. */
  seen: number
  /** Those of them that it did not take, by type, the commonest first. */
  suppressed: readonly { type: string; count: number }[]
}

/** What operating an endpoint asks of the storage beside its versions. */
export interface OperationsStore {
  /** Of the versions of an endpoint that were tested or reviewed. */
  marks(endpointId: EndpointId): Promise<readonly VersionMark[]>
  noteTest(step: { versionId: EndpointVersionId; at: number; passed: boolean; actor: string }): Promise<void>
  /** Marks every version of an endpoint that nobody has reviewed; resolves to how many. */
  noteReview(step: { endpointId: EndpointId; at: number; actor: string }): Promise<number>
  /** Attempts of an endpoint, those that ended last first. */
  log(query: { endpointId: EndpointId; limit: number; offset: number }): Promise<LogPage>
  /** How many attempts are flagged for review. */
  countFlagged(endpointId: EndpointId): Promise<number>
  /** The latest attempt that was really sent; null where there is none. */
  lastSent(endpointId: EndpointId): Promise<LogEntry | null>
  /**
   * Of the latest events of a project since `since`, at most `most`: those that are not for one target from the start
   * (triggered, or of a type in `without`) and whole.
   */
  suppression(query: {
    projectId: ProjectId
    endpointId: EndpointId
    since: number
    most: number
    without: readonly string[]
  }): Promise<Suppression>
}

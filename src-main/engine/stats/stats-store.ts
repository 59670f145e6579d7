import type { EndpointId } from '#shared/model/ids.ts'

/** Deliveries that ended after an instant, by how they stand now. Simulated and canceled ones are neither, nor are tests. */
export interface EndedDeliveries {
  succeeded: number
  failed: number
}

/** Attempts that ended after an instant; simulated and interrupted ones are none, nor are those of tests. */
export interface AttemptCounts {
  attempts: number
  /** Automatic ones that were not the first of their delivery. */
  retries: number
  timeouts: number
}

export interface EndpointCounts extends EndedDeliveries, AttemptCounts {
  endpointId: EndpointId
  /** Deliveries that are scheduled, held or under way now. */
  waiting: number
}

export interface StatsStore {
  ended(query: { endpointId: EndpointId; since: number }): Promise<EndedDeliveries>
  attempts(query: { endpointId: EndpointId; since: number }): Promise<AttemptCounts>
  /** How long the newest answered attempts took, in ms, at most `limit` of them. */
  answerTimes(query: { endpointId: EndpointId; since: number; limit: number }): Promise<readonly number[]>
  /** All of it for each endpoint, without what tells of alerts: none tells of itself. */
  counts(query: { endpointIds: readonly EndpointId[]; since: number }): Promise<readonly EndpointCounts[]>
}

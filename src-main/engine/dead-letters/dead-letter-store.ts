import type { BulkRetry, BulkRetryState, DeadLetterFilter } from '#shared/model/bulk-retry.ts'
import type { Delivery } from '#shared/model/delivery.ts'
import type { FailureCode } from '#shared/model/failure.ts'
import type { BulkRetryId, DeliveryId, EndpointId, ProjectId } from '#shared/model/ids.ts'
import type { Page, PageRequest } from '../ports/store.ts'

/** Dead letters of one endpoint that failed for one reason. */
export interface DeadLetterGroup {
  /** Null for those that go to a bare URL. */
  endpointId: EndpointId | null
  failure: FailureCode | null
  count: number
  /** When the first and the last of them failed. */
  firstAt: number
  lastAt: number
}

/** What a retry deals with next, and how far it then is. */
export interface RetryBatch {
  /** Each with when its event came; empty where all was dealt with. */
  items: readonly { delivery: Delivery; eventAt: number }[]
  cursor: number
}

export interface DeadLetterStore {
  /** The largest first. */
  groups(query: DeadLetterFilter & { projectId: ProjectId }): Promise<readonly DeadLetterGroup[]>
  /** Newest delivery first. */
  list(query: DeadLetterFilter & PageRequest & { projectId: ProjectId }): Promise<Page<Delivery>>
  /** Keeps it with its total, which is counted in the same step. */
  createRetry(retry: BulkRetry): Promise<BulkRetry>
  nextOfRetry(step: { retryId: BulkRetryId; limit: number }): Promise<RetryBatch>
  /**
   * Schedules deliveries that are still `failed`, due at once by hand (`held` where their endpoint is paused), and keeps how
   * far the retry is. Those that are not are counted as refused. Resolves to null, changing nothing, unless it runs.
   */
  advanceRetry(step: {
    retryId: BulkRetryId
    deliveryIds: readonly DeliveryId[]
    refused: BulkRetry['refused']
    cursor: number
    now: number
  }): Promise<{ retry: BulkRetry; deliveries: readonly Delivery[] } | null>
  /** Resolves to null, changing nothing, unless its state is one of `from`. `finished` counts what is left as refused. */
  moveRetry(step: {
    retryId: BulkRetryId
    from: readonly BulkRetryState[]
    to: BulkRetryState
    now: number
  }): Promise<BulkRetry | null>
  getRetry(retryId: BulkRetryId): Promise<BulkRetry | null>
  listRetries(query: PageRequest & { projectId: ProjectId }): Promise<Page<BulkRetry>>
  /** Every one that runs, of any project. */
  runningRetries(): Promise<readonly BulkRetry[]>
}

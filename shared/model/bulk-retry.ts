import { z } from 'zod'
import { totalOf } from './counts.ts'
import { FailureCode } from './failure.ts'
import { BulkRetryId, DeliveryId, EndpointId, ProjectId } from './ids.ts'

/** Which dead letters are meant; null for any. */
export const DeadLetterFilter = z.object({
  /** `none` for those that go to a bare URL. */
  endpointId: z.union([EndpointId, z.literal('none')]).nullable(),
  /** `none` for those that failed of nothing that is known. */
  failure: z.union([FailureCode, z.literal('none')]).nullable(),
  /** When they failed: since inclusive, until exclusive. */
  failedSince: z.number().nullable(),
  failedUntil: z.number().nullable(),
})
export type DeadLetterFilter = z.infer<typeof DeadLetterFilter>

export const RetrySelection = z.union([
  z.object({ deliveryIds: z.array(DeliveryId).readonly() }),
  z.object({ filter: DeadLetterFilter }),
])
export type RetrySelection = z.infer<typeof RetrySelection>

/** Why a dead letter was left as it is. */
export const RetryRefusal = z.enum(['retry_window_over', 'endpoint_paused', 'delivery_not_retryable'])
export type RetryRefusal = z.infer<typeof RetryRefusal>

export const BulkRetryState = z.enum(['running', 'paused', 'canceled', 'finished'])
export type BulkRetryState = z.infer<typeof BulkRetryState>

/** Many dead letters tried once more, oldest first. Each keeps its delivery. */
export const BulkRetry = z.object({
  id: BulkRetryId,
  projectId: ProjectId,
  actor: z.string(),
  selection: RetrySelection,
  ratePerSecond: z.number().nullable(),
  state: BulkRetryState,
  /** How many it is about; those retried and those refused add up to it in the end. */
  total: z.number().int(),
  retried: z.number().int(),
  refused: z.partialRecord(RetryRefusal, z.number()),
  createdAt: z.number(),
  finishedAt: z.number().nullable(),
})
export type BulkRetry = z.infer<typeof BulkRetry>

/** How many of a retry were dealt with. */
export function doneOf({ retried, refused }: Pick<BulkRetry, 'retried' | 'refused'>): number {
  return retried + totalOf(refused)
}

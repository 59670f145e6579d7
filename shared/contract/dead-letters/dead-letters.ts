import { z } from 'zod'
import { BulkRetry, RetryRefusal } from '../../model/bulk-retry.ts'
import { FailureCode } from '../../model/failure.ts'
import { ById, changes, InProject, Instant, PageInput, pageOf, reads } from '../base.ts'
import { DeliveryView } from '../deliveries.ts'

const filterFields = {
  endpointId: z.string().optional().describe('An endpoint, or `none` for those that went to a bare URL.'),
  reason: z
    .union([FailureCode, z.literal('none')])
    .optional()
    .describe('What they failed of last, or `none` where that is not known.'),
  failedSince: Instant.optional(),
  failedUntil: Instant.optional(),
}

export const DeadLetterGroupView = z.object({
  endpointId: z.string().nullable(),
  endpointName: z.string().nullable().describe('Null where it goes to a bare URL, or its endpoint is gone.'),
  reason: FailureCode.nullable(),
  count: z.number(),
  firstAt: Instant,
  lastAt: Instant,
})
export type DeadLetterGroupView = z.infer<typeof DeadLetterGroupView>

export const BulkRetryView = z.object({
  ...BulkRetry.omit({ selection: true }).shape,
  done: z.number().describe('Those retried and those refused.'),
  refused: z.partialRecord(RetryRefusal, z.number()).describe('How many were left as they are, by reason.'),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
})
export type BulkRetryView = z.infer<typeof BulkRetryView>

const tags = ['Dead letters']
const id = z.object({ ...ById.shape, ...InProject.shape })

export const deadLetters = {
  list: reads('deliveries:read')
    .route({ method: 'GET', path: '/dead-letters', summary: 'List deliveries that failed for good', tags })
    .input(z.object({ ...InProject.shape, ...PageInput.shape, ...filterFields }))
    .output(pageOf(DeliveryView)),
  groups: reads('deliveries:read')
    .route({
      method: 'GET',
      path: '/dead-letters/groups',
      summary: 'Count dead letters by endpoint and reason, the most first',
      tags,
    })
    .input(z.object({ ...InProject.shape, ...filterFields }))
    .output(z.object({ items: z.array(DeadLetterGroupView), total: z.number() })),
  retry: changes('deliveries:write', 'delivery.retry_many')
    .route({
      method: 'POST',
      path: '/deliveries/retry',
      summary: 'Retry many dead letters',
      description:
        'Tries each once more by hand, oldest first, in the background; each keeps its delivery. What may not be retried is counted with its reason.',
      tags,
      successStatus: 202,
    })
    .input(
      z
        .strictObject({
          ...InProject.shape,
          ids: z.array(z.string()).min(1).max(1_000).optional(),
          filter: z.strictObject(filterFields).optional().describe('`{}` for every dead letter of the project.'),
          ratePerSecond: z.number().min(0.01).max(1_000).nullable().default(null).describe('Null for no limit.'),
        })
        .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), {
          path: ['filter'],
          message: 'give either ids or a filter',
        }),
    )
    .output(BulkRetryView),
  retries: reads('deliveries:read')
    .route({ method: 'GET', path: '/retries', summary: 'List retries of many dead letters', tags })
    .input(z.object({ ...InProject.shape, ...PageInput.shape }))
    .output(pageOf(BulkRetryView)),
  getRetry: reads('deliveries:read')
    .route({ method: 'GET', path: '/retries/{id}', summary: 'Show how far a retry is', tags })
    .input(id)
    .output(BulkRetryView),
  pauseRetry: changes('deliveries:write', 'retry.pause', ['retry_ended'])
    .route({ method: 'POST', path: '/retries/{id}/pause', summary: 'Pause a retry', tags })
    .input(id)
    .output(BulkRetryView),
  resumeRetry: changes('deliveries:write', 'retry.resume', ['retry_ended'])
    .route({ method: 'POST', path: '/retries/{id}/resume', summary: 'Go on with a paused retry', tags })
    .input(id)
    .output(BulkRetryView),
  cancelRetry: changes('deliveries:write', 'retry.cancel', ['retry_ended'])
    .route({
      method: 'POST',
      path: '/retries/{id}/cancel',
      summary: 'Cancel a retry',
      description: 'What it has not come to yet stays a dead letter.',
      tags,
    })
    .input(id)
    .output(BulkRetryView),
}

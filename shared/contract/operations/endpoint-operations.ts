import { z } from 'zod'
import { Attempt } from '../../model/attempt.ts'
import { HeaderList } from '../../model/header.ts'
import { Rate } from '../../model/rate.ts'
import { ById, changes, InProject, Instant, reads } from '../base.ts'
import { FailureView } from '../deliveries.ts'
import { EndpointView } from '../endpoints.ts'
import { snapshots } from './snapshots.ts'

const attempt = Attempt.shape

/** One attempt as a line of a log. */
export const LogEntryView = z.object({
  id: attempt.id,
  deliveryId: attempt.deliveryId,
  eventId: attempt.eventId,
  eventType: z.string(),
  endpointId: attempt.endpointId,
  endpointVersionId: attempt.endpointVersionId,
  number: attempt.number,
  trigger: attempt.trigger,
  outcome: attempt.outcome,
  status: z.number().nullable(),
  startedAt: Instant,
  finishedAt: Instant,
  durationMs: z.number(),
  url: z.string().nullable(),
  failure: FailureView.nullable(),
  nextAttemptAt: Instant.nullable(),
  flagged: z.boolean().describe('It fell into the watch period after a change, which nobody has reviewed.'),
})
export type LogEntryView = z.infer<typeof LogEntryView>

export const LogPageInput = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
})

export const LogView = z.object({
  items: z.array(LogEntryView).readonly(),
  total: z.number(),
  limit: z.number(),
  offset: z.number(),
})

export const HealthView = z.object({
  configuration: z.object({
    state: z.enum(['complete', 'incomplete']),
    problems: z.array(z.object({ field: z.string(), message: z.string() })).readonly(),
  }),
  connectivity: z.object({
    state: z.enum(['reached', 'unreached', 'unknown']).describe('Any answer counts as reached.'),
    last: LogEntryView.nullable(),
  }),
  filterSuppression: z.object({
    state: z.enum(['none', 'some', 'all', 'insufficient_data']),
    seen: z.number().describe('Events that came to the project, at most the latest 10,000.'),
    suppressed: z.number().describe('Those of them that the filter kept back.'),
    types: z.array(z.object({ type: z.string(), count: z.number() })).readonly(),
    since: Instant,
  }),
  successRate: Rate.describe('Succeeded of the deliveries that ended in the last 24 hours.'),
  flagged: z.number().describe('Attempts that wait for review.'),
})
export type HealthView = z.infer<typeof HealthView>

export const TestReportView = z.object({
  passed: z.boolean(),
  target: z.enum(['endpoint', 'sink', 'none']),
  steps: z
    .array(
      z.object({
        name: z.enum(['configuration', 'mapping', 'request', 'send']),
        state: z.enum(['passed', 'failed', 'skipped']),
        message: z.string(),
        hint: z.string().nullable(),
      }),
    )
    .readonly(),
  eventType: z.string(),
  request: z
    .object({ method: z.string(), url: z.string(), headers: HeaderList, body: z.string() })
    .nullable()
    .describe('As it was built, with secrets masked; null where it could not be.'),
  status: z.number().nullable(),
  deliveryId: z.string().nullable(),
  attemptId: z.string().nullable(),
})
export type TestReportView = z.infer<typeof TestReportView>

/** What a test sends; where it is left out, a sample that suits the endpoint. */
export const TestInput = z.object({
  type: z.string().trim().min(1).max(200).optional(),
  data: z.unknown().optional(),
})

const id = z.object({ ...ById.shape, ...InProject.shape })

export const operations = {
  snapshots,
  test: changes('endpoints:write', 'endpoint.test')
    .route({
      method: 'POST',
      path: '/endpoints/{id}/test',
      summary: 'Send one event through an endpoint and tell each step',
      description:
        'In test mode it goes to the sink. It is tried once, and neither the breaker nor the retries count it.',
      tags: ['Operations'],
    })
    .input(z.strictObject({ ...id.shape, ...TestInput.shape }))
    .output(TestReportView),
  health: reads('endpoints:read')
    .route({
      method: 'GET',
      path: '/endpoints/{id}/health',
      summary: 'Show how an endpoint does',
      tags: ['Operations'],
    })
    .input(id)
    .output(HealthView),
  review: changes('endpoints:write', 'endpoint.review')
    .route({
      method: 'POST',
      path: '/endpoints/{id}/review',
      summary: 'Say that what followed its changes was looked at',
      tags: ['Operations'],
    })
    .input(z.strictObject(id.shape))
    .output(z.object({ reviewed: z.number(), endpoint: EndpointView })),
}

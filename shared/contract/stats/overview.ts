import { z } from 'zod'
import { OverviewRange } from '../../model/overview.ts'
import { Rate } from '../../model/rate.ts'
import { InProject, Instant, reads } from '../base.ts'

const outcomes = {
  succeeded: z.number().describe('Deliveries that were delivered.'),
  failed: z.number().describe('Deliveries that failed for good.'),
  retried: z.number().describe('Attempts that failed and are made again.'),
  simulated: z.number().describe('Attempts in test mode.'),
}

const AnswerTimeView = z
  .object({
    p50Ms: z.number().nullable(),
    p95Ms: z.number().nullable(),
    p99Ms: z.number().nullable(),
    sampleSize: z.number(),
  })
  .describe('How long attempts took that were answered, to within a tenth.')

export const OverviewPointView = z.object({
  at: Instant.describe('The beginning of the step.'),
  ...outcomes,
  answerTime: AnswerTimeView,
  backlog: z
    .object({ waiting: z.number(), held: z.number() })
    .nullable()
    .describe('The most that waited, or were held, at a time; null from before it was looked at.'),
})
export type OverviewPointView = z.infer<typeof OverviewPointView>

export const OverviewView = z.object({
  range: OverviewRange,
  since: Instant,
  until: Instant,
  stepMs: z.number().describe('How long each point is.'),
  points: z.array(OverviewPointView).describe('One for each step, the oldest first.'),
  totals: z.object({ ...outcomes, successRate: Rate, answerTime: AnswerTimeView }),
  endpoints: z
    .array(
      z.object({
        endpointId: z.string().nullable().describe('Null for what went to bare addresses.'),
        endpointName: z.string().nullable().describe('Null where it has none, or is gone.'),
        succeeded: z.number(),
        failed: z.number(),
        successRate: Rate,
      }),
    )
    .describe('Each with the deliveries that ended, the busiest first.'),
})
export type OverviewView = z.infer<typeof OverviewView>

export const overview = reads('deliveries:read')
  .route({
    method: 'GET',
    path: '/overview',
    summary: 'Show how deliveries went over time',
    description: 'Of counts that are kept as attempts end, a few seconds later. Tests count for nothing.',
    tags: ['Deliveries'],
  })
  .input(z.object({ ...InProject.shape, range: OverviewRange.default('24h') }))
  .output(OverviewView)

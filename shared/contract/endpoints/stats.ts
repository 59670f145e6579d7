import { z } from 'zod'
import { Rate } from '../../model/rate.ts'
import { ById, InProject, Instant, reads } from '../base.ts'

export const EndpointStatsView = z.object({
  since: Instant.describe('Everything here is of the 24 hours since then.'),
  successRate: Rate.describe('Succeeded of the deliveries that ended.'),
  succeeded: z.number(),
  failed: z.number(),
  attempts: z.number(),
  retries: z.number(),
  timeouts: z.number(),
  waiting: z.number().describe('Deliveries that are scheduled, held or under way now.'),
  answerTime: z
    .object({ p50Ms: z.number().nullable(), p95Ms: z.number().nullable(), sampleSize: z.number() })
    .describe('How long attempts took that were answered.'),
})
export type EndpointStatsView = z.infer<typeof EndpointStatsView>

export const stats = reads('endpoints:read')
  .route({
    method: 'GET',
    path: '/endpoints/{id}/stats',
    summary: 'Show how an endpoint did in the last 24 hours',
    tags: ['Endpoints'],
  })
  .input(z.object({ ...ById.shape, ...InProject.shape }))
  .output(EndpointStatsView)

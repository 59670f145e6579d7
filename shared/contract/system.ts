import { z } from 'zod'
import { DeliveryState } from '../model/delivery.ts'
import { Forecast, Scenario } from '../model/forecast.ts'
import { Policy } from '../model/policy.ts'
import { InProject, reads } from './base.ts'
import { RestoredView } from './storage/storage.ts'
import { PolicyInput } from '../model/configuration/endpoint-fields.ts'

export const StatusView = z.object({
  version: z.string(),
  mode: z.enum(['local', 'team']),
  captureUrl: z.string().describe('The capture base; a source’s address is this, a slash and its slug.'),
  timeScale: z.number(),
  droppedConnections: z
    .object({ slow: z.number(), displaced: z.number(), turnedAway: z.number() })
    .describe('Connections of the capture port that were not kept, since the start.'),
  events: z.number(),
  unread: z.number().describe('Events that nobody opened, of the latest 5,000; 1,000 for any more.'),
  deliveries: z.record(DeliveryState, z.number()),
  endpoints: z.number(),
  restored: RestoredView.nullable().describe(
    'Set after a restore, until someone decides what becomes of what it held.',
  ),
  pausedEndpoints: z.array(z.object({ id: z.string(), name: z.string(), reason: z.string() })),
})
export type StatusView = z.infer<typeof StatusView>

export const PolicyPresetView = z.object({
  id: z.string(),
  description: z.string(),
  facts: z
    .object({ source: z.string(), checkedOn: z.string(), unconfirmed: z.boolean() })
    .describe('Where its numbers come from; `unconfirmed` where a part is not from the sender’s own documents.'),
  policy: Policy,
})
export type PolicyPresetView = z.infer<typeof PolicyPresetView>

export const system = {
  status: reads('system:read')
    .route({ method: 'GET', path: '/status', summary: 'Show how things stand', tags: ['System'] })
    .input(InProject)
    .output(StatusView),
  policies: reads('catalog:read')
    .route({ method: 'GET', path: '/policies', summary: 'List the policy presets', tags: ['System'] })
    .output(z.object({ items: z.array(PolicyPresetView) })),
  forecast: reads('catalog:read')
    .route({
      method: 'POST',
      path: '/policies/forecast',
      summary: 'Show the whole time line of a policy for a scenario of answers',
      description: 'Nothing is sent. All times are ms after the event; jitter gives each its earliest and latest.',
      tags: ['System'],
    })
    .input(
      z.object({
        policy: PolicyInput.default('standard'),
        scenario: Scenario,
        timeScale: z.number().min(1).max(86_400).default(1).describe('How many times faster waits run.'),
      }),
    )
    .output(Forecast),
}

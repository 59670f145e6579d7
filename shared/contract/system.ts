import { z } from 'zod'
import { DeliveryState } from '../model/delivery.ts'
import { Policy } from '../model/policy.ts'
import { InProject, procedure } from './base.ts'

export const StatusView = z.object({
  version: z.string(),
  mode: z.enum(['local', 'team']),
  captureUrl: z.string().describe('The capture base; a source’s address is this, a slash and its slug.'),
  timeScale: z.number(),
  events: z.number(),
  deliveries: z.record(DeliveryState, z.number()),
  endpoints: z.number(),
  pausedEndpoints: z.array(z.object({ id: z.string(), name: z.string(), reason: z.string() })),
})
export type StatusView = z.infer<typeof StatusView>

export const ProviderView = z.object({
  id: z.string(),
  name: z.string(),
  signs: z.boolean(),
  eventTypes: z.array(z.object({ name: z.string(), description: z.string(), sample: z.json() })),
})
export type ProviderView = z.infer<typeof ProviderView>

export const system = {
  status: procedure
    .route({ method: 'GET', path: '/status', summary: 'Show how things stand', tags: ['System'] })
    .input(InProject)
    .output(StatusView),
  policies: procedure
    .route({ method: 'GET', path: '/policies', summary: 'List the policy presets', tags: ['System'] })
    .output(z.object({ items: z.array(z.object({ id: z.string(), description: z.string(), policy: Policy })) })),
  providers: procedure
    .route({ method: 'GET', path: '/providers', summary: 'List the providers', tags: ['System'] })
    .output(z.object({ items: z.array(ProviderView) })),
}

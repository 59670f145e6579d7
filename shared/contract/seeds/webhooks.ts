import { z } from 'zod'
import { EndpointState, EventTypeFilter } from '../../model/endpoint.ts'
import { ById, changes, InProject, Instant, pageOf, reads } from '../base.ts'

const tags = ['Webhooks']
/** Where these routes are served: at the root first, as other installations of this interface do. */
const servers = [{ url: '/' }, { url: '/api/v1' }]
const spec = <T extends object>(operation: T) => ({ ...operation, servers })

/** An endpoint under the policy of Crawlux, in that API's own words. */
export const WebhookView = z.object({
  id: z.string().describe('The endpoint’s id.'),
  url: z.string(),
  events: z.array(z.string()).describe('The event types that it gets.'),
  state: EndpointState,
  createdAt: Instant,
})
export type WebhookView = z.infer<typeof WebhookView>

const url = z.string().trim().min(1).max(2_048)
const events = z
  .array(EventTypeFilter)
  .min(1, 'name at least one event type')
  .max(200)
  .describe('Such as `audit.completed`, `audit.failed`, `audit.retried`; also prefixes such as `audit.*`.')

const id = z.object({ ...ById.shape, ...InProject.shape })

/** Served at the root of the API’s port as well as below `/api/v1`. */
export const webhooks = {
  list: reads('endpoints:read')
    .route({ method: 'GET', path: '/webhooks', summary: 'List webhooks', tags, spec })
    .input(InProject)
    .output(pageOf(WebhookView)),
  create: changes('endpoints:write', 'endpoint.create', ['vault_locked'])
    .route({
      method: 'POST',
      path: '/webhooks',
      summary: 'Create a webhook',
      description: 'Signed, timed and retried as Crawlux does. The answer holds the generated secret once.',
      tags,
      spec,
      successStatus: 201,
    })
    .input(z.strictObject({ ...InProject.shape, url, events }))
    .output(z.object({ ...WebhookView.shape, secret: z.string() })),
  get: reads('endpoints:read')
    .route({ method: 'GET', path: '/webhooks/{id}', summary: 'Show a webhook', tags, spec })
    .input(id)
    .output(WebhookView),
  update: changes('endpoints:write', 'endpoint.update', ['read_only', 'vault_locked'])
    .route({ method: 'PATCH', path: '/webhooks/{id}', summary: 'Change a webhook', tags, spec })
    .input(z.strictObject({ ...id.shape, url: url.optional(), events: events.optional() }))
    .output(WebhookView),
  delete: changes('endpoints:write', 'endpoint.delete', ['read_only'])
    .route({
      method: 'DELETE',
      path: '/webhooks/{id}',
      summary: 'Delete a webhook',
      description: 'Cancels its deliveries that are not final.',
      tags,
      spec,
    })
    .input(id)
    .output(z.object({ id: z.string(), canceled: z.number() })),
}

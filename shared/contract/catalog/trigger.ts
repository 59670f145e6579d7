import { z } from 'zod'
import { DeliveryId, EventId } from '../../model/ids.ts'
import { changes, InProject } from '../base.ts'

export const trigger = changes('events:write', 'event.trigger', ['unknown_provider', 'vault_locked'])
  .route({
    method: 'POST',
    path: '/trigger',
    summary: 'Send an event of the catalog as its provider would',
    description:
      'Goes to `url` with the provider’s own deadline and retries, or to an endpoint by the endpoint’s policy, and nowhere else. Signed with `secret`, else with the endpoint’s own; for a URL one is made and told in this answer only. To a `url` it also asks for the scope `deliveries:anywhere`.',
    tags: ['Catalog'],
    successStatus: 202,
  })
  .input(
    z.strictObject({
      ...InProject.shape,
      provider: z.string().max(60),
      type: z.string().max(200).describe('One of the provider’s event types.'),
      url: z.string().trim().min(1).max(2_048).optional(),
      endpointId: z.string().optional().describe('Instead of `url`.'),
      secret: z.string().min(1).max(20_000).optional().describe('What the receiver verifies with; kept sealed.'),
      data: z.json().optional().describe('In place of the sample, as the provider’s body.'),
    }),
  )
  .output(
    z.object({
      eventId: EventId,
      deliveryId: DeliveryId,
      secret: z.string().nullable().describe('Made for this, and told this once; null where none was made.'),
    }),
  )

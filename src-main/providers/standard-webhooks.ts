import type { Provider } from '#main/engine/catalog/provider.ts'
import { standardWebhooksAsymmetricScheme, standardWebhooksScheme } from './schemes/standard-webhooks.ts'

export const standardWebhooks: Provider = {
  id: 'standard-webhooks',
  name: 'Standard Webhooks',
  signing: { ...standardWebhooksScheme(), also: [standardWebhooksAsymmetricScheme()] },
  recognition: { eventType: [{ json: 'type' }], messageId: [{ header: 'webhook-id' }] },
  eventTypes: [
    {
      name: 'invoice.paid',
      description: 'An example in the shape that the specification recommends.',
      sample: {
        type: 'invoice.paid',
        timestamp: '2026-11-20T09:12:04.000Z',
        data: {
          id: 'inv_4Kd92ma',
          customer_id: 'cus_81Tqz',
          amount: 4900,
          currency: 'eur',
          paid_at: '2026-11-20T09:12:04.000Z',
        },
      },
    },
    {
      name: 'user.created',
      description: 'An example of a record that came to be.',
      sample: {
        type: 'user.created',
        timestamp: '2026-11-20T09:12:04.000Z',
        data: { id: 'usr_7sPq1c', email: 'ada@example.com', name: 'Ada Marín' },
      },
    },
  ],
  facts: { source: 'https://github.com/standard-webhooks/standard-webhooks', checkedOn: '2026-11-25' },
}

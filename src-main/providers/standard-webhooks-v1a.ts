import type { Provider } from '#main/engine/catalog/provider.ts'
import { standardWebhooksAsymmetricScheme } from './schemes/standard-webhooks.ts'

export const standardWebhooksV1a: Provider = {
  id: 'standard-webhooks-v1a',
  name: 'Standard Webhooks, asymmetric (v1a)',
  signing: standardWebhooksAsymmetricScheme(),
  recognition: { eventType: [{ json: 'type' }], messageId: [{ header: 'webhook-id' }] },
  eventTypes: [
    {
      name: 'invoice.paid',
      description: 'An example in the shape that the specification recommends.',
      sample: {
        type: 'invoice.paid',
        timestamp: '2026-11-20T09:12:04.000Z',
        data: { id: 'inv_4Kd92ma', customer_id: 'cus_81Tqz', amount: 4900, currency: 'eur' },
      },
    },
  ],
  facts: {
    source: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
    checkedOn: '2026-11-21',
  },
}

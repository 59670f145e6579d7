import type { Provider } from '#main/engine/catalog/provider.ts'
import { bodyHmac } from './schemes/body-hmac.ts'

export const coinbaseCommerce: Provider = {
  id: 'coinbase-commerce',
  name: 'Coinbase Commerce',
  signing: bodyHmac({ header: 'X-CC-Webhook-Signature' }),
  recognition: { eventType: [{ json: 'event.type' }], messageId: [{ json: 'event.id' }] },
  eventTypes: [
    {
      name: 'charge:confirmed',
      description: 'A charge was paid and confirmed.',
      sample: {
        id: 1,
        scheduled_for: '2026-11-20T09:12:04Z',
        attempt_number: 1,
        event: {
          id: '24934862-d980-46cb-9402-43c81b0cdba6',
          resource: 'event',
          type: 'charge:confirmed',
          api_version: '2018-03-22',
          created_at: '2026-11-20T09:12:04Z',
          data: {
            code: '66BEOV2A',
            name: 'Teapot',
            pricing: { local: { amount: '49.00', currency: 'EUR' } },
            timeline: [{ time: '2026-11-20T09:12:04Z', status: 'COMPLETED' }],
          },
        },
      },
    },
    {
      name: 'charge:failed',
      description: 'A charge ran out before it was paid.',
      sample: {
        id: 1,
        scheduled_for: '2026-11-20T09:12:04Z',
        attempt_number: 1,
        event: {
          id: '24934862-d980-46cb-9402-43c81b0cdba6',
          resource: 'event',
          type: 'charge:failed',
          api_version: '2018-03-22',
          created_at: '2026-11-20T09:12:04Z',
          data: {
            code: '66BEOV2A',
            name: 'Teapot',
            pricing: { local: { amount: '49.00', currency: 'EUR' } },
            timeline: [{ time: '2026-11-20T09:12:04Z', status: 'EXPIRED' }],
          },
        },
      },
    },
  ],
  facts: {
    source: 'https://docs.cdp.coinbase.com/commerce/docs/webhooks-security',
    checkedOn: '2026-11-25',
    unconfirmed: 'The header’s name.',
  },
}
